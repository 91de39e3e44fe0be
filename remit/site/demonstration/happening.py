"""Lets the made-up past happen: each step through the real actions, at its own moment.

Steps are taken in the order of time, so what stands in the record says how far they got,
and an interruption loses nothing.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from remit.kernel import clock
from remit.kernel.errors import RemitError
from remit.ledger.queries import last_entered
from remit.site.demonstration.doing import Doing
from remit.site.demonstration.files import local
from remit.site.demonstration.founding import Founded, opened_at
from remit.site.demonstration.past import PastDecision
from remit.site.demonstration.steps import BEGINNINGS, Step, StepKind, steps_of

LONGEST_WAIT = timedelta(days=4)  # for whoever may decide to come on duty
SOON = timedelta(seconds=90)  # after they have
REST_SHARE = 0.5  # of the time that a step took, left to those who write meanwhile
SHORTEST_REST_SECONDS = 0.01

Tell = Callable[[int, int], None]
Rest = Callable[[float], None]


@dataclass
class Happened:
    """How it went: what was begun by this run and before, and what the rules of the system refused."""

    begun: int = 0
    refused: list[str] = field(default_factory=list)


def let_it_happen(
    doing: Doing, founded: Founded, *, tell: Tell, rest: Callable[[float], None] = time.sleep
) -> Happened:
    """Take every step that has not been taken yet.

    Args:
        tell: called with how many things were begun, and of how many.
        rest: waits for some seconds, so that people who write meanwhile need not.
    """
    ends = local(founded.made_on)
    reached = last_entered(before=ends) or opened_at(founded.made_on)
    steps = steps_of(doing.past)
    whole = sum(step.kind in BEGINNINGS for step in steps)
    happened = Happened(begun=sum(step.kind in BEGINNINGS for step in steps if step.at <= reached))
    waiting = [(step.at, n, step) for n, step in enumerate(steps) if step.at > reached]
    waiting += [(_after(reached), n, step) for n, step in enumerate(steps) if _was_left(doing, step, reached)]
    heapq.heapify(waiting)
    while waiting:
        at, n, step = heapq.heappop(waiting)
        started = time.monotonic()
        try:
            with clock.stopped_at(at):
                later = doing.take(step, at=at)
        except RemitError as refusal:
            happened.refused.append(f"{at:%d %B %H:%M}, {step.kind}: {refusal.words()}")
            later = None
        if later is not None and later + SOON < min(step.at + LONGEST_WAIT, ends):
            heapq.heappush(waiting, (later + SOON, n, step))
        elif step.kind in BEGINNINGS:
            happened.begun += 1
            tell(happened.begun, whole)
        rest(max((time.monotonic() - started) * REST_SHARE, SHORTEST_REST_SECONDS))
    return happened


def _after(reached: datetime) -> datetime:
    return reached + timedelta(microseconds=1)


def _was_left(doing: Doing, step: Step, reached: datetime) -> bool:
    """Whether a decision was due before an interruption, and still waits for somebody to come on duty."""
    if step.kind is not StepKind.DECIDE or step.at > reached or not isinstance(step.of, PastDecision):
        return False
    return doing.is_waiting(step.of)
