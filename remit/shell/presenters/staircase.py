"""The picture of *Show the working*: one rung, as the staircase draws it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from remit.shell.presenters.lines import Face


class RungState(StrEnum):
    """What became of a rung in the search for the nearest that may decide."""

    PASSED = "passed"
    ROUTE = "route"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the staircase, nearest first.

    Args:
        holder: the post and its unit, or the body: *Matron, Acute medicine*.
        limit: what the rung may decide, as words: *up to 6 beds*; empty when without limit.
        reason: for a rung passed over, the one reason; for the route, why it is right.
    """

    holder: str
    state: RungState
    limit: str = ""
    reason: str = ""
    clause: str = ""
    people: tuple[Face, ...] = ()
