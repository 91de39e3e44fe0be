"""The composite scheme's table, cell by cell, against the acute trust's scheme.

Source: the table of section 3a of the domain notes on decision rights.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from remit.authority.rules.scheme import Condition, ConditionKind, Grant, Holder, May
from remit.authority.tests.shipped import cells, scheme, taxonomy

ACUTE = scheme("acute-trust-2026")
COLUMNS = {
    "Team/ward lead": {"team-lead-level", "ward-manager", "department-manager", "team-lead"},
    "Service lead": {"service-lead", "service-lead-level"},
    "Divisional director": {"divisional-director"},
    "Executive": {"executive-director", "chief-finance-officer", "chief-operating-officer", "medical-director"},
    "CEO": {"chief-executive"},
    "Committee": {"finance-committee", "audit-committee", "quality-committee", "executive-committee"},
    "Board": {"board"},
}


def named(holder: Holder) -> str:
    return holder.role or holder.role_group or holder.body


def holders(text: str) -> set[tuple[str, str]]:
    """Read `team-lead-level@ward|department|team` as (code, kind of unit)."""
    code, _, kinds = text.partition("@")
    return {(code, kind) for kind in kinds.split("|")}


def carried_by(cell: dict[str, str], may: May) -> list[Grant]:
    """The grants of the cell's own clause to its holder."""
    wanted = holders(cell["holder"])
    return [
        grant
        for grant in ACUTE.grants
        if (grant.matter, grant.clause, grant.may) == (cell["path"], cell["clause"], may)
        and (named(grant.holder), grant.holder.at_kind) in wanted
    ]


def known_as(cell: dict[str, str]) -> str:
    return f"{cell['matter']}: {cell['column']}"


def cells_expecting(*expected: str) -> pytest.MarkDecorator:
    chosen = [cell for cell in cells() if cell["expected"] in expected]
    return pytest.mark.parametrize("cell", chosen, ids=known_as)


def test_the_table_is_whole():
    assert len(cells()) == 63
    assert len({(cell["matter"], cell["column"]) for cell in cells()}) == 63


@pytest.mark.parametrize("cell", cells(), ids=known_as)
def test_every_cell_names_a_clause_that_the_scheme_words(cell):
    assert ACUTE.clauses[cell["clause"]]


@cells_expecting("decide", "decide-and-confirm")
def test_a_cell_that_decides_is_carried_by_its_clause_exactly(cell):
    carriers = carried_by(cell, May.DECIDE)

    assert {(named(g.holder), g.holder.at_kind) for g in carriers} == holders(cell["holder"])
    for grant in carriers:
        expected = {cell["quantity"]: Decimal(cell["limit"])} if cell["quantity"] else {}
        assert grant.limits == expected
        kind, _, value = cell["when"].partition("=")
        assert grant.when == ((Condition(ConditionKind(kind), value),) if kind else ())
        assert {(named(h), h.at_kind) for h in grant.co_signers} == (
            holders(cell["co_signer"]) if cell["co_signer"] else set()
        )
        assert {named(h) for h in grant.report_to} >= ({cell["report_to"]} - {""})


@pytest.mark.parametrize("cell", cells(), ids=known_as)
def test_nobody_in_a_column_decides_more_than_its_cell_says(cell):
    """A dash means no grant to decide; a cell's grant is the only one of its column."""
    others = [
        grant
        for grant in ACUTE.grants
        if grant.matter == cell["path"]
        and grant.may is May.DECIDE
        and named(grant.holder) in COLUMNS[cell["column"]]
        and grant not in carried_by(cell, May.DECIDE)
    ]

    assert others == []


@cells_expecting("propose")
def test_who_proposes(cell):
    assert carried_by(cell, May.PROPOSE)


@cells_expecting("ratify")
def test_who_ratifies(cell):
    assert carried_by(cell, May.RATIFY)
    deciders = [g for g in ACUTE.grants if g.matter == cell["path"] and g.may is May.DECIDE]
    assert deciders
    assert all(grant.ratify_by == Holder(body="board") for grant in deciders)


@cells_expecting("decide-and-confirm")
def test_the_chief_executive_confirms_within_24_hours_what_an_executive_decided(cell):
    assert carried_by(cell, May.CONFIRM)
    urgent = next(g for g in ACUTE.grants if g.ref == "close-executive")
    assert urgent.confirm_by == Holder(role="chief-executive", at_kind="organisation")
    assert urgent.confirm_within == timedelta(hours=24)


@cells_expecting("consulted")
def test_who_is_consulted_by_every_decider(cell):
    deciders = [g for g in ACUTE.grants if g.matter == cell["path"] and g.may is May.DECIDE]

    assert len(deciders) == 3
    for grant in deciders:
        assert {(named(h), h.at_kind) for h in grant.consult} >= holders(cell["holder"])


@cells_expecting("reported")
def test_every_waiver_is_reported_to_audit(cell):
    deciders = [g for g in ACUTE.grants if g.matter == cell["path"] and g.may is May.DECIDE]

    assert len(deciders) == 2
    assert all(Holder(body=cell["holder"]) in grant.report_to for grant in deciders)


@cells_expecting("reserved", "reserved-above")
def test_what_the_board_keeps(cell):
    kept = [one for one in ACUTE.reservations if one.matter == cell["path"]]

    assert [(one.body, one.clause) for one in kept] == [("board", cell["clause"])]
    assert kept[0].above == ({cell["quantity"]: Decimal(cell["limit"])} if cell["quantity"] else {})


@cells_expecting("other-party")
def test_the_commissioner_decides_as_well_by_its_own_scheme(cell):
    assert taxonomy().matters[cell["path"]].needs_party == "commissioning-icb"
    kept = [one for one in scheme("icb-2026").reservations if one.matter == cell["path"]]
    assert [one.body for one in kept] == ["board"]


def test_the_four_clauses_of_the_story():
    granted = {
        named(g.holder): (g.clause, int(g.limits.get("beds", 0)), {c.kind for c in g.when})
        for g in ACUTE.grants
        if g.matter == "estate/open-beds"
    }
    fact, opel = ConditionKind.FACT, ConditionKind.OPEL

    assert granted["matron"] == ("4.1", 6, {fact})
    assert granted["site-manager"] == ("4.2", 6, {fact})
    assert granted["nurse-in-charge"] == ("4.2", 6, {fact, opel})
    assert granted["on-call-director"] == ("4.3", 20, {fact})
