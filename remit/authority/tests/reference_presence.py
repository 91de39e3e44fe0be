"""The reference's view of who is there: rows read one by one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from remit.authority.rules.case import Case
from remit.network.rules.build import NetworkRows
from remit.network.rules.rows import AppointmentRow, BodyMemberRow, BodyRow, UnitRow, WorkingHours

TIERS = ("substantive", "acting", "deputy")
LONG = timedelta(days=300)


class Roster:
    """Appointments, duty, absence and interests."""

    def __init__(self, rows: NetworkRows) -> None:
        self.rows = rows
        self.units = {unit.id: unit for unit in rows.units}
        self.posts = {post.id: post for post in rows.posts}

    def in_posts(
        self, posts: Any, case: Case, at: datetime, before: datetime | None, deputies: bool
    ) -> list[tuple[datetime, Any]]:
        """For each post the first tier of which anybody can answer; all of them, soonest first, then by post."""
        found: list[tuple[datetime, int, int, Any]] = []
        for place, post in enumerate(posts):
            in_post = [a for a in self.rows.appointments if a.post_id == post and self.runs(a, at)]
            for tier in TIERS if deputies else TIERS[:1]:
                able: list[tuple[datetime, int, int, Any]] = []
                for one in sorted((a for a in in_post if a.kind == tier), key=self.longest):
                    when = self.soonest(one, case, at, before)
                    if when is not None:
                        able.append((when, place, len(found) + len(able), one.person_id))
                found += able
                if able:
                    break
        return [(when, person) for when, _, _, person in sorted(found, key=lambda f: f[:3])]

    def in_person(
        self, person: Any, case: Case, at: datetime, before: datetime | None, unit: UnitRow
    ) -> list[tuple[datetime, Any]]:
        held = [a for a in self.rows.appointments if a.person_id == person and self.runs(a, at)]
        if not held:
            held = [AppointmentRow(None, person, None)]
        moments = [self.soonest(one, case, at, before, unit) for one in held]
        known = [when for when in moments if when is not None]
        return [(min(known), person)] if known else []

    def longest(self, one: AppointmentRow) -> tuple[float, str]:
        return (one.starts_at.timestamp() if one.starts_at else float("-inf"), str(one.id))

    def runs(self, one: AppointmentRow, at: datetime) -> bool:
        return (one.starts_at is None or one.starts_at <= at) and (one.ends_at is None or at < one.ends_at)

    def soonest(
        self, one: AppointmentRow, case: Case, at: datetime, before: datetime | None, unit: UnitRow | None = None
    ) -> datetime | None:
        """The first moment on duty, not away, still in post, before the answer is needed."""
        if self.conflicted(one.person_id, case, at):
            return None
        where = self.units[self.posts[one.post_id].unit_id] if one.post_id is not None else unit
        assert where is not None
        for starts, ends in sorted(self.duties(one, at, where)):
            moment = max(starts, at)
            back = self.away(one, moment)
            while back is not None and moment < ends:
                moment = back
                back = self.away(one, moment)
            in_time = before is None or moment < before or moment == at
            if moment < ends and in_time and (one.ends_at is None or moment < one.ends_at):
                return moment
        return None

    def duties(self, one: AppointmentRow, at: datetime, unit: UnitRow) -> list[tuple[datetime, datetime]]:
        rota = [d for d in self.rows.duty if d.person_id == one.person_id and d.post_id in (None, one.post_id)]
        if one.post_id is None:
            rota = [d for d in rota if d.post_id is None]
        if rota:
            return [(d.starts_at, d.ends_at) for d in rota if d.ends_at > at]
        hours = self.hours(unit)
        return [] if hours is None else openings(hours, at, at + LONG)

    def hours(self, unit: UnitRow) -> WorkingHours | None:
        if unit.hours is not None:
            return unit.hours
        if unit.parent_id is not None:
            return self.hours(self.units[unit.parent_id])
        return next(p.hours for p in self.rows.parties if p.id == unit.organisation_id)

    def away(self, one: AppointmentRow, moment: datetime) -> datetime | None:
        """When somebody who is away at a moment is back; None where they are not away."""
        for absence in self.rows.absences:
            theirs = absence.appointment_id == one.id if absence.appointment_id else absence.person_id == one.person_id
            if theirs and (absence.starts_at is None or absence.starts_at <= moment):
                if absence.ends_at is None:
                    return datetime.max.replace(tzinfo=moment.tzinfo)
                if moment < absence.ends_at:
                    return absence.ends_at
        return None

    def conflicted(self, person: Any, case: Case, at: datetime) -> bool:
        declared = [
            i.party_id if i.party_id is not None else i.supplier
            for i in self.rows.interests
            if i.person_id == person
            and (i.starts_at is None or i.starts_at <= at)
            and (not i.ends_at or at < i.ends_at)
        ]
        if person in case.conflicted:
            return True
        alike = [" ".join(str(name).split()).lower() for name in case.concerns]
        return any(" ".join(str(with_whom).split()).lower() in alike for with_whom in declared)

    def quorate(self, body: BodyRow, seats: list[BodyMemberRow], case: Case, at: datetime, moment: datetime) -> bool:
        groups = {role.code: role.groups for role in self.rows.roles}
        there: dict[Any, set[str]] = {}
        seats = [
            s for s in seats if not (s.starts_at and moment < s.starts_at) and not (s.ends_at and moment >= s.ends_at)
        ]
        voting = [seat for seat in seats if seat.voting]
        for seat in voting:
            person = self.sitter(seat, case, at, moment)
            if person is not None:
                of_post = groups[self.posts[seat.post_id].role] if seat.post_id is not None else ()
                there.setdefault(person, set()).update(seat.groups, of_post)
        rule = body.quorum
        enough = len(there) >= max(rule.number, 1)
        if rule.share is not None:
            enough = enough and len(there) >= rule.share * len(voting)
        return enough and all(sum(g in has for has in there.values()) >= n for g, n in rule.of.items())

    def sitter(self, seat: BodyMemberRow, case: Case, at: datetime, moment: datetime) -> Any:
        held = [AppointmentRow(None, seat.person_id, None)]
        if seat.post_id is not None:
            held = [a for a in self.rows.appointments if a.post_id == seat.post_id and a.kind != "deputy"]
            held = sorted(
                (a for a in held if self.runs(a, moment)), key=lambda a: (TIERS.index(a.kind), self.longest(a))
            )
        for one in held:
            if not self.conflicted(one.person_id, case, at) and self.away(one, moment) is None:
                return one.person_id
        return None


def openings(hours: WorkingHours, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Working hours from `start` to `end`, overlapping spans left as they are."""
    zone = ZoneInfo(hours.zone)
    country, _, part = hours.holidays.partition("-")
    free = holidays.country_holidays(country, subdiv=part or None) if country else {}
    found = []
    day = start.astimezone(zone).date() - timedelta(days=2)
    while day <= end.astimezone(zone).date():
        for weekday, opens, closes in hours.spans:
            if day.weekday() == weekday and day not in free:
                until = day if closes > opens else day + timedelta(days=1)
                opening = datetime.combine(day, opens, zone).astimezone(start.tzinfo)
                closing = datetime.combine(until, closes, zone).astimezone(start.tzinfo)
                if closing > start:
                    found.append((opening, closing))
        day += timedelta(days=1)
    return found


def within(at: datetime, span: timedelta, hours: WorkingHours | None) -> datetime:
    """When a span has passed: by the clock, or in working days and then working hours."""
    if hours is None:
        return at + span
    zone = ZoneInfo(hours.zone)
    country, _, part = hours.holidays.partition("-")
    free = holidays.country_holidays(country, subdiv=part or None) if country else {}
    local, days = at.astimezone(zone), span.days
    while days:
        local += timedelta(days=1)
        if local.date() not in free and any(weekday == local.weekday() for weekday, _, _ in hours.spans):
            days -= 1
    moment, left = local.astimezone(at.tzinfo), timedelta(seconds=span.seconds)
    while left:
        starts, ends = min(o for o in openings(hours, moment, moment + LONG) if o[1] > moment)
        moment = max(starts, moment)
        spent = min(left, ends - moment)
        moment, left = moment + spent, left - spent
    return moment
