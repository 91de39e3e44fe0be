"""Deciding: only a rightful holder, at this moment, checked inside the transaction that closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remit.authority.rules.question import Question
from remit.decisions.actions.asking import consult, consult_all, consulted, put_to_holders, state_of_advice
from remit.decisions.actions.closing import close, wrong_if_over
from remit.decisions.actions.opening import open_decision
from remit.decisions.actions.writing import Held, appointment_of, look, move_to, note
from remit.decisions.errors import (
    AdviceWanting,
    DecidedTogether,
    NotEntitled,
    NothingToShowFor,
    NotYourMove,
    RouteMoved,
    SignedAlready,
)
from remit.decisions.models import Asked, Consultation, Decision, Signature
from remit.decisions.queries.routes import verdict_of
from remit.decisions.rules.named import members
from remit.decisions.rules.proposal import TEXT_LENGTH, Proposal, check_texts, said
from remit.decisions.rules.states import BY_NAME, State
from remit.decisions.rules.ways import Closing, Signed, Signer, Way, closing
from remit.kernel.actor import Actor
from remit.kernel.errors import RemitError
from remit.kernel.words import in_full, joined
from remit.ledger.actions import action
from remit.network.queries import actor_in, present


@dataclass(frozen=True, slots=True)
class _Done:
    """What a signature came to. `refusal` is raised once what it left behind is committed."""

    decision: Decision
    refusal: RemitError | None = None


def take_decision(
    decision_id: UUID,
    *,
    agreed: bool,
    by: Actor,
    at: datetime,
    because: str = "",
    urgent_because: str = "",
    in_effect: bool = False,
) -> Decision:
    """Decide, as the rightful holder of this moment: agree or decline.

    Where another signature is wanting it stays open until that is given. Where the route
    has moved since this person was asked, nothing is decided: what they said is kept as
    advice, and the new holder is asked.

    Args:
        urgent_because: why the clause's consultation is not waited for.
        in_effect: it begins at once.
    Raises: NotFound; WrongState; NotEntitled; RouteMoved; SignedAlready; DecidedTogether;
        AdviceWanting; NothingToShowFor; NotValid.
    """
    done = _sign(
        decision_id,
        "take_decision",
        agreed=agreed,
        by=by,
        at=at,
        because=because,
        urgent_because=urgent_because,
        in_effect=in_effect,
    )
    if done.refusal is not None:
        raise done.refusal
    return done.decision


def co_sign(decision_id: UUID, *, agreed: bool, by: Actor, at: datetime, because: str = "") -> Decision:
    """Sign as well, where the clause wants a second person; the last signature closes it.

    Raises: as `take_decision`.
    """
    done = _sign(decision_id, "co_sign", agreed=agreed, by=by, at=at, because=because)
    if done.refusal is not None:
        raise done.refusal
    return done.decision


@action
def decide_now(
    question: Question,
    proposal: Proposal,
    *,
    by: Actor,
    at: datetime,
    because: str = "",
    urgent_because: str = "",
    in_effect: bool = True,
) -> Decision:
    """Put a question and decide it in one step, where that is lawful; else leave it put to whoever may.

    Raises: NotValid; NothingToShowFor.
    """
    decision = open_decision(question, proposal, by=by, at=at)
    try:
        return take_decision(
            decision.pk,
            agreed=True,
            by=by,
            at=at,
            because=because,
            urgent_because=urgent_because,
            in_effect=in_effect,
        )
    except (NotEntitled, AdviceWanting, DecidedTogether):
        return decision


@action
def _sign(
    decision_id: UUID,
    name: str,
    *,
    agreed: bool,
    by: Actor,
    at: datetime,
    because: str = "",
    urgent_because: str = "",
    in_effect: bool = False,
) -> _Done:
    held = look(decision_id, name, by=by, at=at)
    decision = held.decision
    check_texts(("because", because, TEXT_LENGTH), ("urgent_because", urgent_because, TEXT_LENGTH))
    wrong_if_over(decision, at=at)
    if by.person is None:
        raise NotYourMove(BY_NAME[name])
    if decision.signatures.filter(person=by.person, void_at=None).exists():
        raise SignedAlready
    found = _find(held, by.person, co_signing=name == "co_sign")
    if found is None:
        if _was_asked(decision, by.person, Asked.Part.CO_SIGN if name == "co_sign" else Asked.Part.DECIDE):
            return _moved(held, by=by, at=at, agreed=agreed, because=because)
        raise _refusal(held, by.person, name, at=at)
    way, signer, slot = found
    by = _in_capacity(by, signer, at=at)
    if agreed:
        if not decision.measure.strip() or decision.review_on is None:
            raise NothingToShowFor(
                **{} if decision.measure.strip() else {"measure": "Say what would show that it worked."},
                **{} if decision.review_on else {"review_on": "Say when that is looked at."},
            )
        if (wanting := _advice(decision, way, urgent_because, by=by, at=at)) is not None:
            return wanting
    if because.strip() and (name == "take_decision" or not agreed):
        decision.because = because.strip()
    Signature.objects.create(
        decision=decision,
        kind=Signature.Kind.CO_SIGN if name == "co_sign" else Signature.Kind.DECIDE,
        person_id=signer.person,
        appointment_id=appointment_of(by),
        signed_as=by.words,
        party_id=way.party,
        clause=way.clause,
        ref=way.ref,
        slot=slot,
        agrees=agreed,
        signed_at=at,
    )
    decision.begins_at_once = decision.begins_at_once or in_effect
    result = _weigh(held)
    if result.decided is None:
        return _Done(_wait(held, name, result, way, by=by, at=at))
    return _Done(close(held, name=name, used=result.ways, agreed=result.decided, by=by, at=at))


def _find(held: Held, person: UUID, *, co_signing: bool) -> tuple[Way, Signer, str] | None:
    """The first unsigned place in which somebody may sign, and what they sign it for."""
    signed = list(held.decision.signatures.filter(void_at=None))
    for part in held.routes:
        mine = [one for one in signed if part and one.party_id == part[0].party]
        for way in part:
            if not co_signing:
                signer = way.signer(person)
                if signer and not any(one.kind == Signature.Kind.DECIDE for one in mine):
                    return way, signer, ""
                continue
            filled = [one.slot for one in mine if one.kind == Signature.Kind.CO_SIGN and one.ref == way.ref]
            for second in way.seconds:
                if second.words in filled:
                    filled.remove(second.words)
                    continue
                for one in second.people:
                    if one.person == person:
                        return way, one, second.words
    return None


def _weigh(held: Held) -> Closing:
    """What the signatures that stand come to under the route of this moment."""
    signed = [
        Signed(one.party_id, one.ref, one.slot, one.kind == Signature.Kind.CO_SIGN, one.agrees)
        for one in held.decision.signatures.filter(void_at=None)
    ]
    return closing(held.routes, signed, separable=held.verdict.separable)


def _wait(held: Held, name: str, result: Closing, way: Way, *, by: Actor, at: datetime) -> Decision:
    """Keep a signature and wait for the others."""
    decision = held.decision
    decision.asked.filter(person=by.person, ended_at=None, consultation=None).update(ended_at=at)
    move_to(decision, name, decision.state)
    decision.save()
    note(
        "decision.signed",
        decision,
        by=by,
        at=at,
        facts={"clause": way.clause, "wanting": joined(f"the {one[:1].lower()}{one[1:]}" for one in result.wanting)},
    )
    return decision


def _advice(decision: Decision, way: Way, urgent_because: str, *, by: Actor, at: datetime) -> _Done | None:
    """See that everybody whom the clause consults was asked and heard, or had their time, or could not be waited for.

    Raises: AdviceWanting. Returns: a refusal that leaves something behind, where somebody was asked only now.
    """
    asked_now = consult(decision, way, by=by, at=at)
    wanted = {one.words for one in consulted(way, at=at) if by.person not in one.people}
    waits = [
        one
        for one in decision.consultations.filter(kind=Consultation.Kind.CLAUSE, answered_at=None, due_at__gt=at)
        if one.whom in wanted
    ]
    if not waits:
        return None
    whom = [one.whom for one in waits]
    if urgent_because.strip():
        decision.urgent_because = said(urgent_because)
        note("decision.urgent", decision, by=by, at=at, sealed={"reason": urgent_because, "whom": joined(whom)})
        return None
    refusal = AdviceWanting(whom, in_full(max(one.due_at for one in waits if one.due_at)))
    if not asked_now:
        raise refusal
    if decision.state is State.OPEN:
        move_to(decision, "ask_advice", State.ADVICE)
        decision.save(update_fields=["status"])
    return _Done(decision, refusal)


def _moved(held: Held, *, by: Actor, at: datetime, agreed: bool, because: str) -> _Done:
    """Decide nothing: positions stand as advice, the new holder is asked, and the record says so."""
    decision = held.decision
    positions = [(one.person_id, one.signed_as, one.agrees, "") for one in decision.signatures.filter(void_at=None)]
    decision.signatures.filter(void_at=None).update(void_at=at)
    if by.person is not None:
        positions.append((by.person, by.words, agreed, because.strip()))
    Consultation.objects.bulk_create(
        Consultation(
            decision=decision,
            kind=Consultation.Kind.OFFERED,
            whom=words,
            asked_at=at,
            answered_at=at,
            answered_by_id=person,
            answered_as=words,
            position=Consultation.Position.FOR if agrees else Consultation.Position.AGAINST,
            said=reason or ("Would have agreed." if agrees else "Would have declined."),
        )
        for person, words, agrees, reason in positions
    )
    decision.begins_at_once = False
    put_to_holders(decision, held.verdict, held.routes, at=at)
    consult_all(decision, held.routes, by=by, at=at)
    if decision.state is State.OPEN and state_of_advice(decision, at=at) is State.ADVICE:
        move_to(decision, "ask_advice", State.ADVICE)
    decision.save()
    note(
        "decision.moved",
        decision,
        by=by,
        at=at,
        facts={
            "holder": decision.holder,
            "clause": decision.clause,
            "position": "agree" if agreed else "decline",
            "outcome": held.verdict.outcome.value,
        },
        sealed={"because": because.strip()},
    )
    return _Done(decision, RouteMoved(verdict_of(decision.case, at=at, reader=by.person)))


def _was_asked(decision: Decision, person: UUID, part: Asked.Part) -> bool:
    return decision.asked.filter(person=person, part=part, ended_at=None).exists()


def _refusal(held: Held, person: UUID, name: str, *, at: datetime) -> RemitError:
    for part in held.routes:
        for way in part:
            if way.body is not None and person in members(way.body, held.verdict.world.snapshot, at=at):
                return DecidedTogether(way.words)
    if name == "co_sign":
        return NotYourMove(BY_NAME[name])
    return NotEntitled(verdict_of(held.decision.case, at=at, reader=person))


def _in_capacity(by: Actor, signer: Signer, *, at: datetime) -> Actor:
    """The actor in the appointment that lets them sign: authority belongs to the post."""
    if signer.appointment is None or by.id == signer.appointment:
        return by
    snapshot = present(at=at)
    held = [one for one in snapshot.appointments_of(signer.person, at) if one.appointment_id == signer.appointment]
    return actor_in(snapshot, held[0]) if held else by
