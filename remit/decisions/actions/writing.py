"""What every action on a decision does the same way: hold it, check the step, move it, record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from remit.authority.rules.verdict import Verdict
from remit.authority.rulings import route_for
from remit.decisions.errors import NotEntitled, NotYourMove, WrongState
from remit.decisions.models import Asked, Decision
from remit.decisions.queries.audience import sees
from remit.decisions.queries.parts import parts_of
from remit.decisions.queries.routes import verdict_of
from remit.decisions.rules.states import BY_NAME, PUT, Part, State
from remit.decisions.rules.ways import Way, ways
from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotFound
from remit.ledger.actions import record


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A decision held for this transaction, with its route of this moment and what the actor is to it."""

    decision: Decision
    verdict: Verdict
    routes: tuple[tuple[Way, ...], ...]
    parts: frozenset[Part]


def hold(decision_id: UUID, name: str, *, by: Actor, at: datetime) -> Held:
    """Hold a decision for one move, once it is certain that its state and the actor allow it.

    Raises: NotFound; WrongState; NotEntitled, where it is for a holder; NotYourMove.
    """
    held = look(decision_id, name, by=by, at=at)
    move = BY_NAME[name]
    if move.who.isdisjoint(held.parts):
        if Part.HOLDER in move.who and held.decision.state in PUT:
            raise NotEntitled(verdict_of(held.decision.case, at=at, reader=by.person, apart_from=decision_id))
        raise NotYourMove(move)
    return held


def look(decision_id: UUID, name: str, *, by: Actor, at: datetime) -> Held:
    """Hold a decision whose state allows a move; whether the actor may make it, the caller weighs.

    Raises: NotFound; WrongState.
    """
    decision = Decision.objects.select_for_update().filter(pk=decision_id).first()
    if decision is None or not sees(decision, by, at=at):
        raise NotFound("decision")
    move = BY_NAME[name]
    if decision.state not in move.leads:
        wanted = ", ".join(state.value for state in State if state in move.leads)
        raise WrongState(found=decision.status, wanted=wanted)
    verdict = route_for(decision.case, at=at, apart_from=decision.pk)
    routes = ways(verdict, up=decision.escalated)
    return Held(decision, verdict, routes, parts_of(decision, by, routes=routes, at=at))


def move_to(decision: Decision, name: str, state: State) -> None:
    """Put a decision into a state. INVARIANT: the table of moves has this step."""
    if state not in BY_NAME[name].leads[decision.state]:
        raise WrongState(found=decision.status, wanted=state.value)
    decision.status = state.value


def note(
    verb: str,
    decision: Decision,
    *,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    sealed: Mapping[str, str] | None = None,
) -> UUID:
    """Record something about a decision, in the stream of every organisation that it concerns.

    Returns: the id of the entry.
    """
    entry = record(
        verb,
        subject=decision,
        by=by,
        at=at,
        parties=[party.pk for party in decision.concerns.all()],
        facts={"matter": decision.matter, **(facts or {})},
        sealed={"title": decision.title, **(sealed or {})},
    )
    return entry.pk


def ask(
    decision: Decision, people: Sequence[UUID], part: Asked.Part, *, at: datetime, due_at: datetime | None = None
) -> None:
    """Let a decision wait for some people, besides those it waits for already."""
    waiting = set(
        Asked.objects.filter(decision=decision, part=part, consultation=None, ended_at=None).values_list(
            "person_id", flat=True
        )
    )
    Asked.objects.bulk_create(
        Asked(decision=decision, person_id=person, part=part, asked_at=at, due_at=due_at)
        for person in dict.fromkeys(people)
        if person not in waiting
    )


def stop_asking(decision: Decision, *parts: Asked.Part, at: datetime) -> None:
    """Let a decision wait no longer: for some parts, or for anybody."""
    waiting = Asked.objects.filter(decision=decision, ended_at=None)
    if parts:
        waiting = waiting.filter(part__in=parts)
    waiting.update(ended_at=at)


def appointment_of(by: Actor) -> UUID | None:
    """The appointment in which someone acts, where they act in one."""
    return by.id if by.kind is ActorKind.APPOINTMENT else None
