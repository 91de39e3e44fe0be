"""Forged forms, addresses that lead elsewhere, characters that no page holds: refused at the door."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from remit.kernel import clock
from remit.ledger.queries import count_entries
from remit.network.models import Account
from remit.site.tests.populated import BY_PASSWORD, Populated, populate
from remit.site.tests.test_access_matrix import TABLE
from remit.testing.small_system import MORNING

ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "http:elsewhere.example",
    "https:///elsewhere.example",
    "javascript:alert(1)",
    " //elsewhere.example",
    "data:text/html,x",
]


@pytest.fixture
def there(small):
    with clock.stopped_at(MORNING):
        yield populate(small)


def careful(there: Populated, who: str) -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if who:
        client.force_login(there.small.account(who), BY_PASSWORD)
    return client


def test_no_form_is_taken_without_its_token(there, settings):
    settings.DEMONSTRATION = True
    client, before = careful(there, "bronagh"), count_entries()
    for row in TABLE:
        if row.post is not None and not row.route.startswith("api/"):
            assert client.post(row.at(there), row.data(there)).status_code == HTTPStatus.FORBIDDEN, row.route
        elif row.post is not None:
            refused = client.post(row.at(there), row.data(there), content_type="application/json")
            assert refused.status_code == HTTPStatus.FORBIDDEN, row.route
            assert refused.json()["words"]
    assert count_entries() == before


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_elsewhere(there, settings, address):
    settings.DEMONSTRATION = True
    account = there.small.account("bronagh")
    account.set_password("three words apart")
    account.save()
    held = str(there.small.bronagh.id)
    signed_in = Client()
    signed_in.force_login(account, BY_PASSWORD)
    forms = [
        (Client(), "/sign-in/", {"login": "bronagh", "password": "three words apart"}),
        (signed_in, "/acting-in/", {"appointment": held}),
        (signed_in, "/sign-in/out/", {}),
    ]
    for client, form, data in forms:
        response = client.post(form, data | {"next": address})
        assert response.status_code == HTTPStatus.FOUND, form
        assert response["Location"].startswith("/"), (form, response["Location"])
        assert not response["Location"].startswith(("//", "/\\")), (form, response["Location"])


@pytest.mark.parametrize(
    "address",
    [
        "/network/%00/",
        "/network/fenmoor%00/scheme/",
        "/network/%00/record/",
        "/network/%00/units/%00/",
        "/decisions/?q=%00",
        "/decisions/?matter=%00",
        "/api/decisions?q=%00",
        "/who/?q=%00&unit=%00",
        "/network/fenmoor/record/?upto=99999999999999999999999",
        "/network/fenmoor/record/?upto=٣",
        "/decisions/?page=999999",
        "/decisions/?unit=x&status=x&page=x",
        "/network/../../etc/passwd",
        "/network/<script>/",
        "/network/fenmoor/units/" + "x" * 4000 + "/",
    ],
)
def test_no_address_is_a_fault(there, address):
    for who in ("noor", ""):
        response = careful(there, who).get(address)
        assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (who, response.status_code)
        assert b"<script>" not in response.content


def test_a_person_cannot_act_in_a_post_of_somebody_else(there):
    client = there.client("bronagh")
    refused = client.post("/acting-in/", {"appointment": str(there.small.ifan.id)})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    session = client.session  # even where a session says so
    session["acting_in"] = str(there.small.ifan.id)
    session.save()
    assert client.get("/acting-in/").wsgi_request.actor.id == there.small.bronagh.id


def test_being_somebody_else_is_for_demonstrations_on_this_machine(there, settings):
    for demonstration, address in ((False, "127.0.0.1"), (True, "10.1.2.3"), (True, "")):
        settings.DEMONSTRATION = demonstration
        client = Client(REMOTE_ADDR=address)
        assert client.post("/sign-in/as/", {"persona": "bronagh"}).status_code == HTTPStatus.NOT_FOUND
        assert "_auth_user_id" not in client.session


def test_nobody_may_be_an_account_that_is_not_made_up(there, settings):
    settings.DEMONSTRATION = True
    Account.objects.filter(username="technical").update(made_up=False)
    client = Client()
    assert client.post("/sign-in/as/", {"persona": "technical"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/api/decisions", "/api/decisions/{}/take"])
def test_no_text_with_a_nul_reaches_the_database(there, address):
    question = {"matter": "spend/revenue/budgeted", "unit": "ward-7", "quantities": {"exposure_gbp": 90}}
    body = {"question": question, "title": "x\x00y", "measure": "m", "review_on": "2026-12-21", "agreed": True}
    refused = there.client("bronagh").post(
        address.format(there.decision), body | {"because": "a\x00b"}, content_type="application/json"
    )

    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert refused.json()["code"] == "not-understood"
