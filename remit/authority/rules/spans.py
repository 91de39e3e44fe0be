"""Lengths of time and moments as files of rules write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_SPAN = re.compile(r"\s*(\d{1,4})\s+(working\s+)?(minute|hour|day|week)s?\s*", re.IGNORECASE)
_OF = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
SPAN_EXAMPLE = "Write a length of time like “20 minutes”, “4 hours” or “3 working days”."
DATE_EXAMPLE = "Write a date without quotes, like 2026-04-01."


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time. *3 working days* is three days long and `working`: its days and
    hours count only while the unit works."""

    length: timedelta
    working: bool = False


def span(text: str) -> Span | None:
    """Read a length of time: *20 minutes*, *4 hours*, *3 working days*. None when it is not one."""
    if not (match := _SPAN.fullmatch(text)):
        return None
    working, length = bool(match[2]), int(match[1]) * _OF[match[3].lower()]
    if not length or (working and match[3].lower() == "week"):  # how long is a working week?
        return None
    return Span(length, working=working)


def span_words(length: timedelta, *, working: bool = False) -> str:
    """Write a length of time as a file of rules does, in its largest whole unit."""
    for unit in ("day", "hour", "minute"):
        count, rest = divmod(length, _OF[unit])
        if count and not rest:
            break
    return f"{count} {'working ' if working else ''}{unit}{'' if count == 1 else 's'}"


def moment_of(value: date | datetime, *, zone: ZoneInfo) -> datetime | None:
    """Read a date or time of a file as a moment in UTC. None when no calendar of ours reaches it.

    A date without a time is midnight in the organisation's own time zone; a time
    without a zone is in that zone too.
    """
    if not 1900 <= value.year <= 2200:
        return None
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=zone)
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return value.astimezone(UTC)
