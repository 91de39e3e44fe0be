"""A rota as a spreadsheet gives it: one row for each shift or on-call."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from remit.kernel.errors import NotValid
from remit.network.rules.arriving import DutyRow

COLUMNS = ("person", "post", "kind", "starts_at", "ends_at")
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used. `line` counts as the spreadsheet does, the heading being 1."""

    line: int
    words: str


def read_duty(text: str, *, zone: ZoneInfo) -> tuple[DutyRow, ...]:
    """Read a duty file: person code, post (`party/unit/post`, may be empty), shift or on_call, from, to.

    Times without an offset are in `zone`. All or nothing.
    Raises: NotValid, naming every bad row and what is wrong with it.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=None))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise NotValid(f"The file needs the columns {', '.join(COLUMNS)}; it lacks {', '.join(missing)}.")
    good: list[DutyRow] = []
    bad: list[Bad] = []
    try:
        for row in reader:
            try:
                good.append(_row({name: (row[name] or "").strip() for name in COLUMNS}, zone))
            except ValueError as fault:
                bad.append(Bad(reader.line_num, str(fault)))
    except csv.Error as fault:
        raise NotValid(f"Line {reader.line_num} is not of a CSV file: {fault}. Nothing was loaded.") from fault
    if bad:
        said = " ".join(f"Line {b.line}: {b.words}." for b in bad[:MOST_SHOWN])
        more = f" And {len(bad) - MOST_SHOWN} more." if len(bad) > MOST_SHOWN else ""
        raise NotValid(f"Nothing was loaded: {len(bad)} of the rows cannot be used. {said}{more}")
    return tuple(good)


def _row(row: dict[str, str], zone: ZoneInfo) -> DutyRow:
    if not row["person"]:
        raise ValueError("the person is missing")
    kind = row["kind"].lower().replace(" ", "_").replace("-", "_") or "shift"
    if kind not in ("shift", "on_call"):
        raise ValueError(f"“{row['kind']}” is neither shift nor on call")
    starts_at, ends_at = (_moment(row[name], name, zone) for name in ("starts_at", "ends_at"))
    if ends_at <= starts_at:
        raise ValueError(f"it ends ({row['ends_at']}) before it begins ({row['starts_at']})")
    return DutyRow(person=row["person"], post=row["post"], kind=kind, starts_at=starts_at, ends_at=ends_at)


def _moment(text: str, name: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” in {name} is not a time; write it like 2026-11-22 19:30") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
