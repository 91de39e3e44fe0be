"""The question that routing answers, and what stands in the world while it is asked."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

Id: TypeAlias = Hashable


@dataclass(frozen=True, slots=True)
class Case:
    """Who may decide this?

    Args:
        matter: path in the taxonomy.
        origin: the unit that asks; `affected`: the other units named.
        quantities: already reckoned: whole life, and summed over the 12 months before. One
            left out counts as the smallest there is, and the answer says the limit.
        facts: what is stated, by code; what is not stated does not hold.
        needed_by: when the answer is needed; None takes the matter's time, else the grant's, else now.
        asker: the person who asks, if known.
        concerns: parties (id) and suppliers (name): whoever declared an interest in one is conflicted.
        conflicted: people with another interest in this case.
        shares: of each organisation (party id), the quantities that are its own; where absent, the whole.
        separable: those who agree go ahead without those who do not.
        reckoning: how a quantity was worked out, in words, for the explanation.
    """

    matter: str
    origin: Id
    affected: tuple[Id, ...] = ()
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    facts: Mapping[str, bool] = field(default_factory=dict)
    reversible: bool | None = None
    needed_by: datetime | None = None
    asker: Id | None = None
    concerns: frozenset[Id] = frozenset()
    conflicted: frozenset[Id] = frozenset()
    shares: Mapping[Id, Mapping[str, Decimal]] = field(default_factory=dict)
    separable: bool = False
    reckoning: Mapping[str, str] = field(default_factory=dict)

    def share_of(self, party: Id) -> Mapping[str, Decimal]:
        """What counts for one organisation: of each quantity its own share where one is given, else the whole."""
        own = self.shares.get(party)
        return {**self.quantities, **own} if own else self.quantities


@dataclass(frozen=True, slots=True)
class Conditions:
    """OPEL levels and declared incidents, each by party id. A system's count for all in it."""

    opel: Mapping[Id, int] = field(default_factory=dict)
    incidents: Mapping[Id, frozenset[str]] = field(default_factory=dict)


CALM = Conditions()  # no level, no incident
