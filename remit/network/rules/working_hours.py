"""Working hours with bank holidays: when somebody without a rota is next at work."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays

from remit.network.rules.moments import NEVER
from remit.network.rules.rows import WorkingHours

_DAYS = 64  # worked out at a time
_SECONDS = _DAYS * 86_400
_AHEAD = 6  # stretches looked through before "never"


class Calendar:
    """The openings of one set of working hours, worked out as they are asked for."""

    __slots__ = ("_free", "_stretches", "_zone", "hours")

    def __init__(self, hours: WorkingHours) -> None:
        self.hours = hours
        self._zone = ZoneInfo(hours.zone)
        self._stretches: dict[int, tuple[list[int], list[int]]] = {}
        country, _, part = hours.holidays.partition("-")
        self._free: holidays.HolidayBase | frozenset[date] = (
            holidays.country_holidays(country, subdiv=part or None) if country else frozenset()
        )

    def soonest(self, at: int) -> int:
        """The first second at or after `at` in working hours; NEVER where none is within a year."""
        for stretch in range(at // _SECONDS, at // _SECONDS + _AHEAD):
            starts, ends = self._stretches_at(stretch * _SECONDS)
            i = bisect_right(ends, at)
            if i < len(ends):
                return starts[i] if starts[i] > at else at
        return NEVER

    def after(self, at: int, span: timedelta) -> int:
        """The second when so much working time has passed; NEVER where there is too little within a year.

        Whole days go to the same time of day on a later working day; the rest is counted in
        working hours.
        """
        day, days = datetime.fromtimestamp(at, self._zone), span.days
        while days:
            day += timedelta(days=1)
            midnight = int(day.replace(hour=0, minute=0, second=0).timestamp())
            if self.soonest(midnight) >= NEVER:
                return NEVER
            days -= self.works_on(day.date())
        at, left = int(day.timestamp()), span.seconds
        while left:
            at = self.soonest(at)
            if at >= NEVER:
                return NEVER
            _, ends = self._stretches_at(at)
            closes = ends[bisect_right(ends, at)]
            spent = min(left, closes - at)
            at, left = at + spent, left - spent
        return at

    def works_on(self, day: date) -> bool:
        """Whether any working hours begin on a day."""
        return day not in self._free and any(weekday == day.weekday() for weekday, _, _ in self.hours.spans)

    def _stretches_at(self, at: int) -> tuple[list[int], list[int]]:
        stretch = at // _SECONDS
        known = self._stretches.get(stretch)
        if known is None:
            known = self._stretches[stretch] = self._openings(stretch)
        return known

    def _openings(self, stretch: int) -> tuple[list[int], list[int]]:
        """Openings that begin on a day of this stretch or run into its first; sorted, merged."""
        first = date.fromordinal(date(1970, 1, 1).toordinal() + stretch * _DAYS)
        spans: list[tuple[int, int]] = []
        for ahead in range(-2, _DAYS + 1):
            day = first + timedelta(days=ahead)
            if day in self._free:
                continue
            for weekday, opens, closes in self.hours.spans:
                if day.weekday() == weekday:
                    until = day if closes > opens else day + timedelta(days=1)
                    start = datetime.combine(day, opens, self._zone)
                    end = datetime.combine(until, closes, self._zone)
                    spans.append((int(start.timestamp()), int(end.timestamp())))
        merged: list[tuple[int, int]] = []
        for start_s, end_s in sorted(spans):
            if merged and start_s <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end_s, merged[-1][1]))
            else:
                merged.append((start_s, end_s))
        return [s for s, _ in merged], [e for _, e in merged]
