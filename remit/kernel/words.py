"""How Remit writes lists, counts, times and durations. Source: NHS content style; look.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def joined(items: Iterable[str], last: str = "and") -> str:
    """Write a list as a sentence does: *A, B and C*."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: *1 bed*, *4 beds*, *1,200 people*."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def day(when: date, *, zone: ZoneInfo = LONDON) -> str:
    """Write a date: *22 November 2026*; of a moment, the date on the clocks of the place."""
    if isinstance(when, datetime) and when.tzinfo:
        when = when.astimezone(zone)
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime, *, now: datetime, zone: ZoneInfo = LONDON) -> str:
    """Write a moment as near as the reader needs it: *02:10*, *yesterday 14:05*, *22 November 2026, 02:10*."""
    local, today = when.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    match (local.date() - today).days:
        case 0:
            return clock
        case -1:
            return f"yesterday {clock}"
        case 1:
            return f"tomorrow {clock}"
        case n if 1 < n < 7:
            return f"{local:%A} {clock}"
        case _:
            return f"{day(local, zone=zone)}, {clock}"


def in_full(when: datetime, zone: ZoneInfo = LONDON) -> str:
    """Write a moment for ever: *22 November 2026, 02:10*, whenever it is read."""
    local = when.astimezone(zone)
    return f"{day(local)}, {local:%H:%M}"


def duration(span: timedelta) -> str:
    """Write a length of time in its two largest parts: *2 hours 25 minutes*, *3 days*."""
    minutes = round(abs(span).total_seconds() / 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    said = [counted(n, noun) for n, noun in parts if n]
    return " ".join(said[:2]) or "less than a minute"


def capital(text: str) -> str:
    """Begin with a capital, leaving the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop, leaving the rest as it is."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!:" else ".")
