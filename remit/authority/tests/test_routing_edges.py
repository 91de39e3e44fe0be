"""Routing at its edges: shares, seats that are over, things that are gone, and what is said about each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from remit.authority.rules.delegation import Delegation
from remit.authority.rules.explanation import counted_out
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.reasons import Why
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.scheme import Holder, May, Reservation
from remit.authority.rules.world import World
from remit.authority.tests.fenmoor import MONDAY, NETWORK, NIGHT, after, ask, grant, names, scheme, world
from remit.network.rules.rows import AppointmentRow, BodyMemberRow, InterestRow, QuorumRule, SittingRow

WARD, MATRON = ("ward-manager", "ward"), ("matron", "division")
CHIEF = ("chief-executive", "organisation")
SITE = ("site-manager", "hospital")
BOARD = scheme(Reservation("R", "service", "1.1", "board"))


@pytest.fixture
def both() -> World:
    """Two trusts whose ward managers spend up to £5,000, and their chief executives more."""
    return world(
        *(
            scheme(
                grant("1", "spend", WARD, exposure_gbp=5000, deputies=False),
                grant("2", "spend", CHIEF),
                party=party,
            )
            for party in ("fenmoor", "heron")
        )
    )


def test_a_share_stands_for_its_own_quantity_and_the_whole_for_every_other(both):
    verdict = ask(both, "spend", affected=("hw",), at=MONDAY, exposure_gbp=9000, shares={"F": {}, "H": {}})
    assert [names(part) for part in verdict.parts] == [["cy"], ["hal"]]
    shared = {"F": {"exposure_gbp": Decimal(1000)}, "H": {"exposure_gbp": Decimal(8000)}}
    verdict = ask(both, "spend", affected=("hw",), at=MONDAY, exposure_gbp=9000, shares=shared)
    assert [names(part) for part in verdict.parts] == [["wyn"], ["hal"]]
    assert "Fenmoor Hospitals, on its share of £1,000: ask the ward manager (clause 1)" in verdict.explanation
    one = ask(both, "spend", affected=("hw",), at=MONDAY, exposure_gbp=9000, shares={"F": shared["F"]})
    assert "Heron Community Trust, on the whole: ask the chief executive (clause 2)" in one.explanation


def test_shares_count_only_between_several_and_leave_nothing_out(both):
    little = {party: {"exposure_gbp": Decimal(1)} for party in "FH"}
    assert names(ask(both, "spend", at=MONDAY, exposure_gbp=9000, shares=little)) == ["cy"]
    with pytest.raises(CannotRoute, match="The shares come to £2, and the whole is £9,000"):
        ask(both, "spend", affected=("hw",), at=MONDAY, exposure_gbp=9000, shares=little)


def test_an_interest_in_one_organisation_counts_in_the_other_and_not_at_home(both):
    interests = [InterestRow("cy", party_id="F"), InterestRow("hal", party_id="F")]
    snapshot = both.snapshot.patched(interests=interests)
    verdict = ask(both.seen_in(snapshot), "spend", affected=("hw",), at=MONDAY, exposure_gbp=9000)
    assert [(part.outcome, names(part)) for part in verdict.parts] == [(Outcome.RUNG, ["cy"]), (Outcome.HOLD, [])]


def test_a_supplier_spelled_otherwise_is_the_same_supplier():
    fenmoor = world(
        scheme(grant("1", "spend", MATRON), grant("2", "spend", SITE)),
        interests=[InterestRow("mo", supplier="Bedworks Ltd")],
    )
    assert names(ask(fenmoor, "spend", at=MONDAY, concerns=frozenset({" bedworks  LTD"}))) == ["sol"]


def test_a_seat_that_is_over_does_not_count_towards_the_share_that_makes_a_quorum():
    over = [BodyMemberRow("board", person_id=f"was-{n}", ends_at=NIGHT) for n in range(9)]
    third = [replace(NETWORK.bodies[0], quorum=QuorumRule(1, Fraction(1, 3))), NETWORK.bodies[1]]
    verdict = ask(world(BOARD, bodies=third, members=[*NETWORK.members, *over]), "service", needed_by=after(101))
    assert (verdict.outcome, verdict.body_id) == (Outcome.RUNG, "board")


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"from_post": "closed"}, "names a post that is not there"),
        ({"to_post": "closed"}, "names a post that is not there"),
        ({"to_post": None, "to_person": "nobody"}, "names a person who is not there"),
        ({"within": "closed"}, "names a unit that is not there"),
    ],
)
def test_what_was_passed_on_to_something_gone_counts_for_nothing_and_refuses_nobody(named, words):
    given = {"from_post": "matron", "to_post": "wm7"} | named
    fenmoor = world(
        scheme(grant("1", "spend", MATRON, delegable=True)), delegations=[Delegation("D", "fenmoor", "1", **given)]
    )
    verdict = ask(fenmoor, "spend", at=MONDAY)
    assert names(verdict) == ["mo"]
    assert [one.reason.words for one in verdict.working().aside] == [f"counts for nothing: it {words}"]


def test_a_body_of_a_system_stands_at_the_root_of_whoever_gives_it_something():
    fenmoor = world(
        scheme(grant("1", "spend", WARD, exposure_gbp=10), grant("2", "spend", Holder(body="marchland/joint")))
    )
    verdict = ask(fenmoor, "spend", at=MONDAY, exposure_gbp=11)
    assert (verdict.outcome, verdict.body_id) == (Outcome.RUNG, "pool")


def test_proposers_and_ratifiers_are_in_the_working():
    fenmoor = world(scheme(grant("1", "spend", MATRON), grant("2", "spend", WARD, may=May.PROPOSE)))
    aside = ask(fenmoor, "spend", at=MONDAY).working().aside
    assert [(one.ref, one.reason.why, one.reason.words) for one in aside] == [
        ("2", Why.BESIDE, "lets its holder propose this, not decide it")
    ]


def test_those_who_agree_never_go_ahead_without_a_party_that_the_matter_names():
    ours = grant("1", "service", CHIEF)
    three = world(*(scheme(ours, party=party) for party in ("fenmoor", "heron", "marchland-icb")))
    free = ask(three, "service", affected=("hw",), at=MONDAY, separable=True)
    assert free.separable
    assert "Those who agree may go ahead without the others." in free.explanation
    named = ask(three, "service/end", affected=("hw",), at=MONDAY, separable=True)
    assert not named.separable
    assert "go ahead" not in named.explanation
    assert ask(three, "service/end", at=MONDAY).explanation.startswith(
        "Fenmoor Hospitals and Marchland Integrated Care Board must each agree, as the matter needs each of them."
    )


# What is said


def test_whoever_asks_is_told_why_not_themselves():
    fenmoor = world(scheme(grant("1", "spend", MATRON), grant("2", "spend", SITE)))
    asleep = ask(fenmoor, "spend", asker="mo").explanation
    assert asleep == ("Ask the site manager on call. You hold this too, but are off duty until 07:00. Clause 2.")
    torn = ask(fenmoor, "spend", asker="mo", at=MONDAY, conflicted=frozenset({"mo"})).explanation
    assert "You hold this too, but have an interest in this." in torn


def test_a_deputy_who_may_not_hold_it_is_not_told_that_they_do():
    fenmoor = world(scheme(grant("1", "spend", WARD, exposure_gbp=10, deputies=False), grant("2", "spend", SITE)))
    assert "You hold" not in ask(fenmoor, "spend", asker="nia", exposure_gbp=20).explanation


def test_a_vacant_post_is_a_post():
    left = [one for one in NETWORK.appointments if one.person_id != "mo"]
    fenmoor = world(scheme(grant("1", "spend", MATRON), grant("2", "spend", SITE)), appointments=left)
    assert "The post of matron is vacant" in ask(fenmoor, "spend").explanation


def test_a_gap_is_said_as_it_is():
    fenmoor = world(scheme(grant("1", "spend", ("lab-manager", "department"))))
    assert "No clause gives this to anyone here, so it falls to" in ask(fenmoor, "spend", at=MONDAY).explanation
    small = world(scheme(grant("1", "spend", MATRON, exposure_gbp=1)))
    assert "Every limit is too small" in ask(small, "spend", exposure_gbp=2, at=MONDAY).explanation
    assert "No clause covers this" in ask(small, "estate", at=MONDAY).explanation


def test_a_body_is_said_with_its_sitting():
    kept = ask(world(BOARD), "service", needed_by=after(101)).explanation
    assert kept == (
        "Ask the board. It is reserved to them; the next sitting that can decide it is Thursday 06:10. Clause 1.1."
    )
    held = ask(world(BOARD), "service").explanation
    assert held.endswith("does not sit until Thursday 06:10. The chief executive is told. Clause 1.1.")
    given = world(scheme(grant("1", "service", Holder(body="marchland/joint"))))
    assert "They hold this for Fenmoor Hospitals; they may resolve in writing." in ask(given, "service").explanation


def test_the_second_signature_is_said_when_something_else_is_explained():
    second = (Holder(role="finance-director", at_kind="organisation"),)
    fenmoor = world(scheme(grant("1", "spend", MATRON, exposure_gbp=10), grant("2", "spend", CHIEF, co_signers=second)))
    verdict = ask(fenmoor, "spend", asker="mo", exposure_gbp=20, at=MONDAY)
    assert verdict.explanation == (
        "Ask the chief executive, together with the finance director. "
        "You hold this up to £10, and this is £20. Clause 2."
    )


def test_organisations_are_counted_in_words_up_to_nine():
    assert [counted_out(n) for n in (2, 3, 9, 12)] == ["Two", "Three", "Nine", "12"]


def test_a_sitting_before_the_deadline_counts_and_one_at_it_does_not():
    twice = [SittingRow("board", after(4)), SittingRow("board", after(9))]
    fenmoor = world(BOARD, sittings=twice)
    assert ask(fenmoor, "service", needed_by=after(4)).outcome is Outcome.HOLD
    assert ask(fenmoor, "service", needed_by=after(4) + timedelta(seconds=1)).sits_at == after(4)


def test_two_on_one_rung_with_a_second_signature():
    job_share = [*NETWORK.appointments, AppointmentRow("a-ida-c", "ida", "ceo")]
    second = (Holder(role="finance-director", at_kind="organisation"),)
    fenmoor = world(scheme(grant("1", "spend", CHIEF, co_signers=second)), appointments=job_share)
    said = ask(fenmoor, "spend", at=MONDAY).explanation
    assert "2 people hold this for Fenmoor Hospitals, together with the finance director" in said
