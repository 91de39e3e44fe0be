"""What comes of a decision: reviewed, reversed, stopped, let go on; sent up or disputed before it is taken."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from remit.decisions.actions.asking import ask_upper, state_of_advice
from remit.decisions.actions.closing import end
from remit.decisions.actions.writing import hold, move_to, note
from remit.decisions.errors import NothingAbove
from remit.decisions.models import Decision
from remit.decisions.queries.parts import party_of
from remit.decisions.rules.proposal import said
from remit.decisions.rules.states import State
from remit.decisions.rules.ways import holders, ways
from remit.kernel.actor import Actor
from remit.kernel.errors import NotValid
from remit.kernel.words import day
from remit.ledger.actions import action
from remit.promises.actions import mark_kept
from remit.promises.rules.states import State as PromiseState

OUTCOMES = ("keep", "adapt", "reverse")


@action
def review(
    decision_id: UUID, *, outcome: str, happened: str, by: Actor, at: datetime, review_on: date | None = None
) -> Decision:
    """Set what happened beside what was foreseen, and keep, adapt or reverse.

    Adapting is another proposal, which supersedes this one when it is agreed.

    Args:
        review_on: when it is looked at again, if it is.
    Raises: WrongState; NotYourMove; NotValid.
    """
    decision = hold(decision_id, "review", by=by, at=at).decision
    if outcome not in OUTCOMES:
        raise NotValid("Say whether to keep it, adapt it or reverse it.", outcome="Choose one.")
    happened = said(happened, field="happened", words="Say what happened, beside what was foreseen.")
    if review_on is not None and review_on <= at.date():
        raise NotValid("Choose a day that is still to come.", review_on="Choose a day that is still to come.")
    move_to(decision, "review", State.REVERSED if outcome == "reverse" else State.REVIEWED)
    decision.reviewed_at, decision.review_outcome, decision.happened = at, outcome, happened
    decision.review_on = review_on or decision.review_on
    if outcome == "reverse":
        end(decision, at=at, reason=happened, by=by)
    decision.save()
    foreseen = {"measure": decision.measure, "baseline": decision.baseline, "expected": decision.expected}
    note(
        "decision.reviewed",
        decision,
        by=by,
        at=at,
        facts={"outcome": outcome, "again_on": day(review_on) if review_on else ""},
        sealed={"happened": happened, **foreseen},
    )
    promise = decision.review_promise
    if promise is not None and promise.status == PromiseState.MADE:
        mark_kept(promise.pk, by=by, at=at)
    return decision


@action
def reverse(decision_id: UUID, *, reason: str, by: Actor, at: datetime) -> Decision:
    """Undo a decision: it no longer holds, and what it committed counts no longer.

    Raises: WrongState; NotYourMove; NotValid.
    """
    decision = hold(decision_id, "reverse", by=by, at=at).decision
    if decision.decided_at is None:
        raise NotValid("This is not decided yet: it can be withdrawn, not reversed.")
    reason = said(reason)
    move_to(decision, "reverse", State.REVERSED)
    end(decision, at=at, reason=reason, by=by)
    decision.save()
    note("decision.reversed", decision, by=by, at=at, sealed={"reason": reason})
    return decision


@action
def halt(decision_id: UUID, *, reason: str, by: Actor, at: datetime) -> Decision:
    """Stop the line: anyone who sees it may, at once. Raises: WrongState; NotYourMove; NotValid."""
    decision = hold(decision_id, "halt", by=by, at=at).decision
    reason = said(reason, words="Say what is unsafe, in a few words.")
    before = decision.status
    move_to(decision, "halt", State.HALTED)
    decision.halted_from = before
    decision.save()
    note("decision.halted", decision, by=by, at=at, facts={"from": before}, sealed={"reason": reason})
    return decision


@action
def resume(decision_id: UUID, *, reason: str, by: Actor, at: datetime) -> Decision:
    """Let what was stopped go on from where it was. Raises: WrongState; NotYourMove; NotValid."""
    decision = hold(decision_id, "resume", by=by, at=at).decision
    reason = said(reason, words="Say what was done about it.")
    move_to(decision, "resume", State(decision.halted_from))
    decision.halted_from = ""
    decision.save()
    note("decision.resumed", decision, by=by, at=at, sealed={"reason": reason})
    return decision


@action
def escalate(decision_id: UUID, *, reason: str, by: Actor, at: datetime) -> Decision:
    """Send a proposal one rung up. The rungs below may still decide; the first lawful decision wins.

    Raises: WrongState; NotEntitled; NotValid; NothingAbove.
    """
    held = hold(decision_id, "escalate", by=by, at=at)
    decision = held.decision
    reason = said(reason)
    routes = ways(held.verdict, up=decision.escalated + 1)
    if all(len(after) == len(before) for after, before in zip(routes, held.routes, strict=True)):
        raise NothingAbove
    move_to(decision, "escalate", State.ESCALATED)
    decision.escalated += 1
    ask_upper(decision, routes, by=by, at=at)
    decision.save()
    note("decision.escalated", decision, by=by, at=at, facts={"holder": holders(routes)}, sealed={"reason": reason})
    return decision


@action
def dispute(decision_id: UUID, *, reason: str, by: Actor, at: datetime) -> Decision:
    """Say, for an organisation that it affects, that a proposal is not to go on. Things stay as they are.

    Raises: WrongState; NotYourMove; NotValid.
    """
    decision = hold(decision_id, "dispute", by=by, at=at).decision
    reason = said(reason)
    party = party_of(decision, by, at=at)
    move_to(decision, "dispute", State.DISPUTED)
    decision.disputed_by = party
    decision.save()
    note("decision.disputed", decision, by=by, at=at, facts={"party": party.name}, sealed={"reason": reason})
    return decision


@action
def settle(decision_id: UUID, *, reason: str, by: Actor, at: datetime) -> Decision:
    """Let a disputed proposal go on, for the organisation that disputed it.

    Raises: WrongState; NotYourMove; NotValid.
    """
    decision = hold(decision_id, "settle", by=by, at=at).decision
    reason = said(reason, words="Say how it was settled.")
    if party_of(decision, by, at=at) != decision.disputed_by:
        raise NotValid(f"{decision.disputed_by} disputed this, so somebody there settles it.")
    move_to(decision, "settle", state_of_advice(decision, at=at))
    decision.disputed_by = None
    decision.save()
    note("decision.settled", decision, by=by, at=at, sealed={"reason": reason})
    return decision
