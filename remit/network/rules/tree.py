"""The trees of all organisations, numbered in pre-order: what lies inside a unit is a range.

Source: design, Network: one numbering serves routing, access and roll-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remit.network.rules.rows import Id

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Units by their number. Every list has one place for each unit.

    Args:
        ids, number: id of a unit, and back.
        parent: number of the parent, -1 for a root.
        end: the number after the last unit inside.
        root: number of the root of its organisation.
        kind: number of its kind in `kinds`.
        organisation: id of its organisation.
    """

    ids: Sequence[Id]
    number: Mapping[Id, int]
    parent: list[int]
    end: list[int]
    depth: list[int]
    root: list[int]
    kind: list[int]
    kinds: tuple[str, ...]
    organisation: Sequence[Id]
    codes: Sequence[str]
    names: Sequence[str]
    root_of: Mapping[Id, int]

    def __len__(self) -> int:
        return len(self.parent)

    def inside(self, unit: int) -> range:
        """The numbers of a unit and all inside it."""
        return range(unit, self.end[unit])

    def ancestors(self, unit: int) -> Iterator[int]:
        """A unit, then what it lies in, up to the root."""
        while unit >= 0:
            yield unit
            unit = self.parent[unit]

    def covering(self, units: Iterable[int]) -> int:
        """The smallest unit that all of these lie in; -1 where they are of several organisations.

        The unit that covers the smallest and the largest number covers all between.
        """
        numbers = list(units)
        unit, last = min(numbers), max(numbers)
        parent, end = self.parent, self.end
        while unit >= 0 and end[unit] <= last:
            unit = parent[unit]
        return unit

    def children(self, unit: int) -> list[int]:
        """The units directly inside."""
        found, at, end = [], unit + 1, self.end[unit]
        while at < end:
            found.append(at)
            at = self.end[at]
        return found


def preorder(parent: Ints, place: Ints) -> tuple[Ints, Ints, Ints]:
    """Number a forest in pre-order.

    Args:
        parent: index of the parent, -1 for a root, int64 (n,).
        place: the order of siblings and of roots, int64 (n,); ties keep the order given.
    Returns: for each given unit its number, its size (itself and all inside) and its depth, int64 (n,).
    Raises: ValueError, where a unit lies inside itself.
    """
    n = len(parent)
    depth = np.full(n, -1, np.int64)
    depth[parent < 0] = 0
    levels = [np.flatnonzero(parent < 0)]
    waiting = np.flatnonzero(parent >= 0)
    while len(waiting):
        ready = depth[parent[waiting]] >= 0
        if not ready.any():
            raise ValueError(f"{len(waiting)} unit(s) lie inside themselves")
        level = waiting[ready]
        depth[level] = len(levels)
        levels.append(level)
        waiting = waiting[~ready]
    size = np.ones(n, np.int64)
    for level in reversed(levels[1:]):
        size += np.bincount(parent[level], weights=size[level], minlength=n).astype(np.int64)
    number = np.zeros(n, np.int64)
    for level in levels:
        owner = parent[level]
        order = np.lexsort((place[level], owner))
        level, owner = level[order], owner[order]
        sizes = size[level]
        before = np.cumsum(sizes) - sizes
        first = np.r_[True, owner[1:] != owner[:-1]] if len(level) else np.zeros(0, bool)
        before -= np.maximum.accumulate(np.where(first, before, 0))
        number[level] = before + np.where(owner < 0, 0, number[owner] + 1)
    return number, size, depth
