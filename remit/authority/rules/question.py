"""What someone asks before anything is reckoned: as typed, in their own words and amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Question:
    """May this be decided here, and who may?

    Args:
        matter: path in the taxonomy.
        origin: the unit that asks; `affected`: other units named.
        quantities: by code, as asked: a year's amount where `years` is given, this order alone.
        years: how long a yearly amount runs.
        facts: codes of the facts stated to be so; whoever asks signs for them.
        purpose, supplier: for money; the purpose is from the matter's list.
        bears: the unit that bears the cost, where it is not the origin.
        asker: the person who asks.
        shares: by party, its own share of each quantity.
        words: what is asked, in the asker's words.
    """

    matter: str
    origin: UUID
    affected: tuple[UUID, ...] = ()
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    years: int = 1
    facts: frozenset[str] = frozenset()
    reversible: bool | None = None
    needed_by: datetime | None = None
    purpose: str = ""
    supplier: str = ""
    bears: UUID | None = None
    asker: UUID | None = None
    shares: Mapping[UUID, Mapping[str, Decimal]] = field(default_factory=dict)
    separable: bool = False
    words: str = ""
