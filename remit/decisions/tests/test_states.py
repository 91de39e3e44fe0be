"""The table of states and moves: whole, drawn in the documentation, and obeyed by every action."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from remit.decisions import actions
from remit.decisions.errors import WrongState
from remit.decisions.management.commands.write_decision_states import PATH
from remit.decisions.models import Decision
from remit.decisions.rules.states import AGREED, CLOSED, LIVE, MOVES, PUT, STANDING, UNDECIDED, Part, State, moves_open
from remit.decisions.rules.states_page import page
from remit.decisions.tests.world import LATER, LEAD, MANAGER, NOON, opened
from remit.kernel.actor import CLOCK
from remit.kernel.errors import RemitError
from remit.ledger.actions import action
from remit.ledger.queries import count_entries

ENDED = {State.WITHDRAWN, State.LAPSED, State.EXPIRED, State.REVERSED, State.SUPERSEDED}
GIVEN: dict[str, dict[str, Any]] = {
    "amend": {"title": "Order other dressings"},
    "give_advice": {"said_words": "Yes.", "position": "for"},
    "say_what_was_made_of_it": {"made_of_it": "Done.", "changed_something": False},
    "take_decision": {"agreed": True},
    "co_sign": {"agreed": True},
    "confirm": {"agrees": True},
    "ratify": {"agrees": True},
    "review": {"outcome": "keep", "happened": "As foreseen."},
}
for _name in ("escalate", "dispute", "settle", "withdraw", "reverse", "halt", "resume"):
    GIVEN[_name] = {"reason": "A reason."}
FOR_ANOTHER_REASON = {"not-your-move", "not-valid", "not-entitled", "nothing-above"}
SWEPT = [move for move in MOVES if move.name != "supersede"]  # made by the decision that takes its place


def test_the_page_of_the_documentation_is_current():
    assert PATH.read_text() == page(), "Run: python manage.py write_decision_states"


def test_every_state_is_reached_and_every_closed_one_is_an_end():
    reached = {end for move in MOVES for ends in move.leads.values() for end in ends}

    assert reached | {State.DRAFT} == set(State)
    assert not [move.name for move in MOVES if not move.starts.isdisjoint(CLOSED)]
    assert set(State) == LIVE | CLOSED
    assert UNDECIDED.isdisjoint(AGREED)
    assert STANDING < AGREED
    assert PUT < UNDECIDED


def test_every_move_but_the_clocks_has_a_form_or_belongs_to_another_decision():
    from remit.decisions.steps import STEPS

    offered = {move.name for move in MOVES if move.button}
    assert offered - {"amend"} == set(STEPS)
    assert {move.name for move in MOVES} - offered == {"supersede", "lapse", "expire"}


def put_into(decision: Decision, state: State, person) -> None:
    """Set a row to a state, with all that the database wants of it."""
    decided = state not in UNDECIDED | {State.WITHDRAWN}
    Decision.objects.filter(pk=decision.pk).update(
        status=state.value,
        decided_at=NOON if decided else None,
        decided_by=person if decided else None,
        in_effect_at=NOON if state in (State.IN_EFFECT, State.REVIEWED) else None,
        reviewed_at=NOON if state is State.REVIEWED else None,
        review_outcome="keep" if state is State.REVIEWED else "",
        halted_from="agreed" if state is State.HALTED else "",
        disputed_by=decision.party if state is State.DISPUTED else None,
        ended_at=NOON if state in ENDED else None,
        confirm_by=NOON + timedelta(minutes=30),
        expires_at=NOON + timedelta(minutes=30) if state in STANDING else None,
    )


class Undone(Exception):
    """Rolls a move back once it is known where it led."""

    def __init__(self, state: State) -> None:
        self.state = state


@action
def made_and_undone(name: str, decision: Decision, **given) -> None:
    getattr(actions, name)(decision.pk, **given)
    raise Undone(Decision.objects.get(pk=decision.pk).state)


@pytest.mark.parametrize("state", list(State))
def test_every_move_in_every_state(world, state):
    """A move that the table has from here is made, or refused for another reason than the state; else WrongState."""
    decision = opened(world, world.order(4_900))
    advice = actions.give_advice(decision.pk, said_words="Yes.", position="for", by=world["clerk"], at=NOON)
    put_into(decision, state, world.person(MANAGER))
    before = count_entries()

    for move in SWEPT:
        given = dict(GIVEN.get(move.name, {}))
        if move.name == "ask_advice":
            given["whom"] = world.person("procurement")
        if move.name == "say_what_was_made_of_it":
            given["consultation"] = advice.pk
        by = CLOCK if Part.CLOCK in move.who else world[MANAGER]
        with pytest.raises((Undone, RemitError)) as outcome:
            made_and_undone(move.name, decision, by=by, at=LATER, **given)

        if isinstance(outcome.value, Undone):
            assert outcome.value.state in move.leads[state], move.name
        elif state in move.leads and isinstance(outcome.value, RemitError):
            assert outcome.value.code in FOR_ANOTHER_REASON, move.name
        else:
            assert outcome.type is WrongState, move.name
        assert count_entries() == before


def test_moves_are_offered_by_part():
    assert [move.name for move in moves_open(State.OPEN, frozenset({Part.HOLDER}))] == [
        "ask_advice",
        "say_what_was_made_of_it",
        "take_decision",
        "escalate",
    ]
    assert moves_open(State.DECLINED, frozenset(Part)) == ()


def test_the_database_refuses_impossible_rows(world):
    from django.db import IntegrityError

    decision = opened(world, world.order(4_900))
    impossible = [
        {"status": "agreed"},
        {"status": "in_effect", "decided_at": LATER, "decided_by": world.person(LEAD)},
        {"status": "halted"},
        {"status": "disputed"},
        {"halted_from": "open"},
        {"status": "open", "decided_at": LATER},
        {"status": "withdrawn"},
        {"status": "agreed", "decided_at": LATER, "decided_by": world.person(LEAD), "measure": ""},
        {"status": "declined", "decided_at": NOON - timedelta(days=1), "decided_by": world.person(LEAD)},
        {"status": "reviewed", "decided_at": LATER, "decided_by": world.person(LEAD), "in_effect_at": LATER},
    ]
    for row in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**row)
