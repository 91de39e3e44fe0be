"""What follows a decision: confirmed, ratified, begun, reviewed, reversed, replaced, stopped, ended by the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command

from remit.authority.models import Exposure
from remit.decisions import actions
from remit.decisions.actions import after, standing
from remit.decisions.errors import NotEntitled, NothingAbove, NotInTime, NotYourMove
from remit.decisions.models import Decision, Informed
from remit.decisions.queries import decision_page, decisions_waiting_for
from remit.decisions.rules.states import State
from remit.decisions.tests.world import (
    CHIEF,
    DIRECTOR,
    FINANCE,
    LATER,
    LEAD,
    MANAGER,
    NOON,
    NURSE,
    opened,
)
from remit.kernel import clock
from remit.kernel.actor import CLOCK
from remit.kernel.errors import NotFound, NotValid
from remit.ledger.queries import count_entries, entries_about, find_faults
from remit.network.models import Body
from remit.promises.models import Promise

MUCH_LATER = NOON + timedelta(days=3)


def words_of(decision):
    return [entry.words for entry in entries_about(decision.pk)]


def agreed(world, amount=4_900, who=MANAGER, **given):
    decision = opened(world, world.order(amount), **given)
    return actions.take_decision(decision.pk, agreed=True, by=world[who], at=LATER, in_effect=True)


class TestClosure:
    """Clause 7.2: urgent for safety, an executive closes; the chief executive confirms, the board ratifies."""

    @pytest.fixture
    def closure(self, world):
        asked = world.ask("service/close-temporarily", at="fenmoor-acute", facts=frozenset({"urgent-safety"}))
        decision = opened(world, asked, by=NURSE, title="Close Ward 7 for a week")
        return actions.take_decision(decision.pk, agreed=True, by=world[NURSE], at=LATER, in_effect=True)

    def test_it_is_confirmed_then_ratified(self, world, closure):
        assert (closure.state, closure.confirm_by) == (State.AWAITING_CONFIRMATION, LATER + timedelta(hours=24))
        assert closure.in_effect_at is None
        waiting = decisions_waiting_for(world.person(CHIEF), seen_by=world[CHIEF], at=LATER)
        assert [line.words for line in waiting] == ["Yours to confirm"]
        with pytest.raises(NotYourMove):
            actions.confirm(closure.pk, agrees=True, by=world[NURSE], at=LATER)

        confirmed = actions.confirm(closure.pk, agrees=True, by=world[CHIEF], at=LATER + timedelta(hours=2))
        assert confirmed.state is State.AWAITING_RATIFICATION
        assert confirmed.in_effect_at is not None
        promised = Promise.objects.get(words__startswith="Have the board ratify")
        assert promised.made_by_id == world.person(NURSE)
        assert promised.due_at == NOON + timedelta(days=10)

        ratified = actions.ratify(
            closure.pk, agrees=True, words="Minute 4", by=world["chair"], at=NOON + timedelta(days=10)
        )
        assert ratified.state is State.IN_EFFECT
        promised.refresh_from_db()
        assert promised.status == "kept"
        assert words_of(closure)[-1].endswith("was ratified by the board (Minute 4).")
        assert not list(find_faults())

    def test_refused_it_lapses(self, world, closure):
        lapsed = actions.confirm(
            closure.pk, agrees=False, words="Not needed.", by=world[CHIEF], at=MUCH_LATER - timedelta(days=2, hours=1)
        )

        assert (lapsed.state, lapsed.end_reason) == (State.LAPSED, "Not needed.")

    def test_unconfirmed_it_lapses_when_the_time_is_over(self, world, closure):
        with pytest.raises(NotInTime):
            actions.lapse(closure.pk, by=CLOCK, at=LATER + timedelta(hours=23))
        with pytest.raises(NotYourMove):
            actions.lapse(closure.pk, by=world[CHIEF], at=MUCH_LATER)
        with pytest.raises(NotValid):
            actions.confirm(closure.pk, agrees=True, by=world[CHIEF], at=MUCH_LATER)

        assert actions.end_what_is_over(at=MUCH_LATER) == 1
        closure.refresh_from_db()
        assert closure.status == "lapsed"

    def test_refused_ratification_ends_what_stood(self, world, closure):
        actions.confirm(closure.pk, agrees=True, by=world[CHIEF], at=LATER)
        lapsed = actions.ratify(closure.pk, agrees=False, words="Too long.", by=world["chair"], at=MUCH_LATER)

        assert lapsed.state is State.LAPSED

    def test_a_crash_between_confirming_and_its_entry_leaves_neither(self, world, closure, monkeypatch):
        monkeypatch.setattr(standing, "note", crash)
        before = count_entries()
        with pytest.raises(KeyboardInterrupt):
            actions.confirm(closure.pk, agrees=True, by=world[CHIEF], at=LATER)

        closure.refresh_from_db()
        assert (closure.state, closure.signatures.count()) == (State.AWAITING_CONFIRMATION, 1)
        assert count_entries() == before


def crash(*args, **kwargs):
    raise KeyboardInterrupt


def test_those_named_are_told_and_reported_to(world):
    decision = opened(
        world, world.order(40_000, at="fenmoor", matter="spend/tender-waiver"), by=FINANCE, title="Waive the tender"
    )
    actions.take_decision(decision.pk, agreed=True, by=world[FINANCE], at=LATER, urgent_because="Heating fails.")
    spent = opened(world, world.order(30_000, matter="spend/revenue/unbudgeted"), by=NURSE)
    actions.take_decision(spent.pk, agreed=True, by=world[NURSE], at=LATER)

    reported = Promise.objects.get(words="Report to the audit committee: Waive the tender")
    assert reported.owed_to_body == Body.objects.get(party__code="fenmoor", code="audit-committee")
    assert reported.due_at == NOON + timedelta(days=10)
    told = Informed.objects.get(decision=spent)
    assert told.person_id == world.person(FINANCE)
    assert "Order dressings for Ward 7 was made known to the chief finance officer, Fenmoor." in words_of(spent)


def test_review_sets_what_happened_beside_what_was_foreseen(world):
    decision = agreed(world)

    actions.review(decision.pk, outcome="keep", happened="None put off.", by=world[MANAGER], at=MUCH_LATER)

    page = decision_page(decision.pk, seen_by=world[LEAD], at=MUCH_LATER)
    assert page.state is State.REVIEWED
    assert page.happened == ("None put off.",)
    assert [(fact.key, fact.value) for fact in page.would_show][:2] == [
        ("Measure", "Dressing changes put off"),
        ("Before", "3 a week"),
    ]
    assert [promise.status for promise in page.promises] == ["kept"]
    with pytest.raises(NotValid):
        actions.review(decision.pk, outcome="ponder", happened="x", by=world[MANAGER], at=MUCH_LATER)
    with pytest.raises(NotYourMove):
        actions.review(decision.pk, outcome="keep", happened="x", by=world["clerk"], at=MUCH_LATER)


@pytest.mark.parametrize("by_review", [True, False])
def test_reversed_it_counts_no_longer(world, by_review):
    decision = agreed(world)
    if by_review:
        actions.review(decision.pk, outcome="reverse", happened="It failed.", by=world[MANAGER], at=MUCH_LATER)
    else:
        actions.reverse(decision.pk, reason="It failed.", by=world[MANAGER], at=MUCH_LATER)

    decision.refresh_from_db()
    assert decision.state is State.REVERSED
    assert Exposure.objects.get().reversed_at == MUCH_LATER
    again = opened(world, world.order(4_900), at=MUCH_LATER)
    taken = actions.take_decision(again.pk, agreed=True, by=world[MANAGER], at=MUCH_LATER, in_effect=True)
    assert taken.state is State.IN_EFFECT  # the limit is free again


def test_a_crash_while_reversing_leaves_it_standing(world, monkeypatch):
    decision = agreed(world)
    monkeypatch.setattr(after, "note", crash)
    with pytest.raises(KeyboardInterrupt):
        actions.reverse(decision.pk, reason="It failed.", by=world[MANAGER], at=MUCH_LATER)

    decision.refresh_from_db()
    assert decision.state is State.IN_EFFECT
    assert Exposure.objects.get().reversed_at is None


def test_a_later_decision_takes_the_place_of_one(world):
    old = agreed(world)
    new = opened(world, world.order(4_000, purpose="Medicines"), supersedes=old.pk, at=LATER)
    actions.take_decision(new.pk, agreed=True, by=world[MANAGER], at=MUCH_LATER)

    old.refresh_from_db()
    assert old.state is State.SUPERSEDED
    assert Exposure.objects.get(decision_id=old.pk).reversed_at == MUCH_LATER
    page = decision_page(old.pk, seen_by=world[LEAD], at=MUCH_LATER)
    assert [link.words for link in page.links] == ["Proposed in its place: Order dressings for Ward 7"]


def test_nobody_replaces_what_is_not_theirs(world):
    old = agreed(world, 9_000, LEAD)
    new = opened(world, world.order(100, purpose="Medicines"), supersedes=old.pk, at=LATER)
    with pytest.raises(NotEntitled):
        actions.take_decision(new.pk, agreed=True, by=world[MANAGER], at=MUCH_LATER)

    assert {one.status for one in Decision.objects.all()} == {"in_effect", "open"}
    with pytest.raises(NotFound):
        opened(world, world.order(100, at="ward-9"), by="other-manager", supersedes=old.pk, at=LATER)


def test_anyone_stops_the_line_and_the_rightful_holder_lets_it_go_on(world):
    decision = agreed(world)

    actions.halt(decision.pk, reason="Wrong size.", by=world["clerk"], at=MUCH_LATER)
    with pytest.raises(NotYourMove):
        actions.resume(decision.pk, reason="Fine.", by=world["clerk"], at=MUCH_LATER)
    with pytest.raises(NotFound):
        actions.halt(decision.pk, reason="Hm.", by=world["other-manager"], at=MUCH_LATER)
    resumed = actions.resume(decision.pk, reason="Right size ordered.", by=world[MANAGER], at=MUCH_LATER)

    assert (resumed.state, resumed.halted_from) == (State.IN_EFFECT, "")
    assert words_of(decision)[-2] == "Ward clerk, Ward 7 stopped Order dressings for Ward 7: Wrong size."


def test_sent_up_the_rung_above_may_decide_as_well(world):
    decision = opened(world, world.order(9_000))

    actions.escalate(decision.pk, reason="No answer since Friday.", by=world[MANAGER], at=NOON)

    waiting = decisions_waiting_for(world.person(DIRECTOR), seen_by=world[DIRECTOR], at=LATER)
    assert [line.words for line in waiting] == ["Yours to decide"]
    taken = actions.take_decision(decision.pk, agreed=True, by=world[DIRECTOR], at=LATER)
    assert (taken.state, taken.clause) == (State.AGREED, "1.3")


def test_there_is_a_top(world):
    decision = opened(world, world.order(2_000_000, at="fenmoor"), by=CHIEF)

    with pytest.raises(NothingAbove):
        actions.escalate(decision.pk, reason="Higher.", by=world[CHIEF], at=LATER)


def test_an_affected_organisation_disputes_and_settles(world):
    decision = opened(world, world.order(4_000, affected=(world.units["ward-9"].pk,)))

    actions.dispute(decision.pk, reason="It moves our work.", by=world["other-director"], at=LATER)
    with pytest.raises(NotValid):
        actions.settle(decision.pk, reason="No.", by=world[DIRECTOR], at=LATER)
    settled = actions.settle(decision.pk, reason="Shared evenly.", by=world["other-manager"], at=LATER)

    assert (settled.state, settled.disputed_by) == (State.OPEN, None)
    with pytest.raises(NotFound):
        actions.dispute(opened(world, world.order(9)).pk, reason="No.", by=world["other-director"], at=LATER)


def test_what_was_agreed_for_a_time_ends(world):
    decision = agreed(world, expires_at=MUCH_LATER)

    with pytest.raises(NotInTime):
        actions.expire(decision.pk, by=CLOCK, at=LATER)
    with clock.stopped_at(MUCH_LATER):
        call_command("end_decisions")
    assert actions.end_what_is_over(at=MUCH_LATER) == 0
    ended = Decision.objects.get()

    assert ended.state is State.EXPIRED
    assert Exposure.objects.get().reversed_at is None  # what it spent stays spent
    assert "until 26 November 2026" in decision_page(decision.pk, seen_by=world[LEAD], at=MUCH_LATER).sentence
