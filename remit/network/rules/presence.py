"""Who is at work when: duty rows, working hours, absence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from remit.network.rules.moments import NEVER
from remit.network.rules.rows import Id
from remit.network.rules.working_hours import Calendar

_FEW = 6  # rows that are sooner read than searched

Span = tuple[int, int]
Watch = tuple[int, int, int, int]  # starts, ends, post (-1 is any), 1 where on call


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """Duty and absence as intervals in seconds.

    Args:
        first: where the rows of each person begin, and where the last one's end.
        rows: four numbers a row, as `Watch` has them, by person and start; one after another,
            so that a row is read from one place in memory.
        reach: the latest end of a row and those before it of the same person.
        calendar: of each unit. away: by person; away_from: by appointment.
        changed: the rows of each person whom a patch has touched.
    """

    first: memoryview
    rows: memoryview
    reach: memoryview
    calendar: Sequence[Calendar | None]
    away: Mapping[int, tuple[Span, ...]]
    away_from: Mapping[Id, tuple[Span, ...]]
    changed: Mapping[int, tuple[Watch, ...]] = field(default_factory=dict)

    def watches(self, person: int, *, ending_after: int | None = None) -> Sequence[Watch]:
        """A person's duty rows, by start; without most of those that ended before a second, where one is given."""
        if self.changed and (touched := self.changed.get(person)) is not None:
            return touched
        low, high = self.first[person], self.first[person + 1]
        if ending_after is not None and high - low > _FEW:
            low = bisect_right(self.reach, ending_after, low, high)
        flat = iter(self.rows[4 * low : 4 * high].tolist())
        return list(zip(flat, flat, flat, flat, strict=True))

    def soonest_on_duty(self, person: int, post: int, unit: int, at: int) -> int:
        """The first second at or after `at` on duty in this post, absence aside; NEVER where none is known.

        Rows that name another post say nothing about this one; a person without rows about
        it keeps the working hours of its unit.
        """
        for starts, ends, of_post, _ in self.watches(person, ending_after=at):
            if ends > at and (of_post < 0 or of_post == post):
                return starts if starts > at else at
        if any(of_post < 0 or of_post == post for _, _, of_post, _ in self.watches(person)):
            return NEVER
        calendar = self.calendar[unit]
        return NEVER if calendar is None else calendar.soonest(at)

    def watch(self, person: int, post: int, at: int) -> Watch | None:
        """The duty row about this post that covers a moment; the one that runs longest, where several do."""
        longest: Watch | None = None
        for row in self.watches(person, ending_after=at):
            if row[0] > at:
                break
            if at < row[1] and (row[2] < 0 or row[2] == post) and (longest is None or row[1] > longest[1]):
                longest = row
        return longest

    def back(self, person: int, appointment: Id, at: int) -> int:
        """`at` where the person is not away then, else the first second after the absence."""
        spans = self.away.get(person, ())
        if appointment in self.away_from:
            spans = (*spans, *self.away_from[appointment])
        moved = bool(spans)
        while moved:
            moved = False
            for starts, ends in spans:
                if starts <= at < ends:
                    at, moved = ends, True
        return at

    def soonest(self, person: int, post: int, unit: int, appointment: Id, at: int, before: int = NEVER) -> int:
        """The first second at or after `at` on duty and not away; NEVER where that is not before `before`."""
        low, high = 4 * self.first[person], 4 * self.first[person + 1]
        if high - low <= 4 * _FEW and not (self.changed or self.away or self.away_from):  # common: without a call
            rows, rota = self.rows, False
            for row in range(low, high, 4):
                of_post = rows[row + 2]
                if of_post < 0 or of_post == post:
                    rota = True
                    if rows[row + 1] > at:
                        on = rows[row]
                        if on <= at:
                            return at
                        return on if on < before else NEVER
            if rota:
                return NEVER
        while True:
            on = self.soonest_on_duty(person, post, unit, at)
            if (on >= before and on > at) or on >= NEVER:
                return NEVER
            if not self.away and not self.away_from:
                return on
            back = self.back(person, appointment, on)
            if back == on:
                return on
            if back >= before or back >= NEVER:
                return NEVER
            at = back
