"""What happens when a decision is closed: all of it in the transaction of the last signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from remit.authority.actions import commit_exposure, reverse_exposure
from remit.authority.rules.scheme import Grant
from remit.authority.rulings import route_for
from remit.decisions.actions.asking import people_of
from remit.decisions.actions.writing import Held, ask, move_to, note, stop_asking
from remit.decisions.errors import NotEntitled
from remit.decisions.models import Asked, Decision, Informed, Signature
from remit.decisions.queries.parts import beside, confirmers, parts_of, ratifiers
from remit.decisions.queries.routes import verdict_of
from remit.decisions.rules.named import Named
from remit.decisions.rules.states import Part, State
from remit.decisions.rules.ways import Way, ways
from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import WrongState
from remit.kernel.words import LONDON, in_full, joined
from remit.promises.actions import make_promise
from remit.promises.rules.owed import Arising, Owed
from remit.shell import acts

REPORT_WITHIN = timedelta(days=28)  # where the body that is reported to has no sitting planned
END_OF_WORK = time(17)


def close(held: Held, *, name: str, used: Sequence[Way], agreed: bool, by: Actor, at: datetime) -> Decision:
    """Close a decision: agreed in these ways, or declined."""
    decision = held.decision
    lead = _lead(decision, agreed=agreed)
    decision.decided_by_id, decision.decided_in_id = lead.person_id, lead.appointment_id
    decision.decided_as, decision.decided_at = lead.signed_as, at
    decision.clause = ", ".join(dict.fromkeys(way.clause for way in used if way.clause))[:60] or decision.clause
    decision.scheme = ", ".join(dict.fromkeys(way.scheme for way in used))[:120]
    decision.route = held.verdict.as_data() | {
        "ways": [{"party": str(way.party), "ref": way.ref, "scheme": way.scheme, "clause": way.clause} for way in used]
    }
    stop_asking(decision, at=at)
    if not agreed:
        move_to(decision, name, State.DECLINED)
        decision.save()
        note("decision.declined", decision, by=by, at=at, facts=_facts(decision), sealed=_reasons(decision))
        return decision

    grants = [way.grant for way in used if isinstance(way.grant, Grant)]
    waits = [grant for grant in grants if grant.confirm_by]
    commit_exposure(decision.case, decision_id=decision.pk, by=by, at=at)
    if waits:
        move_to(decision, name, State.AWAITING_CONFIRMATION)
        spans = [grant.confirm_within for grant in waits if grant.confirm_within]
        decision.confirm_by = at + min(spans) if spans else None
    else:
        move_to(decision, name, stands_as(decision, grants, at=at))
    decision.save()
    if waits:
        ask(decision, people_of(confirmers(decision, at=at)), Asked.Part.CONFIRM, at=at, due_at=decision.confirm_by)
    entry = note("decision.agreed", decision, by=by, at=at, facts=_facts(decision), sealed=_reasons(decision))
    if not waits:
        stand(decision, entry, by=by, at=at)
    return decision


def stand(decision: Decision, entry_id: UUID, *, by: Actor, at: datetime) -> None:
    """What follows once a decision stands: its act, what it replaces, who is told, what is promised."""
    if decision.act:
        strength = acts.Strength(decision_id=decision.pk, entry_id=entry_id)
        acts.run(decision.act, decision.terms, strength=strength, by=by, at=at)
    if decision.supersedes is not None:
        _supersede(decision.supersedes, by=decider_of(decision), at=at)
    if decision.state is State.AWAITING_RATIFICATION:
        ask(decision, people_of(ratifiers(decision, at=at)), Asked.Part.RATIFY, at=at)
    if decision.in_effect_at == at:
        note("decision.in-effect", decision, by=by, at=at)
    _inform(decision, beside(decision, "inform", at=at), by=by, at=at)
    _promise(decision, beside(decision, "report_to", at=at), at=at)


def end(decision: Decision, *, at: datetime, reason: str, by: Actor) -> None:
    """Release what a decision committed and let it wait for nobody. The caller moves, saves and records."""
    decision.ended_at, decision.end_reason, decision.halted_from = at, reason, ""
    reverse_exposure(decision.pk, by=by, at=at)
    stop_asking(decision, at=at)


def decider_of(decision: Decision) -> Actor:
    """Whoever took it, as the actor that they were."""
    if decision.decided_in_id is None:
        return Actor(ActorKind.PERSON, decision.decided_by_id, decision.decided_as, decision.decided_by_id)
    return Actor(ActorKind.APPOINTMENT, decision.decided_in_id, decision.decided_as, decision.decided_by_id)


def stands_as(decision: Decision, grants: Sequence[Grant], *, at: datetime) -> State:
    """The state in which a decision stands, once all that it needs is given."""
    if decision.begins_at_once:
        decision.in_effect_at = at
    if any(grant.ratify_by for grant in grants):
        return State.AWAITING_RATIFICATION
    return State.IN_EFFECT if decision.begins_at_once else State.AGREED


def _lead(decision: Decision, *, agreed: bool) -> Signature:
    """Whose decision it is: of the signatures that decide, the one for the organisation that asked, else the last."""
    standing = decision.signatures.filter(void_at=None, agrees=agreed).order_by("-signed_at", "-id")
    deciding = standing.filter(kind=Signature.Kind.DECIDE)
    found = deciding.filter(party=decision.party).first() or deciding.first() or standing.first()
    assert found is not None, "a decision is closed by a signature"
    return found


def _supersede(replaced: Decision, *, by: Actor, at: datetime) -> None:
    """Let a later decision stand in the place of one. Its decider must hold the old one as well."""
    old = Decision.objects.select_for_update().get(pk=replaced.pk)
    verdict = route_for(old.case, at=at, apart_from=old.pk)
    parts = parts_of(old, by, routes=ways(verdict, up=old.escalated), at=at)
    if parts.isdisjoint({Part.HOLDER, Part.DECIDER}):
        raise NotEntitled(verdict_of(old.case, at=at, reader=by.person, apart_from=old.pk))
    move_to(old, "supersede", State.SUPERSEDED)
    end(old, at=at, reason="A later decision stands in its place.", by=by)
    old.save()
    note("decision.superseded", old, by=by, at=at)


def _inform(decision: Decision, told: Sequence[Named], *, by: Actor, at: datetime) -> None:
    rows = []
    for one in told:
        people: list[UUID] = [] if one.body else list(one.people)
        if one.body:
            rows.append(Informed(decision=decision, whom=one.words, body_id=one.body, told_at=at))
        rows += [Informed(decision=decision, whom=one.words, person_id=person, told_at=at) for person in people]
    Informed.objects.bulk_create(rows)
    if told:
        words = joined(dict.fromkeys(one.words for one in told))
        note("decision.informed", decision, by=by, at=at, facts={"informed": words})


def _promise(decision: Decision, reported: Sequence[Named], *, at: datetime) -> None:
    """Make promises of the duties that follow, in the name of whoever took it."""
    by = decider_of(decision)
    arising = Arising("decisions.decision", decision.pk, decision.title)
    given: dict[str, Any] = {
        "by": by,
        "at": at,
        "arising": arising,
        "unit": decision.unit_id,
        "party": decision.party_id,
    }
    for one in reported:
        make_promise(
            f"Report to {one.words}: {decision.title}",
            owed_to=_owed(one),
            due_at=one.next_sitting or at + REPORT_WITHIN,
            **given,
        )
    if decision.state is State.AWAITING_RATIFICATION:
        for one in ratifiers(decision, at=at):
            make_promise(
                f"Have {one.words} ratify: {decision.title}",
                owed_to=_owed(one),
                due_at=one.next_sitting or at + REPORT_WITHIN,
                **given,
            )
    if decision.review_on is not None:
        due = datetime.combine(decision.review_on, END_OF_WORK, tzinfo=LONDON).astimezone(UTC)
        decision.review_promise = make_promise(
            f"Review: {decision.title}",
            owed_to=Owed(decision.unit.name, unit=decision.unit_id),
            due_at=max(due, at),
            **given,
        )
        decision.save(update_fields=["review_promise"])


def _owed(one: Named) -> Owed:
    person = one.people[0] if len(one.people) == 1 and not one.body and not one.post else None
    return Owed(one.words, body=one.body, post=one.post, person=person)


def _facts(decision: Decision) -> dict[str, Any]:
    return {
        "clause": decision.clause,
        "scheme": decision.scheme,
        "case": str(decision.case_id),
        "quantities": decision.case.quantities,
        "until": in_full(decision.expires_at) if decision.expires_at else "",
        "signatures": [
            {"kind": one.kind, "as": one.signed_as, "agrees": one.agrees}
            for one in decision.signatures.filter(void_at=None)
        ],
        "act": decision.act,
        "status": decision.status,
    }


def _reasons(decision: Decision) -> dict[str, str]:
    return {"because": decision.because} if decision.because else {}


def wrong_if_over(decision: Decision, *, at: datetime) -> None:
    """Raises: WrongState, where the term of a proposal is over before it is decided."""
    if decision.expires_at is not None and decision.expires_at <= at:
        raise WrongState(found="over", wanted="still to come")
