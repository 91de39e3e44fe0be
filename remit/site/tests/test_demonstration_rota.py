"""The rota has no hole: at every hour of the window somebody leads."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from remit.network.rules.arriving import DutyRow
from remit.site.demonstration.files import local
from remit.site.demonstration.rota import window
from remit.site.demonstration.rows import World
from remit.site.demonstration.world import make_world
from remit.site.tests.marchland import MADE_ON, marchland

HOUR = timedelta(hours=1)
WARD_7 = "fenmoor-hospitals/ward-7"


def hours(made_on: date) -> list[datetime]:
    first, last = window(made_on)
    starts, ends = local(first), local(last + timedelta(days=1))
    return [starts + n * HOUR for n in range(int((ends - starts) / HOUR))]


def covered(rows: list[DutyRow], made_on: date) -> bool:
    spans = sorted((row.starts_at, row.ends_at) for row in rows)
    first, *_, last = hours(made_on)
    until = first
    for starts, ends in spans:
        if starts > until:
            return False
        until = max(until, ends)
    return until > last


def rows_by_role(world: World) -> dict[tuple[str, str], list[DutyRow]]:
    """Duty by unit and role of the substantive post (of the post on call, where a row names one)."""
    posts = {post.ref: post for post in world.rows.posts}
    held = defaultdict(list)
    for row in world.rows.appointments:
        if row.kind == "substantive":
            held[row.person].append(posts[row.post])
    found = defaultdict(list)
    for turn in world.rows.duty:
        for post in [posts[turn.post]] if turn.post else held[turn.person]:
            found[post.unit, post.role].append(turn)
    return found


@pytest.mark.parametrize("size", ["small", "large"])
def test_every_hour_has_its_leads(size: str) -> None:
    world = marchland(size)
    rows = rows_by_role(world)
    wards = [unit.ref for unit in world.rows.units if unit.kind == "ward"]
    hospitals = [unit.ref for unit in world.rows.units if unit.kind == "hospital"]
    needed = [
        *((ward, "nurse-in-charge") for ward in wards),
        *((hospital, "site-manager") for hospital in hospitals),
        ("fenmoor-hospitals/fenmoor-hospitals", "on-call-director"),
        ("marchland-community/marchland-community", "on-call-director"),
        ("marchland-ambulance/operations-centre", "duty-commander"),
        ("marchland-icb/system-control", "system-control-lead"),
    ]

    assert len(hospitals) == 3
    assert [place for place in needed if not covered(rows[place], world.made_on)] == []


@pytest.mark.parametrize("made_on", [MADE_ON, date(2027, 3, 20), date(2026, 10, 20)])
def test_the_story_of_ten_past_two_is_true_on_every_night(made_on: date) -> None:
    world = make_world(seed=7, size="small", made_on=made_on)
    turns = defaultdict(list)
    for row in world.rows.duty:
        turns[row.person].append(row)

    def on(person: str, at: datetime) -> bool:
        return any(row.starts_at <= at < row.ends_at for row in turns[person])

    first, last = window(made_on)
    for n in range((last - first).days + 1):
        night = local(first + timedelta(days=n), "02:10")
        morning = local(first + timedelta(days=n), "07:00")
        assert on("efua", night)
        assert on("dilip", night)
        assert not on("yvette", night)
        assert on("yvette", morning)
    assert on("maryam", local(made_on, "12:00"))
    assert not {row.person for row in world.rows.absences} & {persona.code for persona in world.personas}


def test_the_nurse_in_charge_stands_in_for_the_ward_manager() -> None:
    held = {(row.post, row.kind) for row in marchland().rows.appointments if row.person == "efua"}

    assert held == {(f"{WARD_7}/nurse-in-charge", "substantive"), (f"{WARD_7}/ward-manager", "deputy")}


def test_office_people_have_no_rota_and_nobody_works_two_turns_at_once() -> None:
    by_person = defaultdict(list)
    for row in marchland("large").rows.duty:
        by_person[row.person].append(row)

    assert "ifan" not in by_person
    assert "bronagh" not in by_person
    for rows in by_person.values():
        spans = sorted((row.starts_at, row.ends_at) for row in rows if row.kind == "shift")
        assert all(ends <= starts for (_, ends), (starts, _) in pairwise(spans))


def test_the_absent_have_no_turns() -> None:
    away = {row.person: row for row in marchland().rows.absences}

    assert not [
        row
        for row in marchland().rows.duty
        if (gone := away.get(row.person)) and row.starts_at < gone.ends_at and gone.starts_at < row.ends_at
    ]
