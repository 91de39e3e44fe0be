"""02:10: may I open four escalation beds? The words are the design's own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from remit.authority.rules.case import Conditions
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.reasons import Why
from remit.authority.rules.scheme import Condition, ConditionKind
from remit.authority.rules.world import World
from remit.authority.tests.fenmoor import MONDAY, ask, grant, names, scheme, world

BEDS = "estate/open-beds"
AT_OPEL_4 = (Condition(ConditionKind.OPEL, "4"),)


@pytest.fixture
def fenmoor() -> World:
    return world(
        scheme(
            grant("nurse", BEDS, ("nurse-in-charge", "ward"), clause="4.2", beds=6, when=AT_OPEL_4),
            grant("matron", BEDS, ("matron", "division"), clause="4.2", beds=6),
            grant("site", BEDS, ("site-manager", "hospital"), clause="4.2", beds=6),
            grant("director", BEDS, ("director", "organisation"), clause="4.3", beds=20),
        )
    )


def test_the_site_manager_is_asked_and_the_reason_is_said(fenmoor):
    verdict = ask(fenmoor, BEDS, beds=4, asker="nia")
    assert verdict.headline == "Ask the site manager on call"
    assert verdict.explanation == (
        "Ask the site manager on call. Your matron holds this too, but is off duty until 07:00; "
        "the on-call director could, but the site manager is nearer. Clause 4.2."
    )
    assert names(verdict) == ["sol"]
    assert not verdict.you_can
    assert verdict.allows("sol")
    assert not verdict.allows("nia")


def test_at_opel_4_the_same_page_turns(fenmoor):
    verdict = ask(fenmoor.under(Conditions(opel={"M": 4})), BEDS, beds=4, asker="nia")
    assert verdict.headline == "You can"
    assert verdict.explanation == "You hold this for Ward 7, up to 6 beds while the system is at OPEL 4. Clause 4.2."
    assert verdict.you_can
    assert verdict.allows("nia")


def test_without_an_amount_the_limit_is_said_and_nothing_may_be_signed_yet(fenmoor):
    verdict = ask(fenmoor.under(Conditions(opel={"M": 4})), BEDS, asker="nia")
    assert verdict.explanation == "You hold this for Ward 7, up to 6 beds while the system is at OPEL 4. Clause 4.2."
    assert verdict.unstated == ("beds",)
    assert not verdict.allows("nia")


def test_over_my_limit_the_next_is_asked_and_my_limit_is_said(fenmoor):
    verdict = ask(fenmoor, BEDS, beds=9, asker="sol")
    assert verdict.explanation == (
        "Ask the on-call director. You hold this up to 6 beds, and this is 9 beds. Clause 4.3."
    )


def test_in_the_morning_it_is_the_matron(fenmoor):
    assert names(ask(fenmoor, BEDS, beds=4, at=MONDAY)) == ["mo"]


def test_the_working_is_a_staircase_nearest_first(fenmoor):
    steps = ask(fenmoor, BEDS, beds=4, asker="nia").working().steps
    assert [(step.place.unit_name, step.words, step.reason.why) for step in steps] == [
        ("Ward 7", "Nurse in charge counts only at OPEL 4; no OPEL level is declared", Why.CONDITION),
        ("Medicine", "Matron is off duty until 07:00", Why.OFF_DUTY),
        ("North Fen Hospital", "Site manager may decide this", Why.ROUTE),
        ("Fenmoor Hospitals", "On-call director could, but the site manager is nearer", Why.FURTHER),
    ]
    assert steps[0].place.limits == {"beds": Decimal(6)}


def test_the_ladder_is_what_stands_above(fenmoor):
    verdict = ask(fenmoor, BEDS, beds=4)
    assert [place.words for place in verdict.ladder()] == ["on-call director"]
    assert [place.words for place in verdict.ladder()] == ["on-call director"], "and says so twice"


def test_too_many_beds_fall_to_the_residual_holder_with_the_gap_flagged(fenmoor):
    verdict = ask(fenmoor, BEDS, beds=40, at=MONDAY)
    assert (verdict.outcome, verdict.gap, names(verdict)) == (Outcome.RESIDUAL, True, ["cy"])
    assert verdict.explanation == (
        "Ask the chief executive. Every limit is too small for this, so it falls to the chief executive, "
        "and the gap is flagged."
    )


def test_nobody_in_time_is_a_hold_that_names_who_could_and_who_is_told():
    fenmoor = world(scheme(grant("matron", BEDS, ("matron", "division"), clause="4.2", beds=6)))
    verdict = ask(fenmoor, BEDS, beds=4)
    assert (verdict.outcome, verdict.gap) == (Outcome.HOLD, False)
    assert verdict.headline == "Hold"
    assert verdict.explanation == (
        "Hold. Nobody who holds this can answer now; the matron could from 07:00. The chief executive is told. "
        "Clause 4.2."
    )
    assert names(verdict) == ["mo"]
    assert [one.person_id for one in verdict.told] == ["cy"]
    assert not verdict.allows("mo"), "not before she is on duty"
