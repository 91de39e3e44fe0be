"""Putting something to whoever may decide it; changing its words; taking it back."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from remit.authority.actions import put_case
from remit.authority.queries import asking as questions
from remit.authority.rules.question import Question
from remit.authority.rulings import route_for
from remit.decisions.actions.asking import consult_all, put_to_holders, state_of_advice
from remit.decisions.actions.writing import appointment_of, hold, move_to, note, stop_asking
from remit.decisions.models import Decision
from remit.decisions.queries.audience import sees
from remit.decisions.rules.proposal import Proposal, put_to, said
from remit.decisions.rules.states import STANDING, State
from remit.decisions.rules.ways import ways
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound, NotValid, WrongState
from remit.ledger.actions import action
from remit.network.models import Party, Unit
from remit.network.queries import present, uuid_of
from remit.shell import acts

_COLUMNS = [one.name for one in fields(Proposal) if one.name not in ("supersedes", "terms")]
_WORDS = ("title", "what", "why", "options", "measure", "baseline", "expected", "review_on", "expires_at")


@action
def open_decision(
    question: Question, proposal: Proposal, *, by: Actor, at: datetime, as_draft: bool = False
) -> Decision:
    """Put a question, and propose what should be decided, to whoever may decide it now.

    The route is stored with the case; whom the clause consults is asked at once.

    Raises: NotValid; NotFound; CannotRoute.
    """
    proposal.checked(at=at)
    _check_act(proposal, question)
    replaced = _replaced(proposal, by=by, at=at)
    if by.person is None:
        raise NotValid("Only a person can propose something. Sign in first.")
    case = put_case(question, by=by, at=at)
    snapshot = present(at=at)
    matter = questions.matter_of(question, questions.taxonomy_of(case.taxonomy))
    columns = {name: getattr(proposal, name) for name in _COLUMNS}
    columns["restricted"] = proposal.restricted or matter.restricted
    decision = Decision.objects.create(
        case=case,
        party_id=case.party_id,
        unit_id=case.origin_id,
        matter=case.matter,
        matter_title=matter.title,
        proposed_by_id=by.person,
        proposed_in_id=appointment_of(by),
        proposed_as=by.words,
        proposed_at=at,
        supersedes=replaced,
        terms=dict(proposal.terms),
        **columns,
    )
    verdict = route_for(case, at=at)
    units = {uuid_of(unit) for unit in (question.origin, *question.affected, *verdict.affected)}
    organisations = {snapshot.tree.organisation[snapshot.unit(unit)] for unit in units}
    parts = {way.party for part in ways(verdict) for way in part}
    decision.units.set(Unit.objects.filter(pk__in=units))
    decision.concerns.set(Party.objects.filter(pk__in={case.party_id, *map(uuid_of, organisations), *parts}))
    if as_draft:
        note("decision.drafted", decision, by=by, at=at, facts={"case": str(case.pk)}, sealed=_texts(decision))
        return decision
    return _put(decision, by=by, at=at)


@action
def put_forward(decision_id: UUID, *, by: Actor, at: datetime) -> Decision:
    """Put a draft to whoever may decide it. Raises: WrongState; NotYourMove."""
    return _put(hold(decision_id, "put_forward", by=by, at=at).decision, by=by, at=at)


@action
def amend(decision_id: UUID, *, by: Actor, at: datetime, **changes: Any) -> Decision:
    """Change the words of what is proposed. The question stays; another question is another proposal.

    Raises: WrongState; NotYourMove; NotValid.
    """
    held = hold(decision_id, "amend", by=by, at=at)
    decision = held.decision
    if unknown := set(changes) - set(_WORDS):
        raise NotValid(f"{', '.join(sorted(unknown))} cannot be changed once it is asked.")
    changed = [name for name in _WORDS if name in changes and changes[name] != getattr(decision, name)]
    if not changed:
        raise NotValid("Nothing was changed: the words are the same.")
    for name in changed:
        setattr(decision, name, changes[name])
    Proposal(**{name: getattr(decision, name) for name in _WORDS}).checked(at=at)
    move_to(decision, "amend", decision.state)
    decision.signatures.filter(void_at=None).update(void_at=at)  # other words need other signatures
    decision.save()
    note("decision.amended", decision, by=by, at=at, facts={"changed": changed}, sealed=_texts(decision))
    return decision


@action
def withdraw(decision_id: UUID, *, reason: str, by: Actor, at: datetime) -> Decision:
    """Take a proposal back before it is decided. Raises: WrongState; NotYourMove; NotValid."""
    decision = hold(decision_id, "withdraw", by=by, at=at).decision
    if decision.decided_at is not None:
        raise NotValid("This is decided already: it can be reversed, not withdrawn.")
    reason = said(reason)
    move_to(decision, "withdraw", State.WITHDRAWN)
    decision.ended_at, decision.end_reason, decision.halted_from = at, reason, ""
    decision.save()
    stop_asking(decision, at=at)
    note("decision.withdrawn", decision, by=by, at=at, sealed={"reason": reason})
    return decision


def _put(decision: Decision, *, by: Actor, at: datetime) -> Decision:
    verdict = route_for(decision.case, at=at)
    routes = ways(verdict)
    put_to_holders(decision, verdict, routes, at=at)
    note(
        "decision.put-forward",
        decision,
        by=by,
        at=at,
        facts={
            "case": str(decision.case_id),
            "holder": decision.holder,
            "put_to": put_to(decision.holder),
            "clause": decision.clause,
            "outcome": verdict.outcome.value,
            "review_on": decision.review_on and decision.review_on.isoformat(),
        },
        sealed=_texts(decision),
    )
    consult_all(decision, routes, by=by, at=at)
    move_to(decision, "put_forward", state_of_advice(decision, at=at))
    decision.save()
    return decision


def _texts(decision: Decision) -> dict[str, str]:
    names = ("what", "why", "options", "measure", "baseline", "expected")
    return {name: getattr(decision, name) for name in names if getattr(decision, name)}


def _check_act(proposal: Proposal, question: Question) -> None:
    if not proposal.act:
        return
    try:
        act = acts.find(proposal.act)
    except KeyError:
        raise NotValid(f"Remit knows no act called “{proposal.act}”.", act="is not known") from None
    if act.matter != question.matter:
        raise NotValid(f"“{proposal.act}” belongs to the matter {act.matter}.", act="is of another matter")


def _replaced(proposal: Proposal, *, by: Actor, at: datetime) -> Decision | None:
    if proposal.supersedes is None:
        return None
    replaced = Decision.objects.filter(pk=proposal.supersedes).first()
    if replaced is None or not sees(replaced, by, at=at):
        raise NotFound("decision")
    if replaced.state not in STANDING:
        raise WrongState(found=replaced.status, wanted="standing")
    return replaced
