"""Each step of a promise: what it changes, what it records, what it refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotFound, NotValid, WrongState
from remit.kernel.ids import new_id
from remit.ledger.queries import count_entries, entries_about, find_faults
from remit.promises import actions
from remit.promises.errors import NotYourPromise
from remit.promises.models import Promise
from remit.promises.queries import promise_page, promises_at, promises_from, promises_of
from remit.promises.rules.owed import Arising, Owed
from remit.promises.rules.states import MOVES, Part, State, moves_open
from remit.promises.tests.conftest import NOON, person_id

TOMORROW = NOON + timedelta(days=1)
STEPS = {
    "keep": lambda promise, world, by: actions.keep(promise.pk, by=by, at=NOON),
    "say_not_kept": lambda promise, world, by: actions.say_not_kept(promise.pk, reason="No stock", by=by, at=NOON),
    "pass_on": lambda promise, world, by: actions.pass_on(promise.pk, to=world.matron.person, by=by, at=NOON),
    "accept": lambda promise, world, by: actions.accept(promise.pk, by=by, at=NOON),
    "decline": lambda promise, world, by: actions.decline(promise.pk, reason="On leave", by=by, at=NOON),
    "release": lambda promise, world, by: actions.release(promise.pk, reason="All done", by=by, at=NOON),
}


def made(world, **given):
    owed = given.pop("owed_to", Owed("Riina Tamm, sister", person=person_id(world.sister)))
    return actions.make_promise(
        given.pop("words", "Order four mattresses"), owed_to=owed, due_at=TOMORROW, by=world.manager, at=NOON, **given
    )


def test_a_promise_stands_where_its_maker_works_and_reads_as_a_sentence(hospital):
    promise = made(hospital, arising=Arising("decisions.decision", new_id(), "Open four beds"))

    assert (promise.party_id, promise.unit_id) == (hospital.party.pk, hospital.ward.pk)
    [entry] = entries_about(promise.pk)
    assert entry.words == (
        "Ward manager, Ward 7 promised Riina Tamm, sister by 24 November 2026, 12:00: Order four mattresses."
    )
    assert not list(find_faults())


def test_keeping_late_says_how_late(hospital):
    promise = made(hospital)

    actions.keep(promise.pk, by=hospital.manager, at=TOMORROW + timedelta(hours=3))

    promise.refresh_from_db()
    assert promise.status == State.KEPT
    assert "3 hours late" in entries_about(promise.pk)[-1].words


def test_passing_on_needs_the_other_to_accept(hospital):
    promise = made(hospital)

    actions.pass_on(promise.pk, to=person_id(hospital.matron), by=hospital.manager, at=NOON)
    [offered] = promises_of(person_id(hospital.matron), seen_by=hospital.matron, at=NOON).offered
    assert offered.status == State.MADE
    taken = actions.accept(promise.pk, by=hospital.matron, at=NOON)

    promise.refresh_from_db()
    assert promise.status == State.PASSED_ON
    assert (taken.made_by_id, taken.words, taken.due_at) == (hospital.matron.person, promise.words, TOMORROW)
    assert taken.took_over_id == promise.pk


def test_an_offer_declined_leaves_the_promise_where_it_was(hospital):
    promise = made(hospital)
    actions.pass_on(promise.pk, to=person_id(hospital.matron), by=hospital.manager, at=NOON)

    actions.decline(promise.pk, reason="On leave until Monday", by=hospital.matron, at=NOON)

    promise.refresh_from_db()
    assert (promise.status, promise.offered_to_id) == (State.MADE, None)


@pytest.mark.parametrize("name", ["keep", "say_not_kept", "pass_on", "accept", "decline", "release"])
def test_a_stranger_can_take_no_step(hospital, name):
    promise = made(hospital)
    before = count_entries()

    with pytest.raises(NotYourPromise):
        STEPS[name](promise, hospital, hospital.stranger)

    assert count_entries() == before
    assert Promise.objects.get(pk=promise.pk).status == State.MADE


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_every_step_in_every_state(hospital, state, move):
    promise = made(hospital)
    ends = {} if state is State.MADE else {"ended_at": NOON, "reason": "A reason"}
    offered = {"offered_to": hospital.matron.person} if move.part is Part.OFFERED and state is State.MADE else {}
    Promise.objects.filter(pk=promise.pk).update(status=state, **ends, **offered)
    whose = {Part.MAKER: hospital.manager, Part.OWED: hospital.sister, Part.OFFERED: hospital.matron}[move.part]

    if state is move.starts:
        STEPS[move.name](promise, hospital, whose)
        assert Promise.objects.get(pk=promise.pk).status == move.ends
    else:
        with pytest.raises(WrongState):
            STEPS[move.name](promise, hospital, whose)
        assert not moves_open(state, frozenset(Part))


@pytest.mark.parametrize(
    ("words", "owed"),
    [("", "someone"), ("Do it", " "), ("Call 943 476 5919", "someone"), ("Do it", "943 476 5919"), ("x" * 501, "me")],
)
def test_what_cannot_be_promised(hospital, words, owed):
    with pytest.raises(NotValid):
        made(hospital, words=words, owed_to=Owed(owed))

    assert not Promise.objects.exists()
    assert not count_entries()


def test_who_can_promise_and_what_is_there(hospital):
    with pytest.raises(NotValid):
        actions.make_promise(
            "Do it",
            owed_to=Owed("the ward"),
            due_at=TOMORROW,
            by=Actor(ActorKind.PERSON, hospital.manager.person, "someone", hospital.manager.person),
            at=NOON,
        )
    with pytest.raises(NotFound):
        actions.keep(new_id(), by=hospital.manager, at=NOON)
    with pytest.raises(NotValid):
        actions.pass_on(made(hospital).pk, to=person_id(hospital.manager), by=hospital.manager, at=NOON)


def test_a_crash_between_the_change_and_its_entry_leaves_neither(hospital, monkeypatch):
    promise = made(hospital)

    def crash(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "record", crash)
    for name, whose in {"keep": hospital.manager, "release": hospital.sister, "pass_on": hospital.manager}.items():
        with pytest.raises(KeyboardInterrupt):
            STEPS[name](promise, hospital, whose)

    promise.refresh_from_db()
    assert (promise.status, promise.offered_to_id) == (State.MADE, None)
    assert len(entries_about(promise.pk)) == 1


def test_who_sees_a_promise(hospital):
    promise = made(hospital)

    assert [line.id for line in promises_at(hospital.ward.pk, seen_by=hospital.matron, at=NOON)] == [promise.pk]
    assert promises_at(hospital.ward.pk, seen_by=hospital.stranger, at=NOON) == ()
    with pytest.raises(NotFound):
        promise_page(promise.pk, seen_by=hospital.stranger, at=NOON)


def test_what_is_owed_to_a_post_or_a_unit_is_owed_to_those_who_fill_it(hospital):
    to_ward = made(hospital, owed_to=Owed("Ward 7", unit=hospital.ward.pk))
    subject = new_id()
    arising = made(hospital, arising=Arising("decisions.decision", subject, "Open four beds"))

    owed = promises_of(person_id(hospital.sister), seen_by=hospital.sister, at=NOON).owed_to_me
    assert {line.id for line in owed} == {to_ward.pk, arising.pk}
    assert [line.id for line in promises_from(subject, seen_by=hospital.matron, at=NOON)] == [arising.pk]
