"""The answer to *who may decide this?*, ready for a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from remit.authority.queries import asking
from remit.authority.queries.naming import called
from remit.authority.queries.worlds import world
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.places import Asked
from remit.authority.rules.question import Question
from remit.authority.rules.reasons import Why
from remit.authority.rules.routing import route
from remit.authority.rules.scheme import Grant, Holder
from remit.authority.rules.spans import span_words
from remit.authority.rules.verdict import Verdict
from remit.authority.rules.world import World
from remit.kernel import words
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound
from remit.network.access import Sight, sight_of
from remit.network.models import Person
from remit.network.queries import uuid_of
from remit.network.rules.rows import Id
from remit.shell.presenters import Face, Rung, RungState

KINDS = {
    Outcome.RUNG: "ask",
    Outcome.POOL: "ask",
    Outcome.RESIDUAL: "ask",
    Outcome.HOLD: "hold",
    Outcome.JOINT: "joint",
}
STATES = {Why.ROUTE: RungState.ROUTE, Why.FURTHER: RungState.ABOVE}
MOST_FACES = 3
SPLITTING = "Orders for the same purpose within 12 months count together, so that none is split to stay under a limit."


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, or one part of a joint one.

    Args:
        kind: yes, ask, hold or joint, as the card is drawn.
        notes: what follows from the clause: whom to consult and to inform, who signs as well.
        reckoning: how an amount was worked out. splitting: why earlier orders count with it.
    """

    kind: str
    headline: str
    explanation: str
    faces: tuple[Face, ...]
    more_people: int
    notes: tuple[str, ...]
    reckoning: tuple[str, ...]
    splitting: str
    rungs: tuple[Rung, ...]
    aside: tuple[str, ...]
    parts: tuple[Answer, ...]
    party: str
    clause: str
    you_can: bool
    may_take: bool
    outcome: str


def answer(question: Question, *, at: datetime, seen_by: Actor, now: datetime | None = None) -> Answer:
    """Who may decide this, and why. Phone numbers are for those who share a system with whoever is called.

    Args:
        at: the moment asked about. now: when it is asked, where that is another: standing counts then.
    Raises: NotFound, where the asker has no standing in any organisation; NotValid; CannotRoute.
    """
    sight = _standing(seen_by, at=now or at)
    return _page_ready(*_answered(question, at=at), question=question, at=at, sight=sight)


def answered(question: Question, *, at: datetime, seen_by: Actor, now: datetime | None = None) -> dict[str, Any]:
    """The same answer as data, for machines."""
    _standing(seen_by, at=now or at)
    verdict, _world = _answered(question, at=at)
    return {"headline": verdict.headline, "explanation": verdict.explanation, **verdict.as_data()}


def _standing(seen_by: Actor, *, at: datetime) -> Sight:
    sight = sight_of(seen_by, at=at)
    if not sight.keeper and not sight.organisations:
        raise NotFound("question")
    return sight


def _answered(question: Question, *, at: datetime) -> tuple[Verdict, World]:
    asked = world(at=at)
    taxonomy = asking.taxonomy_in_force(question.origin, at=at)
    return route(asking.case_of(question, at=at, taxonomy=taxonomy), asked, at), asked


def _page_ready(verdict: Verdict, asked: World, *, question: Question, at: datetime, sight: Sight) -> Answer:
    reckoning = asking.reckoned(question, at=at, taxonomy=asking.taxonomy_in_force(question.origin, at=at))
    near = [one for one in _everyone(verdict) if sight.shares_with(_where(one, asked, at=at), at=at)]
    people = Person.objects.filter(pk__in={uuid_of(one.person_id) for one in near})
    phones = dict(people.values_list("pk", "phone"))
    return _card(
        verdict,
        asked,
        phones,
        at=at,
        reckoning=tuple(reckoning.words.values()),
        splitting=SPLITTING if reckoning.splitting else "",
    )


def _everyone(verdict: Verdict) -> list[Asked]:
    return [*verdict.people, *verdict.told, *(one for part in verdict.parts for one in _everyone(part))]


def _where(one: Asked, asked: World, *, at: datetime) -> list[Id]:
    """The organisation that someone is asked in; those that they work in, where they are asked as themselves."""
    snapshot, staffing = asked.snapshot, asked.snapshot.staffing
    posts = [one.post_id] if one.post_id else [held.post_id for held in snapshot.appointments_of(one.person_id, at)]
    return [snapshot.party_of(staffing.post_unit[staffing.post_number[post]]).id for post in posts]


def _card(
    verdict: Verdict,
    asked: World,
    phones: dict[UUID, str],
    *,
    at: datetime,
    reckoning: tuple[str, ...] = (),
    splitting: str = "",
) -> Answer:
    working = verdict.working() if verdict.outcome is not Outcome.JOINT else None
    people = verdict.people or verdict.told
    return Answer(
        kind="yes" if verdict.you_can and verdict.outcome is not Outcome.JOINT else KINDS[verdict.outcome],
        headline=verdict.headline,
        explanation=verdict.explanation.removeprefix(f"{verdict.headline}. "),
        faces=tuple(_face(one, asked, phones, at=at) for one in people[:MOST_FACES]),
        more_people=max(0, len(people) - MOST_FACES),
        notes=tuple(_notes(verdict, asked, at=at)),
        reckoning=reckoning,
        splitting=splitting,
        rungs=tuple(
            Rung(
                holder=words.capital(step.place.words),
                state=STATES.get(step.reason.why, RungState.PASSED),
                limit=step.place.up_to,
                reason=words.sentence(step.words),
                clause=step.place.clause,
                people=tuple(_face(one, asked, phones, at=at) for one in step.people[:3]),
            )
            for step in (working.steps if working else ())
        ),
        aside=tuple(f"Clause {one.said.clause} {one.reason.words}." for one in (working.aside if working else ())),
        parts=tuple(_card(part, asked, phones, at=at) for part in verdict.parts),
        party=asked.snapshot.partnerships.parties[verdict.party_id].name if verdict.party_id else "",
        clause=verdict.clause,
        you_can=verdict.you_can,
        may_take=verdict.you_can and not verdict.unstated and verdict.outcome is not Outcome.JOINT,
        outcome=verdict.outcome.value,
    )


def _face(one: Asked, asked: World, phones: dict[UUID, str], *, at: datetime) -> Face:
    snapshot = asked.snapshot
    if one.from_at is not None and one.from_at > at:
        note = f"from {words.moment(one.from_at, now=at)}"
    else:
        until = snapshot.watch_until(one.person_id, one.post_id, at) if one.post_id else None
        note = f"on duty until {words.moment(until, now=at)}" if until else "at work now"
    unit = ""
    if one.post_id:
        unit = snapshot.tree.names[snapshot.staffing.post_unit[snapshot.staffing.post_number[one.post_id]]]
    return Face(
        name=one.name,
        post=", ".join(filter(None, [one.title, unit])),
        note=note,
        phone=phones.get(uuid_of(one.person_id), ""),
    )


def _notes(verdict: Verdict, asked: World, *, at: datetime) -> list[str]:
    notes = []
    if verdict.co_signers:
        notes.append(f"Signs as well: {words.joined(signer.words for signer in verdict.co_signers)}.")
    if (grant := verdict.grant) is None:
        return notes

    def named(*holders: Holder) -> str:
        return words.joined(called(holder, asked.snapshot, party=verdict.party_id) for holder in holders)

    beside = [("Consult", grant.consult), ("Inform", grant.inform)]
    if isinstance(grant, Grant):
        beside.append(("Report to", grant.report_to))
    notes += [f"{said}: {named(*holders)}." for said, holders in beside if holders]
    if isinstance(grant, Grant) and grant.ratify_by:
        notes.append(f"Stands at once, and is ratified by {named(grant.ratify_by)}.")
    if isinstance(grant, Grant) and grant.confirm_by:
        within = span_words(grant.confirm_within, working=grant.confirm_in_working_time) if grant.confirm_within else ""
        notes.append(f"Is confirmed by {named(grant.confirm_by)}{' within ' + within if within else ''}.")
    return notes
