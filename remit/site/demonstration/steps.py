"""The made-up past as steps in the order of time, each one action at a moment of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from remit.site.demonstration.past import Past, PastDecision, PastDelegation, PastLevel


class StepKind(StrEnum):
    """What happens in a step."""

    LEVEL = "level"
    DELEGATE = "delegate"
    REVOKE = "revoke"
    ASK = "ask"
    DECIDE = "decide"
    PROMISE = "promise"
    END_PROMISE = "end promise"
    REVIEW = "review"
    REVERSE = "reverse"


BEGINNINGS = frozenset({StepKind.LEVEL, StepKind.DELEGATE, StepKind.ASK})  # what counts as one past action


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `of` says to what it belongs."""

    at: datetime
    kind: StepKind
    of: PastDecision | PastLevel | PastDelegation


def steps_of(past: Past) -> tuple[Step, ...]:
    """Every step, earliest first. No two are at one moment."""
    return tuple(sorted(_steps(past), key=lambda step: step.at))


def _steps(past: Past) -> Iterator[Step]:
    for level in past.levels:
        yield Step(level.at, StepKind.LEVEL, level)
    for passed in past.delegations:
        yield Step(passed.at, StepKind.DELEGATE, passed)
        if passed.revoked_at:
            yield Step(passed.revoked_at, StepKind.REVOKE, passed)
    for decision in past.decisions:
        yield Step(decision.asked_at, StepKind.ASK, decision)
        if decision.decided_at:
            yield Step(decision.decided_at, StepKind.DECIDE, decision)
        if decision.promise:
            yield Step(decision.promise.made_at, StepKind.PROMISE, decision)
            if decision.promise.ended_at:
                yield Step(decision.promise.ended_at, StepKind.END_PROMISE, decision)
        if decision.review:
            yield Step(decision.review.at, StepKind.REVIEW, decision)
        if decision.reversed_at:
            yield Step(decision.reversed_at, StepKind.REVERSE, decision)
