"""A decision with all that its page shows, as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from remit.authority.rules.verdict import Verdict
from remit.decisions.models import Consultation, Decision, Informed, Signature
from remit.decisions.queries.audience import sees
from remit.decisions.queries.lines import STATE_WORDS, DecisionLine, how_it_stands, lines, post_of, rows, when
from remit.decisions.queries.lists import last_on_matter
from remit.decisions.queries.parts import parts_of
from remit.decisions.queries.routes import verdict_of
from remit.decisions.rules.states import LIVE, PUT, STANDING, Move, Part, State, moves_open
from remit.decisions.rules.ways import Way, ways
from remit.kernel import clock
from remit.kernel import words as wording
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound
from remit.kernel.money import as_money
from remit.kernel.words import LONDON, counted, day, joined, sentence
from remit.ledger.queries import entries_about
from remit.promises.queries import PromiseLine, promises_from
from remit.shell import acts, subjects
from remit.shell.presenters import Clock, Face, Fact, Line, Link, Proof, clock_of

_POSITIONS = {"for": "For it", "against": "Against it", "neither": "Neither for nor against"}
_KINDS = {"clause": "The clause names them", "asked": "Asked", "offered": "Said so unasked"}


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """Somebody asked, or heard unasked: what they said and what was made of it."""

    id: UUID
    whom: str
    kind: str
    question: str
    standing: str
    asked: str
    clock: Clock | None
    answered: str
    position: str
    said: str
    declined: bool
    made_of_it: str
    changed: str
    yours: bool  # it waits for the reader
    may_answer: bool  # the reader may say what was made of it


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Everything on the page of one decision, for one reader."""

    id: UUID
    title: str
    state: State
    status_words: str
    status_kind: str
    sentence: str
    stopped: str
    what: tuple[str, ...]
    why: tuple[str, ...]
    because: tuple[str, ...]
    options: tuple[str, ...]
    would_show: tuple[Fact, ...]
    happened: tuple[str, ...]
    next: tuple[str, ...]
    clock: Clock | None
    route: str  # who may decide and why, while that is open
    advice: tuple[AdviceLine, ...]
    waits_for_advice: tuple[str, ...]  # whom the clause consults and who has not answered
    signatures: tuple[Face, ...]
    informed: str
    promises: tuple[PromiseLine, ...]
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]
    context: tuple[DecisionLine, ...]
    history: tuple[Line, ...]
    proof: Proof | None
    moves: tuple[Move, ...]
    first_move: Move | None
    made_up: bool
    restricted: bool
    another: str  # the question of a proposal that would take its place, as an address; empty where none may

    def may(self, name: str) -> bool:
        """Whether the reader is offered a move."""
        return any(move.name == name for move in self.moves)


def decision_page(decision_id: UUID, *, seen_by: Actor, at: datetime | None = None) -> DecisionPage:
    """One decision. Raises: NotFound, also where it is not for this reader."""
    at = at or clock.now()
    found = rows().select_related("case", "case__taxonomy", "supersedes", "disputed_by", "decided_in", "review_promise")
    decision = found.prefetch_related("concerns").filter(pk=decision_id).first()
    if decision is None or not sees(decision, seen_by, at=at):
        raise NotFound("decision")
    live = decision.state in LIVE
    verdict = verdict_of(decision.case, at=at, reader=seen_by.person, apart_from=decision.pk) if live else None
    routes = ways(verdict, up=decision.escalated) if verdict else ()
    parts = parts_of(decision, seen_by, routes=routes, at=at)
    if decision.state is State.DRAFT and Part.PROPOSER not in parts:
        raise NotFound("decision")
    signatures = list(decision.signatures.filter(void_at=None).select_related("person"))
    consultations = list(decision.consultations.select_related("answered_by"))
    waits = {one.consultation_id for one in decision.asked.filter(person=seen_by.person, ended_at=None)}
    promises = promises_from(decision.pk, seen_by=seen_by, at=at)
    moves = tuple(_offered(decision, parts, signatures, seen_by))
    history = entries_about(decision.pk)
    words, kind = STATE_WORDS[decision.state]
    return DecisionPage(
        id=decision.pk,
        title=decision.title,
        state=decision.state,
        status_words=words,
        status_kind=kind,
        sentence=how_it_stands(decision, signatures, at=at),
        stopped=_ended(decision, at=at),
        what=_paragraphs(decision.what),
        why=_paragraphs(decision.why),
        because=_paragraphs(decision.because),
        options=_paragraphs(decision.options),
        would_show=tuple(_would_show(decision)),
        happened=_paragraphs(decision.happened),
        next=tuple(_next(decision, verdict, routes, consultations, at=at)),
        clock=_clock(decision, at=at),
        route=_route(decision, verdict),
        advice=tuple(_advice(one, waits, parts, decision, at=at) for one in consultations),
        waits_for_advice=tuple(_unheard(consultations, at=at)),
        signatures=tuple(_face(one, at=at) for one in signatures),
        informed=joined(dict.fromkeys(Informed.objects.filter(decision=decision).values_list("whom", flat=True))),
        promises=promises,
        facts=tuple(_facts(decision, at=at)),
        links=tuple(_links(decision)),
        context=last_on_matter(decision, seen_by=seen_by, at=at),
        history=tuple(Line(one.event_at, one.words) for one in history),
        proof=Proof(history[-1].number) if history else None,
        moves=moves,
        first_move=_first(moves, waits=bool(waits), decision=decision, at=at),
        made_up=decision.made_up,
        restricted=decision.restricted,
        another=_question(decision) if decision.state in STANDING else "",
    )


def card(decision_id: UUID, *, seen_by: Actor, at: datetime | None = None) -> DecisionLine:
    """One decision as a line. Raises: NotFound."""
    at = at or clock.now()
    decision = rows().filter(pk=decision_id).first()
    if decision is None or not sees(decision, seen_by, at=at):
        raise NotFound("decision")
    return lines([decision], at=at)[0]


def words_of(decision_id: UUID, *, seen_by: Actor, at: datetime) -> dict[str, Any]:
    """The words of a proposal, for whoever changes them. Raises: NotFound."""
    decision = rows().filter(pk=decision_id).first()
    if decision is None or not sees(decision, seen_by, at=at):
        raise NotFound("decision")
    names = ("title", "what", "why", "options", "measure", "baseline", "expected", "review_on")
    last = decision.expires_at and (decision.expires_at - timedelta(seconds=1)).astimezone(LONDON).date()
    return {name: getattr(decision, name) for name in names} | {"expires_on": last}


def _question(decision: Decision) -> str:
    """The question of a decision as an address, to propose another in its place."""
    case = decision.case
    asked: list[tuple[str, str]] = [("matter", case.matter), ("unit", str(case.origin_id)), *case.quantities.items()]
    asked += [("years", str(case.years))] if case.years > 1 else []
    asked += [("purpose", case.purpose), ("supplier", case.supplier)] + [("fact", fact) for fact in case.facts]
    return urlencode([(name, value) for name, value in [*asked, ("replaces", str(decision.pk))] if value])


def _offered(decision: Decision, parts: frozenset[Part], signatures: Sequence[Signature], reader: Actor) -> list[Move]:
    """The moves that the page offers: those of the table, without what would be refused for another reason."""
    signed = any(one.person_id == reader.person for one in signatures)
    decided = decision.decided_at is not None
    refused = {
        "take_decision": signed,
        "co_sign": signed,
        "confirm": signed,
        "ratify": signed,
        "withdraw": decided,
        "reverse": not decided,
        "bring_into_effect": decision.in_effect_at is not None,
        "say_what_was_made_of_it": True,  # each answer carries its own form
    }
    return [move for move in moves_open(decision.state, parts) if move.button and not refused.get(move.name, False)]


_ORDER = ("take_decision", "co_sign", "confirm", "ratify", "put_forward", "bring_into_effect", "settle")


def _first(moves: Sequence[Move], *, waits: bool, decision: Decision, at: datetime) -> Move | None:
    """The one move that the page puts forward to this reader."""
    by_name = {move.name: move for move in moves}
    for name in _ORDER:
        if name in by_name:
            return by_name[name]
    if waits and "give_advice" in by_name:
        return by_name["give_advice"]
    due = decision.review_on is not None and decision.review_on <= at.date()
    if due and decision.state is State.IN_EFFECT:
        return by_name.get("review")
    return by_name.get("resume")


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def _ended(decision: Decision, *, at: datetime) -> str:
    """What ended or stopped it, as a sentence."""
    if decision.ended_at is None:
        return ""
    words, _ = STATE_WORDS[decision.state]
    return sentence(f"{words} {when(decision.ended_at, at=at)}: {decision.end_reason}")


def _would_show(decision: Decision) -> list[Fact]:
    rows_ = [
        Fact("Measure", decision.measure),
        Fact("Before", decision.baseline),
        Fact("Expected", decision.expected),
        Fact("Reviewed on", day(decision.review_on) if decision.review_on else ""),
    ]
    return [row for row in rows_ if row.value]


def _next(
    decision: Decision,
    verdict: Verdict | None,
    routes: Sequence[Sequence[Way]],
    consultations: Sequence[Consultation],
    *,
    at: datetime,
) -> list[str]:
    said: list[str] = []
    state = decision.state
    if state in PUT:
        if unheard := _unheard(consultations, at=at):
            said.append(f"{joined(unheard)} can answer first.")
        people = dict.fromkeys(one.name for part in routes for way in part for one in way.people)
        named = f": {joined(people, 'or')}" if 0 < len(people) <= 4 else ""
        said.append(f"{decision.holder} decides{named}.")
    elif state is State.AWAITING_CONFIRMATION:
        by = f" by {wording.moment(decision.confirm_by, now=at)}" if decision.confirm_by else ""
        said.append(f"It takes effect only when it is confirmed{by}; otherwise it lapses.")
    elif state is State.AWAITING_RATIFICATION:
        said.append("It stands meanwhile. If ratification is refused it lapses.")
    elif state is State.AGREED:
        said.append("It is in effect once somebody says that it has begun.")
    elif state is State.HALTED:
        said.append("Nothing goes on until the rightful holder lets it.")
    elif state is State.DISPUTED:
        said.append(f"{decision.disputed_by} disputes it. Things stay as they are until that is settled.")
    if state in (State.AGREED, State.IN_EFFECT, State.AWAITING_RATIFICATION) and decision.review_on:
        said.append(f"It is reviewed on {day(decision.review_on)}.")
    if state in LIVE and decision.expires_at:
        said.append(f"It ends by itself on {day(decision.expires_at.astimezone(LONDON))}.")
    if state in PUT and decision.act:
        said.append(f"When it is agreed, it {acts.find(decision.act).words(**decision.terms)}.")
    return [sentence(one) for one in said]


def _clock(decision: Decision, *, at: datetime) -> Clock | None:
    if decision.state in PUT and decision.answer_by:
        return clock_of(decision.answer_by, now=at, otherwise="After that it stays undecided until somebody answers.")
    if decision.state is State.AWAITING_CONFIRMATION and decision.confirm_by:
        return clock_of(decision.confirm_by, now=at, otherwise="If nobody confirms it, it lapses.")
    return None


def _route(decision: Decision, verdict: Verdict | None) -> str:
    if verdict is None or decision.state not in PUT:
        return ""
    return verdict.explanation


def _unheard(consultations: Sequence[Consultation], *, at: datetime) -> list[str]:
    return [
        one.whom
        for one in consultations
        if one.kind == Consultation.Kind.CLAUSE and one.answered_at is None and one.due_at and one.due_at > at
    ]


def _advice(
    one: Consultation, waits: set[UUID | None], parts: frozenset[Part], decision: Decision, *, at: datetime
) -> AdviceLine:
    open_to = not parts.isdisjoint({Part.PROPOSER, Part.HOLDER, Part.DECIDER})
    waits_still = one.answered_at is None and decision.state in PUT
    answered = ""
    if one.answered_at and one.answered_by:
        answered = f"{one.answered_by.name}, {post_of(one.answered_as)}, {when(one.answered_at, at=at)}"
    return AdviceLine(
        id=one.pk,
        whom=sentence(one.whom)[:-1],
        kind=_KINDS[one.kind],
        question=one.question,
        standing=one.get_standing_display(),
        asked=when(one.asked_at, at=at),
        clock=clock_of(one.due_at, now=at) if one.due_at and waits_still else None,
        answered=answered,
        position=_POSITIONS.get(one.position, ""),
        said=one.said,
        declined=one.declined,
        made_of_it=one.made_of_it,
        changed={True: "It changed something", False: "It changed nothing", None: ""}[one.changed_something],
        yours=one.pk in waits,
        may_answer=open_to and one.answered_at is not None and not one.declined and one.made_of_it_at is None,
    )


def _face(one: Signature, *, at: datetime) -> Face:
    said = {
        Signature.Kind.DECIDE: "agreed" if one.agrees else "declined",
        Signature.Kind.CO_SIGN: "signed as well" if one.agrees else "did not sign",
        Signature.Kind.CONFIRM: "confirmed" if one.agrees else "did not confirm",
        Signature.Kind.RATIFY: "recorded the ratification" if one.agrees else "recorded the refusal",
    }[Signature.Kind(one.kind)]
    clause = f", clause {one.clause}" if one.clause else ""
    return Face(name=one.person.name, post=post_of(one.signed_as), note=f"{said} {when(one.signed_at, at=at)}{clause}")


def _facts(decision: Decision, *, at: datetime) -> list[Fact]:
    case = decision.case
    who = decision.proposed_by.name if decision.proposed_by else ""
    concerned = [party.name for party in decision.concerns.all()]
    found = [
        Fact("Matter", decision.matter_title),
        Fact("Where", f"{decision.unit.name}, {decision.party.name}"),
        *_amounts(case.quantities, case.years),
        Fact("For", case.purpose),
        Fact("From", case.supplier),
        Fact("Stated", joined(fact.replace("-", " ") for fact in case.facts)),
        Fact("Clause", decision.clause),
        Fact("Scheme", decision.scheme),
        Fact("Proposed by", f"{who}, {post_of(decision.proposed_as)}, {when(decision.proposed_at, at=at)}"),
        Fact("In effect", when(decision.in_effect_at, at=at) if decision.in_effect_at else ""),
        Fact("Concerns", joined(concerned) if len(concerned) > 1 else ""),
    ]
    return [fact for fact in found if fact.value]


def _amounts(quantities: dict[str, str], years: int) -> list[Fact]:
    found = []
    for code, text in quantities.items():
        amount = Decimal(text)
        said = as_money(amount) if code.endswith("_gbp") else f"{amount.normalize():f}"
        if years > 1 and code.endswith("_gbp"):
            said = f"{said} a year for {counted(years, 'year')}"
        found.append(Fact("Amount" if code.endswith("_gbp") else code.replace("_", " ").capitalize(), said))
    return found


def _links(decision: Decision) -> list[Link]:
    found = []
    if decision.supersedes is not None:
        address = subjects.address("decisions.decision", decision.supersedes_id)
        found.append(Link(f"It takes the place of: {decision.supersedes.title}", address))
    for later in decision.superseded_by.exclude(status__in=[State.DRAFT.value, State.WITHDRAWN.value]):
        found.append(Link(f"Proposed in its place: {later.title}", subjects.address("decisions.decision", later.pk)))
    return found
