"""Posts and who is appointed to them, found by unit and role or by person."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from remit.network.rules.rows import Id, Tenure


class Seat(NamedTuple):
    """One appointment in numbers: `kind` is a `Tenure`, `id` the appointment's own id."""

    post: int
    kind: int
    person: int
    starts: int
    ends: int
    id: Id


@dataclass(frozen=True, slots=True, eq=False)
class Staffing:
    """Posts in the order of unit, role and title; appointments in the order of post and tenure.

    The lists are laid down once; `changed` holds the seats of each post that a patch has
    touched, so that an appointment never rebuilds the index.
    """

    post_ids: Sequence[Id]
    post_number: Mapping[Id, int]
    post_unit: memoryview
    post_role: memoryview
    titles: Sequence[str]
    first_post: memoryview  # of a unit; one place more than units
    first_seat: memoryview  # of a post; one place more than posts
    seat_rows: memoryview  # tenure, person, from and to of each seat, one after another
    seat_ids: Sequence[Id]
    roles_at: list[int]  # one bit a role for which the unit has a post
    person_ids: Sequence[Id]
    person_number: Mapping[Id, int]
    of_person: Callable[[int], tuple[int, ...]]
    changed: Mapping[int, tuple[Seat, ...]] = field(default_factory=dict)
    person_changed: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def posts(self, unit: int, role: int) -> range:
        """The numbers of the posts of a role at a unit."""
        end = self.first_post[unit + 1]
        low = bisect_left(self.post_role, role, self.first_post[unit], end)
        high = low
        while high < end and self.post_role[high] == role:
            high += 1
        return range(low, high)

    def seats(self, post: int) -> Sequence[Seat]:
        """Everyone ever appointed to a post: substantive first, then acting, then deputies."""
        if self.changed and (touched := self.changed.get(post)) is not None:
            return touched
        return [Seat(post, *row) for row in self.run(post)]

    def run(self, post: int) -> Iterable[tuple[int, int, int, int, Id]]:
        """The seats of a post as they are walked: tenure, person, from, to, id."""
        if self.changed and (touched := self.changed.get(post)) is not None:
            return [(seat.kind, seat.person, seat.starts, seat.ends, seat.id) for seat in touched]
        low, high = self.first_seat[post], self.first_seat[post + 1]
        rows = self.seat_rows
        if high - low == 1:
            kind, person, starts, ends = rows[4 * low : 4 * high].tolist()
            return ((kind, person, starts, ends, self.seat_ids[low]),)
        flat = iter(rows[4 * low : 4 * high].tolist())
        return zip(flat, flat, flat, flat, self.seat_ids[low:high], strict=True)

    def person_posts(self, person: int) -> tuple[int, ...]:
        """The posts to which a person was ever appointed."""
        if (touched := self.person_changed.get(person)) is not None:
            return touched
        return self.of_person(person)

    def with_seats(self, seats: Iterable[Seat], without: frozenset[Id], posts: Iterable[int]) -> Staffing:
        """The same posts with these seats put in, and those of the ids in `without` taken out of `posts`."""
        changed = dict(self.changed)
        of_person = dict(self.person_changed)
        arriving: dict[int, list[Seat]] = {}
        for seat in seats:
            arriving.setdefault(seat.post, []).append(seat)
            known = of_person.get(seat.person, self.person_posts(seat.person))
            if seat.post not in known:
                of_person[seat.person] = tuple(sorted((*known, seat.post)))  # as they are laid down
        for post in {*arriving, *posts}:
            coming = arriving.get(post, [])
            gone = without | {seat.id for seat in coming}
            staying = [seat for seat in self.seats(post) if seat.id not in gone]
            changed[post] = tuple(sorted([*staying, *coming], key=in_turn))
        return replace(self, changed=changed, person_changed=of_person)


def in_turn(seat: Seat) -> tuple[int, int, str]:
    """Tenure, then the longer in post, then id: an order that does not hang on the order of rows."""
    return seat.kind, seat.starts, str(seat.id)


TENURES = {tenure.name.lower(): int(tenure) for tenure in Tenure}
