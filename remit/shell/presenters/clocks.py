"""A due time as a person reads it, with how pressing it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from remit.kernel.words import duration, moment

SOON = timedelta(hours=2)


class ClockState(StrEnum):
    """How pressing a due time is."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Clock:
    """When something is due, and what follows when nobody acts."""

    due_at: datetime
    state: ClockState
    words: str
    otherwise: str = ""


def clock_of(
    due_at: datetime, *, now: datetime, done_at: datetime | None = None, soon: timedelta = SOON, otherwise: str = ""
) -> Clock:
    """Put a due time in words: *Due 04:10, in 2 hours*, *25 minutes late: was due 02:10*.

    Args:
        soon: how long before the time it begins to press.
        otherwise: what happens if nobody answers, as a sentence.
    """
    due = moment(due_at, now=now)
    if done_at is not None:
        return Clock(due_at, ClockState.DONE, _("Done %(when)s") % {"when": moment(done_at, now=now)})
    left = due_at - now
    if left < timedelta(0):
        late = _("%(span)s late: was due %(when)s") % {"span": duration(left).capitalize(), "when": due}
        return Clock(due_at, ClockState.LATE, late, otherwise)
    words = _("Due %(when)s, in %(span)s") % {"when": due, "span": duration(left)}
    return Clock(due_at, ClockState.SOON if left <= soon else ClockState.CALM, words, otherwise)
