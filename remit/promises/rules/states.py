"""The states of a promise, and who may move it from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a promise stands."""

    MADE = "made"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    RELEASED = "released"
    PASSED_ON = "passed_on"


class Part(StrEnum):
    """What someone is to a promise."""

    MAKER = "maker"
    OWED = "owed"  # it is owed to them, or to a post, body, unit or party that they speak for
    OFFERED = "offered"  # asked to take it over


@dataclass(frozen=True, slots=True)
class Move:
    """One step: from where, to where, and whose it is to take."""

    name: str
    starts: State
    ends: State
    part: Part
    button: str
    needs_reason: bool = False


MOVES = (
    Move("keep", State.MADE, State.KEPT, Part.MAKER, "It is done"),
    Move("say_not_kept", State.MADE, State.NOT_KEPT, Part.MAKER, "It will not be kept", needs_reason=True),
    Move("pass_on", State.MADE, State.MADE, Part.MAKER, "Ask someone else to take it"),
    Move("accept", State.MADE, State.PASSED_ON, Part.OFFERED, "Take it on"),
    Move("decline", State.MADE, State.MADE, Part.OFFERED, "Leave it where it is", needs_reason=True),
    Move("release", State.MADE, State.RELEASED, Part.OWED, "It is no longer needed", needs_reason=True),
)
BY_NAME = {move.name: move for move in MOVES}


def moves_open(state: State, parts: frozenset[Part]) -> tuple[Move, ...]:
    """The steps that someone with these parts may take now, in the order in which they are offered."""
    return tuple(move for move in MOVES if move.starts is state and move.part in parts)
