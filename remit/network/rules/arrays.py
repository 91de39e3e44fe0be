"""From arrays to the index: trees, posts and presence laid down in one sort each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from remit.network.rules.presence import Presence
from remit.network.rules.rows import Id
from remit.network.rules.staffing import Staffing
from remit.network.rules.tree import Ints, Tree, preorder
from remit.network.rules.working_hours import Calendar


class Renumbered(Mapping[Id, int]):
    """Numbers of things whose ids are 0, 1, 2 ... in the arrays as given."""

    __slots__ = ("_places",)

    def __init__(self, places: Ints) -> None:
        self._places = laid(places)

    def __getitem__(self, key: Id) -> int:
        if isinstance(key, int) and 0 <= key < len(self._places):
            return int(self._places[key])
        raise KeyError(key)

    def __iter__(self) -> Iterator[Id]:
        return iter(range(len(self._places)))

    def __len__(self) -> int:
        return len(self._places)

    def get(self, key: Id, default: Any = None) -> Any:
        return int(self._places[key]) if isinstance(key, int) and 0 <= key < len(self._places) else default


@dataclass(frozen=True, slots=True, eq=False)
class TreeArrays:
    """Units as arrays: index of the parent (-1 is a root), place among siblings, number of the kind in `kinds`.

    `roots` gives the organisation of each root; `ids`, `codes` and `names` are by index, or
    absent where the indices serve as ids.
    """

    parent: Ints
    kind: Ints
    kinds: tuple[str, ...]
    roots: Mapping[int, Id]
    place: Ints | None = None
    ids: Sequence[Id] | None = None
    codes: Sequence[str] | None = None
    names: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StaffArrays:
    """Posts (unit and role), appointments (post, person, tenure, from, to) and duty rows, as int64 arrays.

    Units are indices of `TreeArrays`; seconds are since 1970, `ALWAYS` and `NEVER` open;
    a duty's post is an index or -1, and 1 says that it is on call.
    """

    people: int
    post_unit: Ints
    post_role: Ints
    seat_post: Ints
    seat_person: Ints
    seat_kind: Ints
    seat_starts: Ints
    seat_ends: Ints
    duty_person: Ints
    duty_starts: Ints
    duty_ends: Ints
    duty_post: Ints
    duty_on_call: Ints
    post_ids: Sequence[Id] | None = None
    titles: Sequence[str] | None = None
    seat_ids: Sequence[Id] | None = None
    person_ids: Sequence[Id] | None = None


def tree_of(units: TreeArrays) -> tuple[Tree, Ints]:
    """Lay down the trees. Returns them and the number of each unit by its index."""
    n = len(units.parent)
    place = np.zeros(n, np.int64) if units.place is None else units.place
    number, size, depth = preorder(units.parent, place)
    order = in_order(number)
    given = order.tolist()
    parent = np.where(units.parent[order] < 0, -1, number[units.parent[order]])
    is_root = parent < 0
    root = np.maximum.accumulate(np.where(is_root, np.arange(n), 0))
    root_of = {organisation: int(number[index]) for index, organisation in units.roots.items()}
    owner = {unit: organisation for organisation, unit in root_of.items()}
    roots = root.tolist()
    return Tree(
        ids=given if units.ids is None else [units.ids[i] for i in given],
        number=dict(zip(range(n) if units.ids is None else units.ids, number.tolist(), strict=True)),
        parent=parent.tolist(),
        end=(np.arange(n) + size[order]).tolist(),
        depth=depth[order].tolist(),
        root=roots,
        kind=units.kind[order].tolist(),
        kinds=units.kinds,
        organisation=[owner[unit] for unit in roots],
        codes=[""] * n if units.codes is None else [units.codes[i] for i in given],
        names=[""] * n if units.names is None else [units.names[i] for i in given],
        root_of=root_of,
    ), number


def staffing_of(staff: StaffArrays, unit_number: Ints, roles: int) -> tuple[Staffing, Ints]:
    """Lay down posts and appointments. Returns them and the number of each post by its index."""
    n_units = len(unit_number)
    unit = unit_number[staff.post_unit]
    order = in_order(unit * roles + staff.post_role)
    post_number = np.empty(len(order), np.int64)
    post_number[order] = np.arange(len(order))
    unit, role = unit[order], staff.post_role[order]
    seat_post = post_number[staff.seat_post]
    seats = in_order(seat_post * 4 + staff.seat_kind, staff.seat_starts)
    seat_post = seat_post[seats]
    person = np.ascontiguousarray(staff.seat_person[seats])
    given = order.tolist()
    return Staffing(
        post_ids=given if staff.post_ids is None else [staff.post_ids[i] for i in given],
        post_number=Renumbered(post_number)
        if staff.post_ids is None
        else dict(zip(staff.post_ids, post_number.tolist(), strict=True)),
        post_unit=laid(unit),
        post_role=laid(role),
        titles=[""] * len(order) if staff.titles is None else [staff.titles[i] for i in given],
        first_post=laid(firsts(unit, n_units)),
        first_seat=laid(firsts(seat_post, len(order))),
        seat_rows=laid(
            np.stack([staff.seat_kind[seats], person, staff.seat_starts[seats], staff.seat_ends[seats]], axis=1).ravel()
        ),
        seat_ids=laid(seats) if staff.seat_ids is None else [staff.seat_ids[i] for i in seats.tolist()],
        roles_at=masks(unit, role, n_units, roles),
        person_ids=range(staff.people) if staff.person_ids is None else staff.person_ids,
        person_number=Renumbered(np.arange(staff.people))
        if staff.person_ids is None
        else {person_id: i for i, person_id in enumerate(staff.person_ids)},
        of_person=PostsOfPeople(person, seat_post, staff.people),
    ), post_number


def presence_of(
    staff: StaffArrays,
    post_number: Ints,
    calendar: Sequence[Calendar | None],
    away: Mapping[int, tuple[tuple[int, int], ...]],
    away_from: Mapping[Id, tuple[tuple[int, int], ...]],
) -> Presence:
    """Lay down duty by person and start."""
    order = in_order(staff.duty_person, staff.duty_starts)
    person, post = staff.duty_person[order], staff.duty_post[order]
    named = post >= 0
    numbered = np.full(len(post), -1, np.int64)
    numbered[named] = post_number[post[named]]
    ends = staff.duty_ends[order]
    return Presence(
        first=laid(firsts(person, staff.people)),
        rows=laid(np.stack([staff.duty_starts[order], ends, numbered, staff.duty_on_call[order]], axis=1).ravel()),
        reach=laid(reaches(person, ends)),
        calendar=calendar,
        away=away,
        away_from=away_from,
    )


def laid(array: Ints) -> memoryview:
    """An array as plain Python reads it fastest, without a copy where it is already in one piece."""
    return np.ascontiguousarray(array, np.int64).data


class PostsOfPeople:
    """The posts that each person was ever appointed to; put in order when first asked."""

    __slots__ = ("_firsts", "_people", "_person", "_post", "_posts")

    def __init__(self, person: Ints, post: Ints, people: int) -> None:
        self._person, self._post, self._people = person, post, people
        self._posts: memoryview | None = None
        self._firsts: memoryview | None = None

    def __call__(self, person: int) -> tuple[int, ...]:
        if self._posts is None or self._firsts is None:
            order = in_order(self._person)
            self._firsts = laid(firsts(self._person[order], self._people))
            self._posts = laid(self._post[order])
        return tuple(dict.fromkeys(self._posts[self._firsts[person] : self._firsts[person + 1]].tolist()))


def in_order(*keys: Ints) -> Ints:
    """The indices in the order of the keys, first key first, ties as given.

    As many keys as fit are packed with the index into one number and the numbers sorted,
    which is several times quicker than sorting indices; the others settle ties afterwards.
    """
    n = len(keys[0])
    if n < 2:
        return np.arange(n)
    bits = n.bit_length()
    packed, used = keys[0] - keys[0].min(), 1
    for key in keys[1:]:
        low, wide = int(key.min()), int(key.max() - key.min()).bit_length()
        if int(packed.max()).bit_length() + wide + bits > 62:
            break
        packed, used = (packed << wide) | (key - low), used + 1
    if int(packed.max()).bit_length() + bits > 62:
        return np.lexsort(keys[::-1])
    packed = np.sort((packed << bits) | np.arange(n))
    order = packed & ((1 << bits) - 1)
    if used < len(keys):
        packed >>= bits
        same = packed[1:] == packed[:-1]
        tied = np.flatnonzero(np.r_[False, same] | np.r_[same, False])  # a neighbour shares the packed keys
        among = order[tied]
        order[tied] = among[np.lexsort([key[among] for key in keys[::-1]])]
    return order


def reaches(owner: Ints, ends: Ints) -> Ints:
    """The latest end so far among the rows of one owner; rows stand by owner."""
    far = np.int64(1) << 36  # some two thousand years on
    return np.maximum.accumulate((owner << 37) | np.clip(ends, 0, far)) & ((np.int64(1) << 37) - 1)


def firsts(owner: Ints, n: int) -> Ints:
    """Where each of `n` owners begins in a sorted array, and where the last one ends."""
    counts = np.bincount(owner, minlength=n) if len(owner) else np.zeros(n, np.int64)
    found = np.zeros(n + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def masks(unit: Ints, role: Ints, n_units: int, roles: int) -> list[int]:
    """One bit for each role for which a unit has a post, however many roles there are."""
    found = [0] * n_units
    if not len(unit):
        return found
    first = np.flatnonzero(np.r_[True, unit[1:] != unit[:-1]])
    for word in range(0, roles, 60):
        bits = np.where((role >= word) & (role < word + 60), np.left_shift(np.int64(1), (role - word) % 60), 0)
        for at, mask in zip(unit[first].tolist(), np.bitwise_or.reduceat(bits, first).tolist(), strict=True):
            found[at] |= mask << word
    return found
