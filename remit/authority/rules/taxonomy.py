"""Matters: what can be decided, in what quantities, and what must be stated about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Reach(StrEnum):
    """Over what a quantity is counted before it meets a limit."""

    EVENT = "event"  # this once
    WHOLE_LIFE = "whole-life"  # amount a year times years
    ROLLING_YEAR = "rolling-year"  # this and all for the same purpose in the 12 months before


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something counted that a limit can stand against.

    Args:
        code: `exposure_gbp`, `beds`, `days`, `people`, `risk`.
        words: the noun, one and many: `("bed", "beds")`; money has `("pound", "pounds")`.
        reaches: how it is summed; money is whole-life and rolling by default.
    """

    code: str
    words: tuple[str, str]
    reaches: frozenset[Reach] = frozenset({Reach.EVENT})
    vat: str = ""  # money: "including VAT" or "net", as the scheme's limits are written

    @property
    def is_money(self) -> bool:
        return self.code.endswith("_gbp")


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A yes-or-no question; whoever answers it signs for the answer."""

    code: str
    question: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A node of the taxonomy.

    Args:
        path: `spend/revenue/budgeted`; its parents are the paths before each slash.
        title: what people call it; `words`: other everyday words by which it is found.
        reaches_dependants: whether units that rely on the affected ones count as affected.
        needs_party: whose own decision is needed as well (`commissioning-icb`), if anyone's.
        answer_within: how soon an answer is needed where the question does not say.
        line: where it begins in its file, for findings.
    """

    path: str
    title: str
    words: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    facts: tuple[StatedFact, ...] = ()
    answer_within: timedelta | None = None
    reaches_dependants: bool = False
    needs_party: str = ""
    purposes: tuple[str, ...] = ()  # for money: what it is for, chosen from a list
    equality_note: bool = False
    restricted: bool = False  # what is decided on it is seen only by those whom it ties
    answer_in_working_time: bool = False  # `answer_within` counts working days and hours only
    line: int = 0


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One edition of the matters. `matters` is keyed by path and holds every node."""

    code: str
    edition: str
    source: str
    matters: Mapping[str, Matter] = field(default_factory=dict)
    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def name(self) -> str:
        """How a scheme refers to this edition: `health-2026`."""
        return f"{self.code}-{self.edition}"
