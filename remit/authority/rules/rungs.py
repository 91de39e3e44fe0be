"""Rungs: holders with their limits, in an order that does not hang on the case.

At one unit: the order that the scheme gives, where it gives one; else by limits, compared
quantity by quantity as the matter declares them, no limit being the largest; at equal
limits a role before a body, then by clause.
Source: design, Authority, point 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from remit.authority.rules.amounts import Amounts
from remit.authority.rules.chain import Effective
from remit.authority.rules.holders import Spec
from remit.authority.rules.matters import MatterFacts, Within
from remit.authority.rules.scheme import ConditionKind, Grant, Reservation
from remit.network.rules.rows import BodyRow

RungKey = tuple[int, int, Amounts, int, str, str]


class Test(NamedTuple):
    """A condition ready to be held against the moment; `level` is OPEL's."""

    kind: ConditionKind
    level: int
    value: str


class Rung(NamedTuple):
    """A holder with its limits, as it is met at a unit.

    Args:
        limits: inclusive, one for each quantity that the matter counts.
        mask: roles, to hold against those at the unit; all bits where that says nothing.
        roles, posts, person, body: one of them holds it; the others are empty, -1 or None.
        key: its place among the rungs at one unit.
    """

    limits: Amounts
    mask: int
    starts: int
    ends: int
    when: tuple[Test, ...]
    roles: tuple[int, ...]
    posts: tuple[int, ...]
    person: int
    body: BodyRow | None
    deputies: bool
    answer_within: Within | None
    co_signers: tuple[Spec, ...]
    key: RungKey
    grant: Grant
    passed_on: Effective | None


class Kept(NamedTuple):
    """A reservation: `above` is -1 for a quantity it does not name; `bare` where it names none."""

    above: Amounts
    bare: bool
    starts: int
    ends: int
    when: tuple[Test, ...]
    body: BodyRow
    answer_within: Within | None
    reservation: Reservation

    def catches(self, amounts: Amounts) -> bool:
        """Whether a case of these amounts is kept: any of them is over."""
        return self.bare or any(given > limit for given, limit in zip(amounts, self.above, strict=True) if limit >= 0)


@dataclass(slots=True, eq=False)
class Node:
    """What one scheme says on one node. `always`: something mentions it at every moment, whatever the conditions."""

    path: str
    decide: list[Grant] = field(default_factory=list)
    reserved: list[Reservation] = field(default_factory=list)
    beside: list[Grant] = field(default_factory=list)  # propose, confirm, ratify
    always: bool = False

    @property
    def competing(self) -> tuple[Grant | Reservation, ...]:
        """What mentions the node where it counts: the grants to decide and the reservations."""
        return (*self.decide, *self.reserved)


@dataclass(slots=True, eq=False)
class Flight:
    """The rungs that are met at one unit, or at every unit of a kind.

    Args:
        rungs: all of them, in order.
        by_role: those of one role, by the bit of the role; `roles` has the bits of all.
        others: the rest, held by a group or a body.
    """

    rungs: list[Rung] = field(default_factory=list)
    by_role: dict[int, list[Rung]] = field(default_factory=dict)
    roles: int = 0
    others: list[Rung] = field(default_factory=list)

    def put_in_order(self) -> None:
        """Sort the rungs and part them by role."""
        self.rungs.sort(key=lambda rung: rung.key)
        for rung in self.rungs:
            if rung.mask > 0 and len(rung.roles) == 1:
                self.by_role.setdefault(rung.mask, []).append(rung)
                self.roles |= rung.mask
            else:
                self.others.append(rung)


@dataclass(slots=True, eq=False)
class Stairs:
    """The rungs that one node makes for one matter.

    Args:
        by_kind, by_unit: rungs at every unit of a kind, and at one unit.
        pooled: those of a system's scheme.
        kept: reservations, the one over the largest amounts first.
        mentions: when, and under what conditions, anything mentions the node.
        void: what was passed on and counts for nothing.
    """

    by_kind: dict[int, Flight] = field(default_factory=dict)
    by_unit: dict[int, Flight] = field(default_factory=dict)
    pooled: list[Rung] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    mentions: tuple[tuple[int, int, tuple[Test, ...]], ...] = ()
    void: list[Effective] = field(default_factory=list)

    def here(self, unit: int, kind: int) -> list[Rung]:
        """Every rung that is met at a unit, in order."""
        everywhere, own = self.by_kind.get(kind), self.by_unit.get(unit)
        if own is None:
            return everywhere.rungs if everywhere is not None else []
        return sorted([*(everywhere.rungs if everywhere is not None else ()), *own.rungs], key=lambda rung: rung.key)


@dataclass(slots=True, eq=False)
class Ladder:
    """One matter in one scheme: the nodes on which anything is said, deepest first; their stairs, once laid."""

    matter: MatterFacts
    nodes: list[Node]
    laid: list[Stairs | None]
