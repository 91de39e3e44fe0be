"""One decision as a line of a list, and the sentence that says how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from remit.decisions.models import Asked, Decision, Signature
from remit.decisions.rules.proposal import put_to
from remit.decisions.rules.states import State
from remit.kernel import words as wording
from remit.kernel.actor import MADE_UP
from remit.kernel.words import LONDON, day, joined, sentence
from remit.shell import subjects
from remit.shell.presenters import Clock, clock_of

STATE_WORDS = {
    State.DRAFT: ("Draft", "quiet"),
    State.ADVICE: ("Asking for advice", "wait"),
    State.OPEN: ("Open", "wait"),
    State.ESCALATED: ("Sent up", "wait"),
    State.DISPUTED: ("Disputed", "stop"),
    State.AWAITING_CONFIRMATION: ("Waits to be confirmed", "wait"),
    State.AWAITING_RATIFICATION: ("Waits to be ratified", "wait"),
    State.AGREED: ("Agreed", "do"),
    State.IN_EFFECT: ("In effect", "do"),
    State.REVIEWED: ("Reviewed", "do"),
    State.HALTED: ("Stopped", "stop"),
    State.DECLINED: ("Declined", "quiet"),
    State.WITHDRAWN: ("Withdrawn", "quiet"),
    State.LAPSED: ("Lapsed", "quiet"),
    State.EXPIRED: ("Ended", "quiet"),
    State.REVERSED: ("Reversed", "stop"),
    State.SUPERSEDED: ("Superseded", "quiet"),
}
ASKED_WORDS = {
    Asked.Part.DECIDE: ("Yours to decide", "If nobody answers, it stays undecided."),
    Asked.Part.CO_SIGN: ("Needs your signature as well", "Without it, it stays undecided."),
    Asked.Part.ADVISE: ("Your advice is asked for", "If you do not answer, it is decided without it."),
    Asked.Part.CONFIRM: ("Yours to confirm", "If nobody confirms it in time, it lapses."),
    Asked.Part.RATIFY: ("Yours to ratify", "It stands meanwhile; refused, it lapses."),
}


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in a list. `made_up`: it belongs to a demonstration."""

    id: UUID
    title: str
    address: str
    status: str
    status_words: str
    status_kind: str
    sentence: str
    unit: str
    unit_id: UUID
    matter: str
    at: datetime
    made_up: bool


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A decision that waits for somebody: what for, until when, and what happens otherwise."""

    decision: DecisionLine
    part: str
    words: str
    clock: Clock | None
    otherwise: str
    asked_at: datetime


def post_of(words: str) -> str:
    """The post in which somebody acted. That a demonstration's past is made up, its page says once."""
    return words.removesuffix(MADE_UP)


def rows() -> QuerySet[Decision]:
    """Decisions with what a line needs."""
    return Decision.objects.select_related("unit", "decided_by", "proposed_by", "party")


def lines(decisions: Iterable[Decision], *, at: datetime) -> tuple[DecisionLine, ...]:
    """Decisions as lines. One statement more, for the signatures."""
    found = list(decisions)
    others: dict[UUID, list[Signature]] = {}
    for one in Signature.objects.filter(decision__in=found, void_at=None).select_related("person"):
        others.setdefault(one.decision_id, []).append(one)
    return tuple(line(one, others.get(one.pk, ()), at=at) for one in found)


def line(decision: Decision, signatures: Iterable[Signature], *, at: datetime) -> DecisionLine:
    """One decision as a line."""
    words, kind = STATE_WORDS[decision.state]
    return DecisionLine(
        id=decision.pk,
        title=decision.title,
        address=subjects.address("decisions.decision", decision.pk),
        status=decision.status,
        status_words=words,
        status_kind=kind,
        sentence=how_it_stands(decision, signatures, at=at),
        unit=decision.unit.name,
        unit_id=decision.unit_id,
        matter=decision.matter_title,
        at=decision.decided_at or decision.proposed_at,
        made_up=decision.made_up,
    )


def how_it_stands(decision: Decision, signatures: Iterable[Signature], *, at: datetime) -> str:
    """The sentence under a title: *Agreed by N N, site manager, at 02:14, alone, under clause 4.2.*"""
    if decision.decided_at is None or decision.decided_by is None:
        who = decision.proposed_by.name if decision.proposed_by else post_of(decision.proposed_as)
        said = f"Proposed by {who}, {post_of(decision.proposed_as)}, {when(decision.proposed_at, at=at)}"
        if decision.state in (State.DRAFT, State.WITHDRAWN):
            return sentence(said)
        return f"{sentence(said)} {sentence(put_to(decision.holder))}"
    declined = decision.state is State.DECLINED
    parts = [
        f"{'Declined' if declined else 'Agreed'} by {decision.decided_by.name}",
        post_of(decision.decided_as),
        when(decision.decided_at, at=at),
    ]
    others = [
        f"{one.person.name}, {post_of(one.signed_as)}"
        for one in signatures
        if one.kind in (Signature.Kind.CO_SIGN, Signature.Kind.DECIDE) and one.person_id != decision.decided_by_id
    ]
    parts.append(f"with {joined(others)}" if others else "alone")
    if decision.clause:
        parts.append(f"under {'clauses' if ',' in decision.clause else 'clause'} {decision.clause}")
    if decision.expires_at and not declined:
        parts.append(f"until {day(decision.expires_at.astimezone(LONDON))}")
    return sentence(", ".join(parts))


def when(moment: datetime, *, at: datetime) -> str:
    """A moment inside a sentence: *at 02:14*, *yesterday 14:05*, *on 22 November 2026, 02:10*."""
    said = wording.moment(moment, now=at)
    if said[:1].isdigit():
        return f"at {said}" if len(said) == len("02:14") else f"on {said}"
    return said


def waiting_line(asked: Asked, decision: DecisionLine, *, at: datetime) -> WaitingLine:
    """Something that waits for a person."""
    words, otherwise = ASKED_WORDS[Asked.Part(asked.part)]
    return WaitingLine(
        decision=decision,
        part=asked.part,
        words=words,
        clock=clock_of(asked.due_at, now=at, otherwise=otherwise) if asked.due_at else None,
        otherwise=otherwise,
        asked_at=asked.asked_at,
    )
