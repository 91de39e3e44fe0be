"""The walk: from the smallest unit that covers the case up to the root, rung by rung.

Source: design, Authority, points 3 and 4.
"""

from __future__ import annotations

from bisect import bisect_left
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
    by_kind, by_unit = stairs.by_kind, stairs.by_unit
    quick = not stairs.by_order and bool(amounts)
    bodies = 1 << len(snapshot.roles)  # a bit of no role: met by a mask of all bits alone
    while unit >= 0:
        rungs = by_kind.get(kind[unit])
        own = by_unit.get(unit)
        if own:
            rungs = sorted((*rungs, *own), key=_key) if rungs else own
        if rungs:
            yield from _here(rungs, asking, unit, amounts, roles_at[unit] | bodies, quick)
        unit = parent[unit]


def pooled(stairs: Stairs, asking: Asking, amounts: Amounts) -> Iterator[Stand]:
    """The rungs of a pool whose limits suffice."""
    return _here(stairs.pooled, asking, -1, amounts, -1, not stairs.by_order and bool(amounts))


def _here(rungs: list[Rung], asking: Asking, unit: int, amounts: Amounts, mask: int, quick: bool) -> Iterator[Stand]:
    at = asking.at
    low = bisect_left(rungs, amounts[0], key=_first_amount) if quick else 0
    for i in range(low, len(rungs)):
        rung = rungs[i]
        limits, roles, starts, ends, when = rung[:5]
        if not roles & mask:
            continue
        for limit, given in zip(limits, amounts, strict=True):
            if given > limit:
                break
        else:
            if starts <= at < ends and (not when or asking.holds(when)):
                yield rung, unit


def _first_amount(rung: Rung) -> int:
    return rung[0][0]
