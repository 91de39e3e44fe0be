"""Duty rotas around a day: everyone's turns, and who is away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from remit.network.rules.arriving import AbsenceRow, DutyRow
from remit.site.demonstration.files import local, toml
from remit.site.demonstration.personas import set_turns
from remit.site.demonstration.staffing import Roster

ABSENT_SHARE = 0.05
LONG_ABSENCE_SHARE = 0.1  # of the absences
DAY = timedelta(days=1)


def window(made_on: date) -> tuple[date, date]:
    """The first and the last day with a rota."""
    days = toml("marchland")["window"]
    return made_on - days["before"] * DAY, made_on + days["after"] * DAY


def absences(rng: Random, who: Sequence[str], *, made_on: date) -> tuple[AbsenceRow, ...]:
    """Who is away around the day on which the demonstration is made."""
    rows = []
    for person in rng.sample(who, round(len(who) * ABSENT_SHARE)):
        starts = made_on + rng.randrange(-10, 20) * DAY
        days = rng.randrange(40, 180) if rng.random() < LONG_ABSENCE_SHARE else rng.randrange(3, 15)
        rows.append(AbsenceRow(person, local(starts), local(starts + days * DAY)))
    return tuple(rows)


def duty(rng: Random, rosters: Sequence[Roster], *, made_on: date, away: Sequence[AbsenceRow]) -> tuple[DutyRow, ...]:
    """Every turn of every roster in the window, without those of the absent."""
    gone: dict[str, AbsenceRow] = {row.person: row for row in away}
    rows = []
    for roster in rosters:
        pattern = toml("patterns")[roster.pattern]
        turns = _weeks if "begins" in pattern else _turns if roster.leads and "cycle" in pattern else _rounds
        for row in turns(rng, roster, pattern, made_on):
            absence = gone.get(row.person)
            if absence is None or row.ends_at <= absence.starts_at or row.starts_at >= absence.ends_at:
                rows.append(row)
    return tuple(rows)


def _days(made_on: date, *, leads: bool) -> list[date]:
    """The window, and the night before it that runs into it; for those who lead, from further back."""
    first, last = window(made_on)
    if leads:
        first = made_on - toml("marchland")["window"]["leads_before"] * DAY
    return [first + n * DAY for n in range(-1, (last - first).days + 1)]


@cache
def _turn(day: date, starts: str, ends: str) -> tuple[datetime, datetime]:
    return local(day, starts), local(day if ends > starts else day + DAY, ends)


def _row(roster: Roster, pattern: Mapping[str, Any], place: tuple[str, str], day: date, turn: int) -> DutyRow:
    person, post = place
    starts, ends = pattern["turns"][turn]
    on_call = roster.role in pattern.get("on_call", ())
    return DutyRow(person, post if on_call else "", "on_call" if on_call else "shift", *_turn(day, starts, ends))


def _turns(rng: Random, roster: Roster, pattern: Mapping[str, Any], made_on: date) -> Iterator[DutyRow]:
    """Fill each turn of each day with exactly one; a persona keeps its own turn, the rest go round."""
    fixed = {pattern["names"].index(set_turns()[place[0]]): place for place in roster.places if place[0] in set_turns()}
    others = [place for place in roster.places if place not in fixed.values()]
    open_turns = [turn for turn in range(len(pattern["turns"])) if turn not in fixed]
    for n, day in enumerate(_days(made_on, leads=roster.leads)):
        for turn, place in fixed.items():
            yield _row(roster, pattern, place, day, turn)
        for k, turn in enumerate(open_turns):
            if others:
                yield _row(roster, pattern, others[(k - n) % len(others)], day, turn)


def _rounds(rng: Random, roster: Roster, pattern: Mapping[str, Any], made_on: date) -> Iterator[DutyRow]:
    """Send each person round the turns and days off, from anywhere in the round; or on the days of the pattern."""
    cycle, count = pattern.get("cycle", 0), len(pattern["turns"])
    for place in roster.places:
        begins = rng.randrange(cycle) if cycle else 0
        daily = place[0] in set_turns()
        for n, day in enumerate(_days(made_on, leads=roster.leads)):
            turn = (n + begins) % cycle if cycle else 0
            works = turn < count if cycle else daily or day.weekday() in pattern["days"]
            if works:
                yield _row(roster, pattern, place, day, turn)


def _weeks(rng: Random, roster: Roster, pattern: Mapping[str, Any], made_on: date) -> Iterator[DutyRow]:
    """Hand on the call each week; a persona has the week in which the demonstration is made."""
    if not roster.places:
        return
    weekday, clock = pattern["begins"]
    this_week = made_on - (made_on.weekday() - weekday) % 7 * DAY
    last = window(made_on)[1]
    back = toml("marchland")["window"]["leads_before"]
    now = next((n for n, place in enumerate(roster.places) if place[0] in set_turns()), 0)
    week = -(back // 7 + 1)
    while (begins := this_week + 7 * week * DAY) <= last:
        person, post = roster.places[(now + week) % len(roster.places)]
        yield DutyRow(person, post, pattern["kind"], *(local(begins, clock), local(begins + 7 * DAY, clock)))
        week += 1
