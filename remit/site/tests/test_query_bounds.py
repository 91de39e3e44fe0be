"""How many statements each page costs: bounded, warm, and the same for one row and for thirty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remit.decisions.actions import open_decision
from remit.kernel import clock
from remit.promises.actions import make_promise
from remit.promises.rules.owed import Owed
from remit.site.tests.populated import Populated, order, populate, proposal
from remit.site.tests.test_access_matrix import STAFF, TABLE, Row
from remit.testing.small_system import MORNING

ASKED = "who/?ask"
MOST = {  # statements of a page, warm, the session's and the account's among them
    "": 28,
    "sign-in/": 5,
    "sign-in/out/": 5,
    "sign-in/ended/": 5,
    "sign-in/password/": 5,
    "acting-in/": 6,
    "who/": 13,
    ASKED: 27,
    "levels/": 10,
    "network/": 7,
    "network/<str:code>/": 9,
    "network/<str:code>/scheme/": 11,
    "network/<str:code>/record/": 16,
    "network/<str:party_code>/units/<str:code>/": 16,
    "network/people/<uuid:person_id>/": 7,
    "promises/": 13,
    "promises/<uuid:promise_id>/": 9,
    "decisions/": 10,
    "decisions/new/": 21,
    "decisions/<uuid:decision_id>/": 33,
    "decisions/<uuid:decision_id>/amend/": 34,
    "status/": 9,
    "api/openapi.json": 5,
    "api/decisions": 10,
    "api/decisions/<uuidstr:decision_id>": 30,
}
ROWS = {row.route: row for row in reversed(TABLE) if row.get is not None} | {
    ASKED: Row(
        "who/",
        get=STAFF,
        address=lambda there: (
            f"/who/?matter=spend/revenue/budgeted&ask=1&exposure_gbp=900&unit={there.small.unit('ward-7')}"
        ),
    )
}


def whose(route: str) -> str:
    return {"network/<str:code>/record/": "noor", "status/": "technical"}.get(route, "bronagh")


def cost(there: Populated, route: str) -> int:
    """Statements of the second visit."""
    row, client = ROWS[route], there.client(whose(route))
    client.get(row.at(there))
    with CaptureQueriesContext(
        connection,
    ) as statements:
        response = client.get(row.at(there))
    assert response.status_code in {200, 302}, route
    return len(statements)


@pytest.fixture
def there(small):
    with clock.stopped_at(MORNING):
        yield populate(small)


def test_every_page_has_a_bound():
    shown = {route for route, row in ROWS.items() if row.get and row.get["proposer"] in {200, 302}}

    assert shown | {"network/<str:code>/record/", "status/"} == MOST.keys()


def test_every_page_keeps_within_it(there):
    costs = {route: cost(there, route) for route in MOST}

    assert {route: n for route, n in costs.items() if n > MOST[route]} == {}


def test_no_page_costs_more_for_more_rows(there):
    few = {route: cost(there, route) for route in MOST}
    small, by = there.small, there.small.bronagh
    for n in range(30):
        open_decision(order(small), proposal(f"Order dressings, lot {n}"), by=by, at=MORNING)
        make_promise(
            f"Bring trolley {n} back",
            owed_to=Owed("Tomasz Wierz", person=small.tomasz.person),
            due_at=MORNING + timedelta(days=1),
            by=by,
            at=MORNING,
        )
    many = {route: cost(there, route) for route in MOST}

    assert {route: (few[route], n) for route, n in many.items() if n > few[route]} == {}
