"""From agreed to in effect: confirming, ratifying, beginning; and what the clock ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from remit.authority.rules.scheme import Grant
from remit.decisions.actions.closing import end, stand, stands_as
from remit.decisions.actions.writing import Held, appointment_of, hold, move_to, note, stop_asking
from remit.decisions.errors import NotInTime, SignedAlready
from remit.decisions.models import Asked, Decision, Signature
from remit.decisions.queries.parts import clauses_of, confirmers, ratifiers
from remit.decisions.rules.named import Named
from remit.decisions.rules.proposal import TEXT_LENGTH, check_texts, said
from remit.decisions.rules.states import State
from remit.kernel.actor import Actor
from remit.kernel.errors import NotValid
from remit.kernel.words import in_full
from remit.ledger.actions import action
from remit.promises.actions import mark_kept
from remit.promises.models import Promise
from remit.promises.rules.states import State as PromiseState


@action
def confirm(decision_id: UUID, *, agrees: bool, words: str = "", by: Actor, at: datetime) -> Decision:
    """Confirm what was agreed, so that it stands; refused, it lapses.

    Raises: WrongState; NotYourMove; SignedAlready; NotValid.
    """
    held = hold(decision_id, "confirm", by=by, at=at)
    decision = held.decision
    if decision.confirm_by is not None and at >= decision.confirm_by:
        raise NotValid("The time to confirm this is over. It lapses, and can be proposed again.")
    _sign(held, Signature.Kind.CONFIRM, confirmers(decision, at=at), agrees=agrees, by=by, at=at)
    if not agrees:
        return _lapse(decision, "confirm", "decision.not-confirmed", words, by=by, at=at)
    check_texts(("words", words, TEXT_LENGTH))
    grants: list[Grant] = [grant for _, grant in clauses_of(decision)]
    stop_asking(decision, Asked.Part.CONFIRM, at=at)
    move_to(decision, "confirm", stands_as(decision, grants, at=at))
    decision.confirm_by = None
    decision.save()
    entry = note("decision.confirmed", decision, by=by, at=at, sealed={"words": words.strip()})
    stand(decision, entry, by=by, at=at)
    return decision


@action
def ratify(decision_id: UUID, *, agrees: bool, words: str = "", by: Actor, at: datetime) -> Decision:
    """Record that a decision was ratified, or that it was not, and lapses.

    Where a body ratifies, one who sits in it records what it resolved; `words` names the minute.

    Raises: WrongState; NotYourMove; SignedAlready; NotValid.
    """
    held = hold(decision_id, "ratify", by=by, at=at)
    decision = held.decision
    named = _sign(held, Signature.Kind.RATIFY, ratifiers(decision, at=at), agrees=agrees, by=by, at=at)
    facts = {"body": named.words if named.body else ""}
    for promise in Promise.objects.filter(
        arising_id=decision.pk, status=PromiseState.MADE.value, words=f"Have {named.words} ratify: {decision.title}"
    ):
        mark_kept(promise.pk, by=by, at=at)
    if not agrees:
        return _lapse(decision, "ratify", "decision.not-ratified", words, by=by, at=at, facts=facts)
    check_texts(("words", words, TEXT_LENGTH))
    stop_asking(decision, Asked.Part.RATIFY, at=at)
    move_to(decision, "ratify", State.IN_EFFECT if decision.in_effect_at else State.AGREED)
    decision.save()
    note("decision.ratified", decision, by=by, at=at, facts=facts, sealed={"words": words.strip()})
    return decision


@action
def bring_into_effect(decision_id: UUID, *, by: Actor, at: datetime) -> Decision:
    """Say that what was agreed has begun. Raises: WrongState; NotYourMove; NotValid."""
    decision = hold(decision_id, "bring_into_effect", by=by, at=at).decision
    if decision.in_effect_at is not None:
        raise NotValid("This is in effect already.")
    ends = State.IN_EFFECT if decision.state is State.AGREED else State.AWAITING_RATIFICATION
    move_to(decision, "bring_into_effect", ends)
    decision.in_effect_at = at
    decision.save()
    note("decision.in-effect", decision, by=by, at=at)
    return decision


@action
def lapse(decision_id: UUID, *, by: Actor, at: datetime) -> Decision:
    """End what nobody confirmed in time. Only the clock does. Raises: WrongState; NotYourMove; NotInTime."""
    decision = hold(decision_id, "lapse", by=by, at=at).decision
    due = decision.confirm_by
    if due is None or at < due:
        raise NotInTime
    move_to(decision, "lapse", State.LAPSED)
    end(decision, at=at, reason="Nobody confirmed it in time.", by=by)
    decision.save()
    note("decision.lapsed", decision, by=by, at=at, facts={"due": in_full(due)})
    return decision


@action
def expire(decision_id: UUID, *, by: Actor, at: datetime) -> Decision:
    """End what was agreed for a time that is over. Only the clock does; what it spent stays spent.

    Raises: WrongState; NotYourMove; NotInTime.
    """
    decision = hold(decision_id, "expire", by=by, at=at).decision
    until = decision.expires_at
    if until is None or at < until:
        raise NotInTime
    move_to(decision, "expire", State.EXPIRED)
    decision.ended_at, decision.end_reason = at, "Its term was over."
    decision.save()
    stop_asking(decision, at=at)
    note("decision.expired", decision, by=by, at=at, facts={"until": in_full(until)})
    return decision


def _sign(held: Held, kind: Signature.Kind, named: list[Named], *, agrees: bool, by: Actor, at: datetime) -> Named:
    """Keep the signature of somebody named, who has not signed this decision before."""
    decision = held.decision
    if decision.signatures.filter(person=by.person, void_at=None).exists():
        raise SignedAlready
    mine = next(one for one in named if by.person in one.people)
    assert by.person is not None
    Signature.objects.create(
        decision=decision,
        kind=kind,
        person_id=by.person,
        appointment_id=appointment_of(by),
        signed_as=by.words,
        party_id=decision.party_id,
        body_id=mine.body,
        clause=decision.clause,
        agrees=agrees,
        signed_at=at,
    )
    return mine


def _lapse(
    decision: Decision,
    name: str,
    verb: str,
    words: str,
    *,
    by: Actor,
    at: datetime,
    facts: dict[str, str] | None = None,
) -> Decision:
    reason = said(words, field="words")
    move_to(decision, name, State.LAPSED)
    end(decision, at=at, reason=reason, by=by)
    decision.save()
    note(verb, decision, by=by, at=at, facts=facts, sealed={"words": reason})
    return decision
