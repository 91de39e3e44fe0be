"""What kinds of answer there are."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What kind of answer it is."""

    RUNG = "rung"  # a holder, or the body that reserved it
    POOL = "pool"
    RESIDUAL = "residual"  # no clause covers it: the holder named for all else
    HOLD = "hold"  # nobody who may can answer in time
    JOINT = "joint"  # every part is needed


class NotPooled(StrEnum):
    """Why a case is joint, to follow a comma or stand alone."""

    NO_POOL = "no pool covers it"
    RESERVED = "one of them has reserved it"
    USED_UP = "the pool’s limits are too small for it"
    NOT_IN_TIME = "nobody in the pool can decide in time"
    NEEDED = "the matter needs each of them"
