"""The same actions over HTTP: typed, with refusals that a machine can tell apart."""

from __future__ import annotations

import pytest
from django.test import Client

from remit.decisions.models import Decision
from remit.decisions.tests.world import BUDGETED, LEAD, MANAGER, NOON, opened
from remit.kernel import clock
from remit.kernel.ids import new_id
from remit.network.models import Account

ADDRESS = "/api/decisions"


@pytest.fixture
def be(world):
    def be(name):
        client = Client()
        person = world.person(name)
        account, _ = Account.objects.get_or_create(username=name, defaults={"person_id": person, "made_at": NOON})
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    with clock.stopped_at(NOON):
        yield be


def given(**more):
    return {
        "question": {"matter": BUDGETED, "unit": "fenmoor/ward-7", "quantities": {"exposure_gbp": 4_900}},
        "title": "Order dressings",
        "measure": "Dressing changes put off",
        "review_on": "2026-12-21",
        **more,
    }


def post(client, address, body):
    return client.post(address, body, content_type="application/json")


def test_proposed_taken_and_listed(be):
    client = be(MANAGER)
    made = post(client, ADDRESS, given())
    assert made.status_code == 201, made.content
    assert {"take_decision", "withdraw"} <= {move["name"] for move in made.json()["moves"]}

    taken = post(client, f"{ADDRESS}/{made.json()['id']}/take", {"agreed": True})
    assert taken.status_code == 200, taken.content
    assert taken.json()["status"] == "agreed"
    assert taken.json()["signatures"][0]["post"] == "ward manager, Ward 7"

    listed = client.get(ADDRESS, {"status": "agreed"}).json()
    assert (listed["total"], listed["decisions"][0]["title"]) == (1, "Order dressings")
    assert client.get(f"{ADDRESS}/{made.json()['id']}").json()["entry"] > 0


@pytest.mark.parametrize(
    ("who", "body", "status", "code"),
    [
        ("clerk", {"agreed": True}, 403, "not-entitled"),
        ("other-manager", {"agreed": True}, 404, "not-found"),
        (MANAGER, {"agreed": "perhaps"}, 422, "not-valid"),
        (MANAGER, {"agreed": True, "because": "For 943 476 5919"}, 422, "not-valid"),
    ],
)
def test_refusals_have_codes(world, be, who, body, status, code):
    decision = opened(world, world.order(4_900))

    answer = post(be(who), f"{ADDRESS}/{decision.pk}/take", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    if code == "not-entitled":
        assert answer.json()["route"]["people"][0]["title"] == "ward manager"


def test_what_was_decided_already_is_a_conflict(world, be):
    decision = opened(world, world.order(4_900))
    address = f"{ADDRESS}/{decision.pk}/take"

    assert post(be(MANAGER), address, {"agreed": True}).status_code == 200
    again = post(be(LEAD), address, {"agreed": True})

    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")


def test_not_signed_in_not_there_not_valid(be):
    assert Client().get(ADDRESS).status_code == 401
    assert be(MANAGER).get(f"{ADDRESS}/{new_id()}").status_code == 404
    assert post(be(MANAGER), ADDRESS, given(title="")).status_code == 422
    assert post(be(MANAGER), ADDRESS, given(question={"matter": "no/such", "unit": "ward-7"})).status_code == 422
    assert not Decision.objects.exists()
