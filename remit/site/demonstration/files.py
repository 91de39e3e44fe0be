"""Reads the data files of a demonstration system."""

from __future__ import annotations

import csv
import tomllib
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from remit.kernel.words import LONDON

DATA = Path(__file__).parent / "data"
VOCABULARY = Path(__file__).parents[2] / "network" / "data" / "roles.toml"


@cache
def toml(name: str) -> dict[str, Any]:
    """Read `name`.toml."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def vocabulary() -> dict[str, Any]:
    """Read the words of the network: kinds of unit, groups of roles, roles."""
    return tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Read `name`.csv, one mapping a line."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def local(day: date, clock: str = "00:00") -> datetime:
    """The moment at which it is `clock` in Marchland on `day`."""
    return datetime.combine(day, time.fromisoformat(clock), LONDON).astimezone(UTC)


def either(cell: str) -> frozenset[str]:
    """The alternatives in a cell: *a|b*. An empty cell has none."""
    return frozenset(cell.split("|")) if cell else frozenset()
