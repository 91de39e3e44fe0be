"""Whom a proposal is put to: the rightful holder, those who sign as well, those whom the clause consults."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from remit.authority.rules.verdict import Verdict
from remit.decisions.actions.writing import ask, note, stop_asking
from remit.decisions.models import Asked, Consultation, Decision
from remit.decisions.rules.named import Named, named
from remit.decisions.rules.proposal import advice_due
from remit.decisions.rules.states import State
from remit.decisions.rules.ways import Way, holders, leaves
from remit.kernel.actor import Actor
from remit.kernel.words import in_full
from remit.network.rules.moments import as_moment


def put_to_holders(decision: Decision, verdict: Verdict, routes: Sequence[Sequence[Way]], *, at: datetime) -> None:
    """Ask whoever may decide. The caller saves and records the step, and then has the clauses' advisers asked."""
    stop_asking(decision, Asked.Part.DECIDE, Asked.Part.CO_SIGN, at=at)
    decision.holder = holders(routes) or _nobody(verdict)
    decision.clause = ", ".join(verdict.clauses)[:60]
    decision.answer_by = answer_by(verdict, routes)
    deciders = [one.person for part in routes for way in part for one in way.people]
    seconds = [one.person for part in routes for way in part for second in way.seconds for one in second.people]
    due = decision.answer_by
    ask(decision, deciders, Asked.Part.DECIDE, at=at, due_at=due)
    ask(decision, [one for one in seconds if one not in deciders], Asked.Part.CO_SIGN, at=at, due_at=due)


def consult_all(decision: Decision, routes: Sequence[Sequence[Way]], *, by: Actor, at: datetime) -> None:
    """Ask everybody whom the clauses of these ways consult."""
    for part in routes:
        for way in part:
            consult(decision, way, by=by, at=at)


def ask_upper(decision: Decision, routes: Sequence[Sequence[Way]], *, by: Actor, at: datetime) -> None:
    """Ask the rungs above as well, and whom their clauses consult."""
    ups = [part[-1] for part in routes if part]
    decision.holder = holders(routes)
    deciders = [one.person for way in ups for one in way.people]
    ask(decision, deciders, Asked.Part.DECIDE, at=at, due_at=decision.answer_by)
    seconds = [one.person for way in ups for second in way.seconds for one in second.people]
    ask(decision, [one for one in seconds if one not in deciders], Asked.Part.CO_SIGN, at=at, due_at=decision.answer_by)
    for way in ups:
        consult(decision, way, by=by, at=at)


def consult(decision: Decision, way: Way, *, by: Actor, at: datetime) -> list[Consultation]:
    """Ask everybody whom a way's clause consults and who has not been asked yet."""
    known = set(decision.consultations.filter(kind=Consultation.Kind.CLAUSE).values_list("whom", flat=True))
    asked = []
    for one in consulted(way, at=at):
        if one.words not in known:
            known.add(one.words)
            asked.append(ask_one(decision, one, kind=Consultation.Kind.CLAUSE, by=by, at=at))
    return asked


def consulted(way: Way, *, at: datetime) -> list[Named]:
    """Whom a way's clause has its holder consult: for each unit affected, those nearest above it."""
    if way.grant is None:
        return []
    verdict, snapshot = way.verdict, way.verdict.world.snapshot
    units = [unit for unit in verdict.affected_numbers if snapshot.tree.organisation[unit] == way.party]
    found: dict[str, Named] = {}
    for holder in way.grant.consult:
        for unit in units or [max(way.unit, verdict.cover)]:
            one = named(holder, snapshot=snapshot, party=way.party, unit=unit, clause=way.clause, at=at)
            found.setdefault(one.words, one)
    return list(found.values())


def ask_one(
    decision: Decision,
    whom: Named,
    *,
    kind: Consultation.Kind,
    by: Actor,
    at: datetime,
    question: str = "",
    standing: str = "open",
) -> Consultation:
    """Ask one adviser, who may be several people, any of whom can answer."""
    due = advice_due(at, decision.answer_by) if whom.people else at  # a vacant post keeps nobody waiting
    consultation = Consultation.objects.create(
        decision=decision,
        kind=kind,
        whom=whom.words,
        body_id=whom.body,
        question=question,
        standing=standing,
        asked_at=at,
        due_at=due,
    )
    Asked.objects.bulk_create(
        Asked(
            decision=decision,
            consultation=consultation,
            person_id=person,
            part=Asked.Part.ADVISE,
            asked_at=at,
            due_at=due,
        )
        for person in whom.people
    )
    note(
        "decision.advice-asked",
        decision,
        by=by,
        at=at,
        facts={"due": in_full(due), "kind": kind.value, "consultation": str(consultation.pk), "standing": standing},
        sealed={"whom": whom.words, "question": question},
    )
    return consultation


def state_of_advice(decision: Decision, *, at: datetime) -> State:
    """Whether a proposal still waits for advice that somebody can give."""
    waits = decision.consultations.filter(answered_at=None, due_at__gt=at).exists()
    return State.ADVICE if waits else State.OPEN


def answer_by(verdict: Verdict, routes: Sequence[Sequence[Way]]) -> datetime | None:
    """When the answer is needed; None where it is needed now."""
    moments = []
    for leaf, part in zip(leaves(verdict), routes, strict=True):
        within = leaf.rung.answer_within if leaf.rung is not None and part else None
        before = leaf.asking.before(within)
        if before > leaf.asking.at:
            moments.append(before)
    return as_moment(min(moments)) if moments else None


def _nobody(verdict: Verdict) -> str:
    later = verdict.could_from
    return f"nobody until {in_full(later)}" if later else "nobody yet"


def people_of(waiting: Sequence[Named]) -> list[UUID]:
    """Everybody in some posts and bodies."""
    return [person for one in waiting for person in one.people]
