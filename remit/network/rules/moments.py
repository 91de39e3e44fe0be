"""Moments as whole seconds since 1970, which is how the index counts time."""

from __future__ import annotations

from datetime import UTC, datetime

ALWAYS = -(2**61)  # an interval open at its beginning
NEVER = 2**61  # an interval open at its end; also "no such moment"


def epoch(when: datetime) -> int:
    """Count the seconds to an aware moment. Raises: ValueError, where it has no time zone."""
    if when.tzinfo is None:
        raise ValueError(f"{when} has no time zone")
    return int(when.timestamp() // 1)


def opening(when: datetime | None) -> int:
    """The second at which an interval begins; None is open."""
    return ALWAYS if when is None else epoch(when)


def closing(when: datetime | None) -> int:
    """The second at which an interval has ended; None is open."""
    return NEVER if when is None else epoch(when)


def as_moment(seconds: int) -> datetime | None:
    """The aware moment, in UTC; None where the interval is open or there is no such moment."""
    return None if seconds <= ALWAYS or seconds >= NEVER else datetime.fromtimestamp(seconds, UTC)
