"""Each money cell of the composite scheme's table, routed: just at its limit, and £1 over it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import cache

import pytest

from remit.authority.rules.case import Case
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.reading import adopted_by
from remit.authority.rules.routing import route
from remit.authority.rules.verdict import Verdict
from remit.authority.rules.world import World
from remit.authority.tests.shipped import ROLES, cells, scheme, taxonomy
from remit.network.rules.build import NetworkRows
from remit.network.rules.rows import (
    AppointmentRow,
    BodyMemberRow,
    BodyRow,
    PartyRow,
    PostRow,
    RoleRow,
    SittingRow,
    UnitRow,
    WorkingHours,
)
from remit.network.rules.snapshot import snapshot_of

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TREE = [("trust", None, "organisation"), ("medicine", "trust", "division"), ("acute", "medicine", "directorate")]
TREE += [("ward-7", "acute", "ward")]
POSTS = {
    "ward-manager": "ward-7",
    "service-lead": "acute",
    "divisional-director": "medicine",
    "chief-operating-officer": "trust",
    "chief-finance-officer": "trust",
    "chief-executive": "trust",
}
BODIES = ("board", "finance-committee", "audit-committee")
MONEY = [cell for cell in cells() if cell["quantity"] == "exposure_gbp"]
LIMITED = [cell for cell in MONEY if cell["expected"] == "decide"]


@cache
def world() -> World:
    """One post for each column, each with one person; every body sits once a week."""
    words = tomllib.loads(ROLES.read_text())["role"]
    hours = WorkingHours("Europe/London", tuple((day, time(9), time(17)) for day in range(5)), "GB-ENG")
    rows = NetworkRows(
        parties=[PartyRow("fenmoor", "fenmoor-hospitals", "Fenmoor Hospitals", sort="acute-trust", hours=hours)],
        units=[UnitRow(code, "fenmoor", parent, kind, code, code.title()) for code, parent, kind in TREE],
        roles=[RoleRow(role["code"], role["name"], tuple(role.get("groups", ()))) for role in words],
        posts=[PostRow(f"{role} post", role, unit) for role, unit in POSTS.items()],
        people=[(role, role.title()) for role in POSTS],
        appointments=[AppointmentRow(f"{role} appointment", role, f"{role} post") for role in POSTS],
        bodies=[BodyRow(code, code, "fenmoor", code.replace("-", " ").capitalize()) for code in BODIES],
        members=[BodyMemberRow(code, post_id="chief-executive post") for code in BODIES],
        sittings=[SittingRow(code, MONDAY_NOON + timedelta(weeks=week)) for code in BODIES for week in range(1, 9)],
    )
    acute = adopted_by(scheme("acute-trust-2026"), "fenmoor-hospitals")
    return World.of(snapshot_of(rows, edition=1), taxonomies=[taxonomy()], schemes=[acute])


def routed(path: str, amount: Decimal) -> Verdict:
    case = Case(matter=path, origin="ward-7", quantities={"exposure_gbp": amount})
    return route(case, world(), MONDAY_NOON)


def who(verdict: Verdict) -> set[object]:
    """Who may sign: people by their post, or the body."""
    return {verdict.body_id} if verdict.body_id else {one.person_id for one in verdict.people}


def signers(cell: dict[str, str]) -> set[object]:
    """Who fills the posts of a cell's holder in this small world."""
    code = cell["holder"].partition("@")[0]
    groups: dict[str, set[object]] = {
        "team-lead-level": {"ward-manager"},
        "executive-director": {"chief-operating-officer", "chief-finance-officer"},
    }
    return groups.get(code, {code})


def next_cell(cell: dict[str, str]) -> dict[str, str]:
    """The next cell of the row that holds money: where £1 more goes."""
    row = [one for one in MONEY if one["path"] == cell["path"]]
    return row[row.index(cell) + 1]


def known_as(cell: dict[str, str]) -> str:
    return f"{cell['matter']}: {cell['column']}"


def test_the_table_has_its_money_cells():
    assert len(LIMITED) == 18
    assert len(MONEY) == 22


@pytest.mark.parametrize("cell", LIMITED, ids=known_as)
def test_at_its_limit_the_cell_decides(cell):
    verdict = routed(cell["path"], Decimal(cell["limit"]))

    assert verdict.outcome is Outcome.RUNG
    assert not verdict.gap
    assert verdict.clause == cell["clause"]
    assert who(verdict) == signers(cell)
    co_signers = {one.person_id for signer in verdict.co_signers for one in signer.people}
    assert co_signers == ({cell["co_signer"].partition("@")[0]} if cell["co_signer"] else set())


@pytest.mark.parametrize("cell", LIMITED, ids=known_as)
def test_a_pound_over_goes_to_the_next_cell(cell):
    beyond = next_cell(cell)
    verdict = routed(cell["path"], Decimal(cell["limit"]) + 1)

    assert not verdict.gap
    assert verdict.clause == beyond["clause"]
    assert who(verdict) == signers(beyond)


@pytest.mark.parametrize("cell", LIMITED, ids=known_as)
def test_a_penny_over_goes_as_far_as_a_pound_over(cell):
    limit = Decimal(cell["limit"])

    assert routed(cell["path"], limit + Decimal("0.01")).clause == routed(cell["path"], limit + 1).clause
