"""Deciding: who may, at the moment of the last signature, and what a refusal or a crash leaves."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from remit.authority.models import Exposure
from remit.authority.queries import worlds
from remit.decisions import actions
from remit.decisions.actions import closing
from remit.decisions.errors import (
    AdviceWanting,
    DecidedTogether,
    NotEntitled,
    NothingToShowFor,
    NotYourMove,
    RouteMoved,
    SignedAlready,
    WrongState,
)
from remit.decisions.models import Asked, Decision
from remit.decisions.queries import decisions_waiting_for
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
    SECOND_LEAD,
    make_world,
    opened,
    proposal,
)
from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotFound, NotValid
from remit.ledger.queries import count_entries, entries_about, find_faults
from remit.network.queries.snapshots import forget
from remit.promises.models import Promise
from remit.promises.queries import promises_from


def take(decision, world, who, *, at=LATER, agreed=True, **given):
    return actions.take_decision(decision.pk, agreed=agreed, by=world[who], at=at, **given)


def words_of(decision):
    return [entry.words for entry in entries_about(decision.pk)]


def test_the_rightful_holder_decides(world):
    decision = take(opened(world, world.order(4_900)), world, MANAGER, because="It is in the budget.")

    assert (decision.state, decision.clause) == (State.AGREED, "1.1")
    assert decision.scheme == "acute-trust 2026"
    assert decision.decided_by_id == world.person(MANAGER)
    assert words_of(decision)[-2:] == [
        "Ward manager, Ward 7 proposed: Order dressings for Ward 7. "
        "It is for the ward manager to decide under clause 1.1.",
        "Ward manager, Ward 7 decided: Order dressings for Ward 7, under clause 1.1: It is in the budget.",
    ]
    assert Exposure.objects.get().amount == Decimal("4900.00")
    assert [line.words for line in promises_from(decision.pk, seen_by=world[LEAD], at=LATER)] == [
        "Review: Order dressings for Ward 7"
    ]
    assert not Asked.objects.filter(ended_at=None).exists()
    assert not list(find_faults())


def test_it_can_begin_at_once(world):
    decision = take(opened(world, world.order(4_900)), world, MANAGER, in_effect=True)

    assert (decision.state, decision.in_effect_at) == (State.IN_EFFECT, LATER)


def test_declined_commits_nothing_and_promises_nothing(world):
    decision = take(opened(world, world.order(4_900)), world, MANAGER, agreed=False, because="There is stock.")

    assert decision.state is State.DECLINED
    assert not Exposure.objects.exists()
    assert not Promise.objects.exists()


@pytest.mark.parametrize("who", ["clerk", LEAD, "other-manager", "convenor", "nobody"])
def test_a_refused_decision_leaves_no_trace(world, who):
    decision = opened(world, world.order(4_900))
    before = count_entries()
    by = Actor(ActorKind.ANONYMOUS, None, "someone") if who == "nobody" else world[who]

    with pytest.raises((NotEntitled, NotFound)) as refusal:
        actions.take_decision(decision.pk, agreed=True, by=by, at=LATER)

    decision.refresh_from_db()
    assert decision.state is State.OPEN
    assert count_entries() == before
    if refusal.type is NotEntitled:
        assert "ward manager" in refusal.value.words().lower()
        assert refusal.value.details()["route"]["clause"] == "1.1"


def test_over_the_limit_the_next_rung_is_asked_and_decides(world):
    decision = opened(world, world.order(9_000))

    waiting = decisions_waiting_for(world.person(LEAD), seen_by=world[LEAD], at=NOON)
    assert [line.words for line in waiting] == ["Yours to decide"]
    with pytest.raises(NotEntitled):
        take(decision, world, MANAGER)
    assert take(decision, world, SECOND_LEAD).decided_by_id == world.person(SECOND_LEAD)
    assert decisions_waiting_for(world.person(LEAD), seen_by=world[LEAD], at=LATER) == ()
    with pytest.raises(WrongState):
        take(decision, world, LEAD)


def test_when_the_route_has_moved_nothing_is_decided_and_the_new_holder_is_asked(world):
    first, second = opened(world, world.order(4_900)), opened(world, world.order(4_800))
    take(first, world, MANAGER, at=NOON + timedelta(minutes=1))

    with pytest.raises(RouteMoved) as refusal:
        take(second, world, MANAGER, because="We need both.")

    second.refresh_from_db()
    assert second.state is State.OPEN
    assert "service lead" in refusal.value.words().lower()
    assert [one.said for one in second.consultations.all()] == ["We need both."]
    assert {one.person_id for one in second.asked.filter(ended_at=None)} == {
        world.person(LEAD),
        world.person(SECOND_LEAD),
    }
    assert words_of(second)[-1].startswith("Order dressings for Ward 7 is no longer for ward manager, Ward 7 to decide")
    assert take(second, world, LEAD, at=LATER + timedelta(minutes=1)).state is State.AGREED
    assert Exposure.objects.count() == 2


@pytest.mark.parametrize("missing", ["measure", "review_on"])
def test_a_decision_says_what_would_show_that_it_worked(world, missing):
    given: dict[str, Any] = {missing: "" if missing == "measure" else None}
    decision = opened(world, world.order(4_900), **given)

    with pytest.raises(NothingToShowFor) as refusal:
        take(decision, world, MANAGER)

    assert set(refusal.value.fields) == {missing}
    assert take(decision, world, MANAGER, agreed=False, because="No.").state is State.DECLINED


class TestTwoSignatures:
    """£300,000 is the chief executive's, the chief finance officer co-signing."""

    def test_the_last_signature_closes_it(self, world):
        decision = opened(world, world.order(300_000, at="fenmoor"), by=CHIEF)

        take(decision, world, CHIEF, in_effect=True)
        decision.refresh_from_db()
        assert (decision.state, Exposure.objects.count()) == (State.OPEN, 0)
        assert words_of(decision)[-1].endswith("it waits for the chief finance officer.")
        with pytest.raises(SignedAlready):
            take(decision, world, CHIEF)
        with pytest.raises(NotYourMove):
            actions.co_sign(decision.pk, agreed=True, by=world[NURSE], at=LATER)

        closed = actions.co_sign(decision.pk, agreed=True, by=world[FINANCE], at=LATER + timedelta(minutes=5))
        assert (closed.state, closed.decided_by_id) == (State.IN_EFFECT, world.person(CHIEF))
        assert {one.person_id for one in closed.signatures.all()} == {world.person(CHIEF), world.person(FINANCE)}

    def test_in_the_other_order(self, world):
        decision = opened(world, world.order(300_000, at="fenmoor"), by=CHIEF)

        actions.co_sign(decision.pk, agreed=True, by=world[FINANCE], at=NOON)
        assert take(decision, world, CHIEF).state is State.AGREED

    def test_the_first_has_signed_even_when_off_duty_by_the_time_of_the_last(self, world):
        decision = opened(world, world.order(300_000, at="fenmoor"), by=CHIEF)
        take(decision, world, CHIEF)

        closed = actions.co_sign(decision.pk, agreed=True, by=world[FINANCE], at=NOON + timedelta(days=1))

        assert closed.decided_by_id == world.person(CHIEF)

    def test_one_refusal_declines_it(self, world):
        decision = opened(world, world.order(300_000, at="fenmoor"), by=CHIEF)
        take(decision, world, CHIEF)

        closed = actions.co_sign(decision.pk, agreed=False, because="Not funded.", by=world[FINANCE], at=LATER)

        assert (closed.state, closed.because) == (State.DECLINED, "Not funded.")

    def test_other_words_need_other_signatures(self, world):
        decision = opened(world, world.order(300_000, at="fenmoor"), by=CHIEF)
        take(decision, world, CHIEF)
        actions.amend(decision.pk, title="Buy another scanner", by=world[CHIEF], at=LATER)

        actions.co_sign(decision.pk, agreed=True, by=world[FINANCE], at=LATER)

        decision.refresh_from_db()
        assert decision.state is State.OPEN
        assert take(decision, world, CHIEF).state is State.AGREED


class TestConsultation:
    """Clause 6.2: a divisional director cancels lists for a day, having consulted the service lead."""

    @pytest.fixture
    def decision(self, world):
        asked = world.ask("service/cancel-elective", quantities={"days": Decimal(1)})
        return opened(world, asked, by=DIRECTOR, title="Cancel the list of Ward 7")

    def test_nobody_decides_before_they_are_heard(self, world, decision):
        assert decision.status == "advice"
        with pytest.raises(AdviceWanting) as refusal:
            take(decision, world, DIRECTOR)
        assert refusal.value.whom == ["the service lead, Fenmoor acute"]

        actions.give_advice(decision.pk, said_words="Two urgent cases.", position="against", by=world[LEAD], at=LATER)
        decision.refresh_from_db()
        assert decision.status == "open"
        assert take(decision, world, DIRECTOR).state is State.AGREED

    def test_nothing_to_add_is_an_answer(self, world, decision):
        actions.decline_to_advise(decision.pk, by=world[SECOND_LEAD], at=LATER)

        assert take(decision, world, DIRECTOR).state is State.AGREED

    def test_their_time_is_up(self, world, decision):
        due = decision.consultations.get().due_at

        assert take(decision, world, DIRECTOR, at=due).state is State.AGREED

    def test_it_is_declared_urgent_with_a_reason_on_the_record(self, world, decision):
        closed = take(decision, world, DIRECTOR, urgent_because="The theatre is flooded.")

        assert closed.state is State.AGREED
        assert any("did not wait for the advice of the service lead" in words for words in words_of(decision))

    def test_declining_needs_no_advice(self, world, decision):
        assert take(decision, world, DIRECTOR, agreed=False, because="No.").state is State.DECLINED


def test_a_body_decides_together(world):
    decision = opened(world, world.order(2_000_000, at="fenmoor"), by=CHIEF)

    assert decision.holder == "the board"
    with pytest.raises(NotEntitled):
        take(decision, world, CHIEF)
    with pytest.raises(DecidedTogether):
        take(decision, world, "chair")


def test_two_organisations_each_decide_their_part(world):
    asked = world.order(4_000, affected=(world.units["ward-9"].pk,))
    decision = opened(world, asked)
    assert {party.code for party in decision.concerns.all()} == {"fenmoor", "riverside"}

    take(decision, world, MANAGER)
    decision.refresh_from_db()
    assert decision.state is State.OPEN
    closed = take(decision, world, "other-manager", at=LATER + timedelta(minutes=1))

    assert (closed.state, closed.decided_by_id) == (State.AGREED, world.person(MANAGER))
    assert len(closed.route["ways"]) == 2
    assert not list(find_faults())


def test_one_person_signs_once_even_with_two_posts(world):
    from remit.network.models import Appointment, Post

    Appointment.objects.create(
        person_id=world.person(MANAGER),
        post=Post.objects.get(unit=world.units["ward-9"], role__code="ward-manager"),
        kind="acting",
        starts_at=NOON - timedelta(days=9),
    )
    forget()
    decision = opened(world, world.order(4_000, affected=(world.units["ward-9"].pk,)))
    take(decision, world, MANAGER)

    with pytest.raises(SignedAlready):
        take(decision, world, MANAGER)


@pytest.mark.parametrize("step", ["commit_exposure", "note", "make_promise", "_inform"])
def test_a_crash_between_two_steps_leaves_nothing_of_it(world, monkeypatch, step):
    decision = opened(world, world.order(4_900))
    before = count_entries()

    def crash(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(closing, step, crash)
    with pytest.raises(KeyboardInterrupt):
        take(decision, world, MANAGER)

    decision.refresh_from_db()
    assert decision.state is State.OPEN
    assert [Exposure.objects.count(), Promise.objects.count(), decision.signatures.count()] == [0, 0, 0]
    assert count_entries() == before


def test_decided_in_one_step_or_left_to_whoever_may(world):
    mine = actions.decide_now(world.order(4_000), proposal(), by=world[MANAGER], at=NOON)
    theirs = actions.decide_now(world.order(9_000), proposal(), by=world[MANAGER], at=NOON)

    assert mine.state is State.IN_EFFECT
    assert theirs.state is State.OPEN
    with pytest.raises(NotValid):
        actions.decide_now(world.order(10), proposal(measure=""), by=world[MANAGER], at=LATER)
    assert Decision.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_orders_at_once_cannot_pass_the_limit_together(transactional_db):
    world = make_world()
    orders = [opened(world, world.order(4_900)) for _ in range(2)]
    together, outcomes = Barrier(2), []

    def decide(decision):
        together.wait()
        try:
            outcomes.append(take(decision, world, MANAGER).status)
        except RouteMoved as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[order]) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(outcomes) == ["agreed", "route-moved"]
    assert Exposure.objects.count() == 1
    assert not list(find_faults())
    forget()
    worlds.forget()
