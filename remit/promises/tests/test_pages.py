"""The pages of promises, whole requests: with rows, empty, refused, and in few statements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from remit.kernel import clock
from remit.network.models import Account
from remit.promises import actions
from remit.promises.models import Promise
from remit.promises.rules.owed import Owed
from remit.promises.rules.states import State
from remit.promises.tests.conftest import NOON, person_id

MINE = 14  # session, account, network version, and the page's own
ONE = 8


@pytest.fixture
def signed_in(hospital, client):
    def sign_in(actor):
        account = Account.objects.create(username=str(actor.person), person_id=actor.person, made_at=NOON)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    with clock.stopped_at(NOON):
        yield sign_in


def made(hospital, words="Order four mattresses"):
    return actions.make_promise(
        words,
        owed_to=Owed("Riina Tamm, sister", person=person_id(hospital.sister)),
        due_at=NOON + timedelta(days=1),
        by=hospital.manager,
        at=NOON,
    )


def test_an_empty_page_is_kind(signed_in, hospital):
    page = signed_in(hospital.manager).get(reverse("promises:mine")).content.decode()

    assert "Nothing is open." in page
    assert "Nobody owes you anything" in page


def test_a_promise_is_made_from_the_page(signed_in, hospital):
    client = signed_in(hospital.manager)
    given = {
        "words": "Order four mattresses",
        "owed_to": str(hospital.sister.person),
        "due_on": "2026-11-25",
        "due_time": "17:00",
    }

    assert client.post(reverse("promises:mine"), given).status_code == 302

    promise = Promise.objects.get()
    assert (promise.owed_to_words, promise.due_at.hour) == ("Riina Tamm, Sister", 17)
    assert "Order four mattresses" in client.get(reverse("promises:mine")).content.decode()


def test_an_nhs_number_comes_back_with_a_box_that_takes_it_out(signed_in, hospital):
    client = signed_in(hospital.manager)
    given = {
        "words": "Call about 943 476 5919",
        "owed_to_words": "the family",
        "due_on": "2026-11-25",
        "due_time": "17:00",
    }

    refused = client.post(reverse("promises:mine"), given)
    assert refused.status_code == 422
    assert 'name="take_out"' in refused.content.decode()
    assert not Promise.objects.exists()

    client.post(reverse("promises:mine"), given | {"take_out": "on"})
    assert Promise.objects.get().words == "Call about [NHS number removed]"


def test_each_step_has_a_form_for_those_who_may_take_it(signed_in, hospital):
    promise = made(hospital)
    page = signed_in(hospital.sister).get(reverse("promises:show", args=[promise.pk])).content.decode()

    assert "It is no longer needed" in page
    assert "It is done" not in page


def test_a_step_without_its_reason_comes_back(signed_in, hospital):
    promise = made(hospital)
    client = signed_in(hospital.manager)

    back = client.post(reverse("promises:step", args=[promise.pk, "say_not_kept"]), {"reason": ""})
    assert back.status_code == 422
    assert "There is something to put right" in back.content.decode()

    client.post(reverse("promises:step", args=[promise.pk, "say_not_kept"]), {"reason": "No stock until May"})
    promise.refresh_from_db()
    assert (promise.status, promise.reason) == (State.NOT_KEPT, "No stock until May")


def test_passing_on_by_the_page(signed_in, hospital):
    promise = made(hospital)

    signed_in(hospital.manager).post(
        reverse("promises:step", args=[promise.pk, "pass_on"]), {"to": str(hospital.matron.person)}
    )
    signed_in(hospital.matron).post(reverse("promises:step", args=[promise.pk, "accept"]))

    promise.refresh_from_db()
    assert promise.status == State.PASSED_ON


@pytest.mark.parametrize("name", ["keep", "nonsense"])
def test_others_are_refused(signed_in, hospital, name):
    promise = made(hospital)
    client = signed_in(hospital.matron)

    answer = client.post(reverse("promises:step", args=[promise.pk, name]))

    assert answer.status_code == (403 if name == "keep" else 404)


def test_a_stranger_finds_nothing_and_nobody_gets_in_unsigned(signed_in, hospital, client):
    promise = made(hospital)

    assert signed_in(hospital.stranger).get(reverse("promises:show", args=[promise.pk])).status_code == 404
    client.logout()
    assert client.get(reverse("promises:mine")).status_code == 302


def test_pages_ask_the_database_a_bounded_number_of_times(signed_in, hospital, django_assert_max_num_queries):
    promises = [made(hospital, f"Order {n} mattresses") for n in range(30)]
    client = signed_in(hospital.manager)
    client.get(reverse("promises:mine"))

    with django_assert_max_num_queries(MINE):
        client.get(reverse("promises:mine"))
    with django_assert_max_num_queries(ONE):
        client.get(reverse("promises:show", args=[promises[0].pk]))
