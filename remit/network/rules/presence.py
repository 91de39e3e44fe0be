"""Who is at work when: duty rows, working hours, absence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
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

    Duty of person `p` is laid down from `first[p]` to `first[p + 1]`, by start; `changed`
    holds the rows of each person whom a patch has touched.
    """

    first: memoryview
    starts: memoryview
    ends: memoryview
    posts: memoryview
    on_call: memoryview
    reach: memoryview  # the latest end of this row and those before it of the same person
    calendar: Sequence[Calendar | None]  # of each unit
    away: Mapping[int, tuple[Span, ...]]  # by person
    away_from: Mapping[Id, tuple[Span, ...]]  # by appointment
    changed: Mapping[int, tuple[Watch, ...]] = field(default_factory=dict)

    def watches(self, person: int) -> Sequence[Watch]:
        """A person's duty rows, by start."""
        if self.changed and (touched := self.changed.get(person)) is not None:
            return touched
        if person + 1 >= len(self.first):
            return ()
        low, high = self.first[person], self.first[person + 1]
        if low == high:
            return ()
        return list(
            zip(
                self.starts[low:high].tolist(),
                self.ends[low:high].tolist(),
                self.posts[low:high].tolist(),
                self.on_call[low:high].tolist(),
                strict=True,
            )
        )

    def soonest_on_duty(self, person: int, post: int, unit: int, at: int) -> int:
        """The first second at or after `at` on duty in this post, absence aside; NEVER where none is known.

        Rows that name another post say nothing about this one; a person without rows about
        it keeps the working hours of its unit.
        """
        rota, soonest = False, NEVER
        if self.changed and person in self.changed:
            for starts, ends, of_post, _ in self.changed[person]:
                if of_post < 0 or of_post == post:
                    rota = True
                    if ends > at:
                        soonest = min(soonest, max(starts, at))
        elif person + 1 < len(self.first):
            low, high = self.first[person], self.first[person + 1]
            begin = low if high - low < _FEW else bisect_right(self.reach, at, low, high)
            for row in range(begin, high):
                of_post = self.posts[row]
                if of_post < 0 or of_post == post:
                    starts = self.starts[row]
                    if starts >= soonest:
                        return soonest
                    rota = True
                    if self.ends[row] > at:
                        soonest = starts if starts > at else at
            if not rota and begin > low:
                rota = any(self.posts[row] < 0 or self.posts[row] == post for row in range(low, begin))
        if rota:
            return soonest
        calendar = self.calendar[unit]
        return NEVER if calendar is None else calendar.soonest(at)

    def watch(self, person: int, post: int, at: int) -> Watch | None:
        """The duty row about this post that covers a moment; the one that runs longest, where several do."""
        longest: Watch | None = None
        if self.changed and person in self.changed:
            rows: Iterable[Watch] = self.changed[person]
        elif person + 1 < len(self.first):
            low, high = self.first[person], self.first[person + 1]
            begin = low if high - low < _FEW else bisect_right(self.reach, at, low, high)
            rows = ((self.starts[i], self.ends[i], self.posts[i], self.on_call[i]) for i in range(begin, high))
        else:
            return None
        for row in rows:
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

    def soonest(self, person: int, post: int, unit: int, appointment: Id, at: int, *, before: int = NEVER) -> int:
        """The first second at or after `at` on duty and not away; NEVER where that is not before `before`."""
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
