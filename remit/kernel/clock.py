"""The time of day, in one place, so that a demonstration or a rehearsal can set it.

Rules and actions take `at` as an argument. Only views, commands and the tick ask
`now()`, and they ask here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_standing_still: ContextVar[datetime | None] = ContextVar("standing_still", default=None)
_offset = timedelta(0)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _standing_still.get() or datetime.now(UTC) + _offset


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` for this thread's work."""
    token = _standing_still.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing_still.reset(token)


def set_to(moment: datetime | None) -> None:
    """Move this process's clock to `moment`, from where it runs on; None puts it right.

    Only demonstration systems and journeys call this: real records carry real time.
    """
    global _offset
    _offset = timedelta(0) if moment is None else moment - datetime.now(UTC)
