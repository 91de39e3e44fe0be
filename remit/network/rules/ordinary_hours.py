"""Working hours as data, read into what a calendar needs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import time
from typing import Any

from remit.network.rules.rows import WorkingHours

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_hours(text: str) -> tuple[tuple[int, time, time], ...]:
    """Read the spans of a working-hours file: weekday (0 is Monday), from, to."""
    return spans_of(tomllib.loads(text)["span"])


def spans_of(rows: list[Mapping[str, Any]]) -> tuple[tuple[int, time, time], ...]:
    """Spans from rows of `days`, `from` and `to`; times as times or as *07:30*."""
    return tuple((DAYS.index(day), _time(row["from"]), _time(row["to"])) for row in rows for day in row["days"])


def _time(value: time | str) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)


def hours_of(spans: tuple[tuple[int, time, time], ...], *, zone: str, nation: str) -> WorkingHours:
    """Working hours in a zone, with the bank holidays of a nation (ENG, WLS, SCT, NIR)."""
    return WorkingHours(zone, spans, f"GB-{nation}" if nation else "")
