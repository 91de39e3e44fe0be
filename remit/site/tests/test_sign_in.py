"""Signing in, being a made-up person, and choosing the post in which to act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client

from remit.kernel import clock
from remit.kernel.actor import KEEPER
from remit.network.actions import give_account, load
from remit.network.models import Account, Appointment, Person
from remit.network.queries.snapshots import forget
from remit.network.rules.arriving import AppointmentRow, Arrivals, PartyRow, PersonRow, PostRow, RoleRow, UnitRow
from remit.site.sign_in_demonstration import (
    OpenDemonstration,
    check_demonstration,
    is_loopback,
    refuse_open_demonstration,
)

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
PASSWORD = "three-words-apart"
ROOT, WARD = "fenmoor-hospitals/fenmoor-hospitals", "fenmoor-hospitals/ward-7"
BATCH = Arrivals(
    source="a test",
    roles=(RoleRow("ward-manager", "Ward manager"), RoleRow("on-call-director", "On-call director")),
    parties=(PartyRow("fenmoor-hospitals", "Fenmoor Hospitals", "organisation", "acute trust"),),
    units=(
        UnitRow(ROOT, "fenmoor-hospitals", "fenmoor-hospitals", "", "organisation", "Fenmoor Hospitals", 0),
        UnitRow(WARD, "fenmoor-hospitals", "ward-7", ROOT, "ward", "Ward 7", 0),
    ),
    posts=(
        PostRow(f"{WARD}/ward-manager", WARD, "ward-manager", "ward-manager"),
        PostRow(f"{ROOT}/on-call-director", ROOT, "on-call-director", "on-call-director"),
    ),
    people=(PersonRow("bronagh", "Bronagh Tillerby"), PersonRow("ifan", "Ifan Pencarreg")),
    appointments=(
        AppointmentRow("a-director", "bronagh", f"{ROOT}/on-call-director", "substantive", LONG_AGO),
        AppointmentRow("a-ward", "bronagh", f"{WARD}/ward-manager", "substantive", LONG_AGO),
    ),
    made_up=True,
)


@pytest.fixture
def bronagh(db):
    """A ward manager who is on-call director too, with a password and as a persona."""
    forget()
    with clock.stopped_at(NOW):
        load(BATCH, by=KEEPER, at=LONG_AGO)
        ids = dict(Person.objects.values_list("code", "pk"))
        account = give_account("bronagh", person_id=ids["bronagh"], by=KEEPER, at=NOW, password=PASSWORD, made_up=True)
        give_account("ifan", person_id=ids["ifan"], by=KEEPER, at=NOW)  # real, so nobody may be him
        yield account
    forget()


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True


def sign_in(client, password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": "bronagh", "password": password, **more})


def acting(client, path="/acting-in/"):
    return client.get(path).wsgi_request.actor


class TestByPassword:
    def test_the_right_password_lets_in(self, client, bronagh):
        response = sign_in(client)

        assert response.status_code == HTTPStatus.FOUND
        assert response.url == "/"
        assert acting(client).person == bronagh.person_id

    def test_and_goes_on_to_where_one_was_going(self, client, bronagh):
        assert sign_in(client, next="/acting-in/").url == "/acting-in/"

    def test_but_never_to_another_site(self, client, bronagh):
        assert sign_in(client, next="https://elsewhere.example/").url == "/"

    def test_capitals_of_the_user_name_do_not_matter(self, client, bronagh):
        response = client.post("/sign-in/", {"login": "Bronagh", "password": PASSWORD})

        assert response.status_code == HTTPStatus.FOUND

    @pytest.mark.parametrize("login", ["bronagh", "nobody"])
    def test_a_wrong_one_is_told_without_saying_which_was_wrong(self, client, bronagh, login):
        response = client.post("/sign-in/", {"login": login, "password": "wrong"})

        assert response.status_code == HTTPStatus.OK
        assert "The user name and password do not go together" in response.content.decode()

    def test_what_is_missing_is_named_at_its_field(self, client, bronagh):
        page = client.post("/sign-in/", {"login": "", "password": ""}).content.decode()

        assert page.count("Fill this in to go on.") == 4  # at the top and at each field

    def test_an_ended_account_stays_outside(self, client, bronagh):
        Account.objects.filter(pk=bronagh.pk).update(is_active=False)

        assert "_auth_user_id" not in sign_in(client).wsgi_request.session

    def test_signing_out_ends_it(self, client, bronagh):
        sign_in(client)

        assert client.post("/sign-in/out/").status_code == HTTPStatus.FOUND
        assert client.get("/acting-in/").status_code == HTTPStatus.FOUND

    def test_signing_out_is_never_done_by_a_link(self, client, bronagh):
        sign_in(client)

        assert "Sign out?" in client.get("/sign-in/out/").content.decode()
        assert client.get("/acting-in/").status_code == HTTPStatus.OK

    def test_after_a_shift_one_signs_in_again(self, client, bronagh):
        sign_in(client)
        session = Session.objects.get(pk=client.session.session_key)

        assert session.expire_date - datetime.now(UTC) <= timedelta(hours=12)
        assert client.cookies["sessionid"]["expires"] == ""  # gone when the browser is closed
        Session.objects.update(expire_date=datetime.now(UTC) - timedelta(seconds=1))
        assert client.get("/acting-in/").status_code == HTTPStatus.FOUND


class TestLockOut:
    def test_too_many_wrong_passwords_close_the_door_to_the_right_one_too(self, client, bronagh):
        answers = [sign_in(client, "wrong") for _ in range(django_settings.AXES_FAILURE_LIMIT)]

        assert {answer.status_code for answer in answers[:-1]} == {HTTPStatus.OK}
        assert answers[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert "closed here for 15 minutes" in answers[-1].content.decode()
        assert sign_in(client).status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert "_auth_user_id" not in client.session

    def test_capitals_give_no_further_tries(self, client, bronagh):
        for _ in range(django_settings.AXES_FAILURE_LIMIT):
            client.post("/sign-in/", {"login": "BRONAGH", "password": "wrong"})

        assert sign_in(client).status_code == HTTPStatus.TOO_MANY_REQUESTS

    def test_someone_else_on_the_same_machine_is_not_locked_out(self, client, bronagh):
        for _ in range(django_settings.AXES_FAILURE_LIMIT):
            client.post("/sign-in/", {"login": "ifan", "password": "wrong"})

        assert sign_in(client).status_code == HTTPStatus.FOUND


class TestPassword:
    def change(self, client, old, new):
        return client.post("/sign-in/password/", {"oldpassword": old, "password1": new, "password2": new})

    def test_it_is_changed_with_the_old_one(self, client, bronagh):
        sign_in(client)

        assert self.change(client, PASSWORD, "another-three-words").url == "/"
        assert Account.objects.get(pk=bronagh.pk).check_password("another-three-words")

    def test_not_without(self, client, bronagh):
        sign_in(client)

        assert "This is not your password now" in self.change(client, "x", "another-three-words").content.decode()

    def test_nor_for_a_short_one(self, client, bronagh):
        sign_in(client)
        self.change(client, PASSWORD, "short")

        assert Account.objects.get(pk=bronagh.pk).check_password(PASSWORD)


class TestNobodySignsUp:
    @pytest.mark.parametrize("path", ["up/", "password/forgotten/", "password/first/", "e-mail/"])
    def test_doors_that_remit_keeps_shut(self, client, db, path):
        for ask in (client.get, client.post):
            assert ask(f"/sign-in/{path}").status_code == HTTPStatus.NOT_FOUND

    def test_and_the_page_does_not_offer_them(self, client, db):
        page = client.get("/sign-in/").content.decode()

        assert "/sign-in/up/" not in page
        assert "forgotten/" not in page


class TestAsSomeoneMadeUp:
    def test_one_sees_who_one_can_be_and_what_to_try(self, client, bronagh, demonstration):
        page = client.get("/sign-in/as/").content.decode()

        assert "Bronagh Tillerby" in page
        assert "Ward manager, Ward 7" in page
        assert "Order something for £4,900" in page
        assert "Ifan" not in page

    def test_and_begins_in_the_post_of_the_story(self, client, bronagh, demonstration):
        response = client.post("/sign-in/as/", {"persona": "bronagh"})

        assert response.url == "/"
        assert acting(client).words == "ward manager, Ward 7"

    def test_nothing_stays_of_whoever_it_was_before(self, client, bronagh, demonstration):
        sign_in(client)
        session = client.session
        session["left"] = "over"
        session.save()
        client.post("/sign-in/as/", {"persona": "bronagh"})

        assert "left" not in client.session

    @pytest.mark.parametrize("persona", ["ifan", "nobody", ""])
    def test_nobody_may_be_someone_real(self, client, bronagh, demonstration, persona):
        response = client.post("/sign-in/as/", {"persona": persona})

        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("ask", ["get", "post"])
    def test_there_is_no_such_page_on_a_real_system(self, client, bronagh, ask):
        response = getattr(client, ask)("/sign-in/as/", {"persona": "bronagh"})

        assert response.status_code == HTTPStatus.NOT_FOUND
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("ask", ["get", "post"])
    def test_nor_for_another_machine(self, bronagh, demonstration, ask):
        client = Client(REMOTE_ADDR="192.0.2.7")

        assert getattr(client, ask)("/sign-in/as/", {"persona": "bronagh"}).status_code == HTTPStatus.NOT_FOUND
        assert "_auth_user_id" not in client.session

    def test_while_nobody_has_arrived_the_page_says_so(self, client, db, demonstration):
        assert "Nobody has arrived yet" in client.get("/sign-in/as/").content.decode()

    def test_forms_are_checked_against_forgery(self, bronagh, demonstration):
        client = Client(enforce_csrf_checks=True)

        assert client.post("/sign-in/as/", {"persona": "bronagh"}).status_code == HTTPStatus.FORBIDDEN


class TestActingIn:
    @pytest.fixture
    def signed_in(self, client, bronagh):
        client.force_login(bronagh)
        return client

    def of(self, title):
        return str(Appointment.objects.get(post__role__name=title).pk)

    def test_the_posts_that_one_holds_stand_to_choose(self, signed_in):
        page = signed_in.get("/acting-in/").content.decode()

        assert "Ward manager, Ward 7" in page
        assert "On-call director, Fenmoor Hospitals" in page

    @pytest.mark.parametrize("title", ["Ward manager", "On-call director"])
    def test_the_chosen_one_holds_from_then_on(self, signed_in, title):
        response = signed_in.post("/acting-in/", {"appointment": self.of(title)})

        assert response.url == "/"
        assert acting(signed_in).words.startswith(title.lower())

    def test_and_one_goes_back_to_where_one_was(self, signed_in):
        chosen = {"appointment": self.of("Ward manager"), "next": "/decisions/"}

        assert signed_in.post("/acting-in/", chosen).url == "/decisions/"
        assert signed_in.post("/acting-in/", chosen | {"next": "//elsewhere.example"}).url == "/"

    @pytest.mark.parametrize("wanted", ["", "not-an-id", "01890000-0000-7000-8000-000000000000"])
    def test_what_one_does_not_hold_cannot_be_chosen(self, signed_in, wanted):
        before = acting(signed_in)
        response = signed_in.post("/acting-in/", {"appointment": wanted})

        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert acting(signed_in) == before

    def test_someone_without_a_post_is_told_what_to_do(self, client, bronagh):
        client.force_login(Account.objects.get(username="ifan"))

        assert "You hold no post now" in client.get("/acting-in/").content.decode()

    def test_one_signs_in_first(self, client, db):
        assert client.get("/acting-in/").url == "/sign-in/?next=/acting-in/"


class TestOpenDemonstration:
    @pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "::ffff:127.0.0.1"])
    def test_this_machine_is_this_machine(self, host):
        assert is_loopback(host)

    @pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "remit.example", "", "localhost.example", "*"])
    def test_anything_else_is_not(self, host):
        assert not is_loopback(host)

    def test_it_is_never_served_to_others(self, demonstration):
        refuse_open_demonstration("127.0.0.1")
        with pytest.raises(
            OpenDemonstration, match=r"not on 0\.0\.0\.0\. Serve it on 127\.0\.0\.1, or turn the mode off"
        ):
            refuse_open_demonstration("0.0.0.0")

    def test_a_real_system_may_be(self):
        refuse_open_demonstration("0.0.0.0")

    def test_host_names_of_others_stop_the_start(self, demonstration, settings):
        settings.ALLOWED_HOSTS = ["127.0.0.1", "remit.example", "*"]

        assert [error.id for error in check_demonstration(None)] == ["remit.E001", "remit.E001"]
        settings.DEMONSTRATION = False
        assert check_demonstration(None) == []
