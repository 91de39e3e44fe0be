"""The walk: from the smallest unit that covers the case up to the root, rung by rung.

Source: design, Authority, points 3 and 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from remit.authority.rules.amounts import Amounts
from remit.authority.rules.asking import Asking
from remit.authority.rules.index import CompiledScheme
from remit.authority.rules.rungs import Kept, Ladder, Rung, Stairs
from remit.network.rules.snapshot import Snapshot

_key = itemgetter(12)
Stand = tuple[Rung, int]  # a rung and the unit at which it is met; -1 in a pool


def mentioned(scheme: CompiledScheme, ladder: Ladder, asking: Asking) -> int:
    """The depth of the deepest node that anything in date and in condition mentions; -1 where there is none."""
    for depth, node in enumerate(ladder.nodes):
        if node.always:
            return depth
        for starts, ends, when in scheme.stairs(ladder, depth).mentions:
            if starts <= asking.at < ends and asking.holds(when):
                return depth
    return -1


def reserved(stairs: Stairs, asking: Asking, amounts: Amounts) -> Kept | None:
    """The reservation that catches a case: of several, the one over the largest amounts."""
    at = asking.at
    for kept in stairs.kept:
        if kept.starts <= at < kept.ends and kept.catches(amounts) and asking.holds(kept.when):
            return kept
    return None


def sufficing(stairs: Stairs, asking: Asking, unit: int, amounts: Amounts) -> Iterator[Stand]:
    """The rungs whose limits suffice, nearest first, in date and in condition, where such a post exists."""
    snapshot: Snapshot = asking.snapshot
    parent, kind, roles_at = snapshot.tree.parent, snapshot.tree.kind, snapshot.staffing.roles_at
    by_kind, by_unit, at = stairs.by_kind, stairs.by_unit, asking.at
    places = range(len(amounts))
    while unit >= 0:
        here: list[Rung] = []
        flight = by_kind.get(kind[unit])
        if flight is not None:
            present = roles_at[unit] & flight.roles
            by_role = flight.by_role
            while present:  # one bit a role: the lowest, then the rest
                role = present & -present
                present ^= role
                for rung in by_role[role]:
                    limits = rung[0]
                    for place in places:
                        if amounts[place] > limits[place]:
                            break
                    else:
                        if rung[2] <= at < rung[3]:
                            here.append(rung)
            if flight.others:
                here += _wide_enough(flight.others, asking, amounts, roles_at[unit])
        own = by_unit.get(unit)
        if own is not None:
            here += _wide_enough(own.rungs, asking, amounts, roles_at[unit])
        if here:
            if len(here) > 1:
                here.sort(key=_key)
            for rung in here:
                if not rung[4] or asking.holds(rung[4]):
                    yield rung, unit
        unit = parent[unit]


def pooled(stairs: Stairs, asking: Asking, amounts: Amounts) -> Iterator[Stand]:
    """The rungs of a pool whose limits suffice."""
    for rung in _wide_enough(stairs.pooled, asking, amounts, 0):
        if asking.holds(rung.when):
            yield rung, -1


def _wide_enough(rungs: list[Rung], asking: Asking, amounts: Amounts, roles: int) -> list[Rung]:
    """The rungs in date that suffice, and whose posts, where it hangs on posts, the unit has."""
    return [
        rung
        for rung in rungs
        if (rung.mask < 0 or rung.mask & roles)
        and rung.starts <= asking.at < rung.ends
        and not any(given > limit for limit, given in zip(rung.limits, amounts, strict=True))
    ]
