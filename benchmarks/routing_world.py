"""A made-up world for the routing bench, by seed: 150,000 units, 1.3 million people, 20,000 grants.

One organisation, because that is the hardest: everything stands in one tree under one scheme.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from remit.authority.rules.case import Case
from remit.authority.rules.scheme import Grant, Holder, Scheme
from remit.authority.rules.taxonomy import Matter, Quantity, Taxonomy
from remit.network.rules.arrays import StaffArrays, TreeArrays
from remit.network.rules.build import NetworkRows
from remit.network.rules.moments import NEVER
from remit.network.rules.rows import PartyRow, RoleRow
from remit.network.rules.tree import Ints

PEOPLE, ROLES, LEVELS, LEAVES = 1_300_000, 48, 7, 60
ENDS_OF_LEVELS = (1, 9, 120, 1_500, 12_000, 50_000, 150_000)
NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
NOW_S = int(NOW.timestamp())
HOUR, DAY = 3_600, 86_400


@dataclass(frozen=True)
class Made:
    """The network as arrays. Units are numbered level by level, people and posts alike."""

    units: TreeArrays
    staff: StaffArrays
    rows: NetworkRows
    level: Ints


@dataclass(frozen=True)
class Question:
    """One question, as each contender needs it."""

    case: Case
    affected: tuple[int, ...]
    leaf: int
    exposure: int
    risk: int
    before: int


def network(rng: np.random.Generator) -> Made:
    """Make units in seven levels, posts with dated appointments and deputies, and a rota for everyone."""
    n = ENDS_OF_LEVELS[-1]
    parent, level = np.full(n, -1, np.int64), np.zeros(n, np.int64)
    for depth in range(1, LEVELS):
        low, mid, high = (0, *ENDS_OF_LEVELS)[depth - 1 : depth + 2]
        parent[mid:high] = rng.integers(low, mid, high - mid)
        level[mid:high] = depth
    post = np.arange(PEOPLE)
    before, deputy = rng.choice(PEOPLE, PEOPLE // 10, replace=False), rng.choice(PEOPLE, PEOPLE // 20, replace=False)
    starts = NOW_S - rng.integers(-30, 3_000, PEOPLE) * DAY  # one in a hundred begins only later
    ends = np.where(rng.random(PEOPLE) < 0.2, starts + rng.integers(1, 3_000, PEOPLE) * DAY, NEVER)
    twice = rng.random(PEOPLE) < 0.5
    watch = np.concatenate([post, post[twice]])
    on = NOW_S + rng.integers(-18, 48, len(watch)) * HOUR
    staff = StaffArrays(
        people=PEOPLE,
        post_unit=rng.integers(0, n, PEOPLE),
        post_role=rng.integers(0, ROLES, PEOPLE),
        seat_post=np.concatenate([post, before, deputy]),
        seat_person=np.concatenate([post, rng.integers(0, PEOPLE, len(before)), rng.integers(0, PEOPLE, len(deputy))]),
        seat_kind=np.concatenate([np.zeros(PEOPLE + len(before), np.int64), np.full(len(deputy), 2)]),
        seat_starts=np.concatenate([starts, starts[before] - 900 * DAY, starts[deputy]]),
        seat_ends=np.concatenate([ends, starts[before], ends[deputy]]),
        duty_person=watch,
        duty_starts=on,
        duty_ends=on + rng.integers(6, 13, len(on)) * HOUR,
        duty_post=np.full(len(watch), -1, np.int64),
        duty_on_call=(rng.random(len(watch)) < 0.1).astype(np.int64),
    )
    rows = NetworkRows(
        parties=[PartyRow("org", "org", "The organisation")],
        roles=[RoleRow(f"role-{i}", f"officer {i}") for i in range(ROLES)],
    )
    names = [f"Unit {i}" for i in range(n)]
    kinds = tuple(f"level-{i}" for i in range(LEVELS))
    units = TreeArrays(parent, level, kinds, {0: "org"}, codes=[f"u{i}" for i in range(n)], names=names)
    return Made(units, staff, rows, level)


def taxonomy() -> Taxonomy:
    """Sixty matters under twelve; every fifth is mentioned by nobody, so that its parent is used."""
    quantities = (Quantity("exposure_gbp", ("pound", "pounds")), Quantity("risk", ("point of risk", "points of risk")))
    matters = {f"m{i}": Matter(f"m{i}", f"Matter {i}", quantities=quantities) for i in range(LEAVES // 5)}
    matters |= {leaf(i): Matter(leaf(i), f"Matter {i}") for i in range(LEAVES)}
    return Taxonomy("bench", "1", "made up", matters)


def leaf(i: int) -> str:
    return f"m{i // 5}/{i}"


def node(i: int) -> str:
    """The node whose grants compete for a leaf."""
    return f"m{i // 5}" if i % 5 == 4 else leaf(i)


def scheme(rng: np.random.Generator, grants: int, made: Made) -> Scheme:
    """Half the grants go to a role at every unit of a level, half to a role at one unit; a third are dated."""
    found = []
    everywhere = rng.random(grants) < 0.5
    matter, role, risk = rng.integers(0, LEAVES, grants), rng.integers(0, ROLES, grants), rng.integers(4, 26, grants)
    level, unit = rng.integers(0, LEVELS, grants), rng.integers(0, len(made.level), grants)
    spread, dated, over = rng.lognormal(0, 1, grants), rng.random(grants) < 0.33, rng.random(grants) < 0.3
    days = rng.integers(1, 700, grants)
    for i in range(grants):
        depth = int(level[i]) if everywhere[i] else int(made.level[unit[i]])
        at = f"level-{depth}" if everywhere[i] else ""
        holder = Holder(role=f"role-{role[i]}", at_kind=at, at_unit="" if everywhere[i] else f"u{unit[i]}")
        limit = Decimal(int(4_000_000 / 5**depth * spread[i]) // 100 * 100)
        span = timedelta(days=int(days[i]))
        found.append(
            Grant(
                f"g{i:06}",
                node(int(matter[i])),
                f"{i // 100}.{i % 100}",
                holder,
                limits={"exposure_gbp": limit, "risk": Decimal(int(risk[i]))},
                starts_at=(NOW - span * (2 if over[i] else 1)) if dated[i] else None,
                ends_at=(NOW - span if over[i] else NOW + span) if dated[i] else None,
            )
        )
    residual = Holder(role="role-0", at_kind="level-0")
    return Scheme("bench", "org", "1", "The scheme", "made up", "bench", residual, tuple(found))


def questions(rng: np.random.Generator, n: int, made: Made) -> list[Question]:
    """Questions about 2 to 21 units that lie near each other, some needed now and some within two days."""
    children: list[list[int]] = [[] for _ in range(len(made.level))]
    for unit, parent in enumerate(made.units.parent.tolist()):
        if parent >= 0:
            children[parent].append(unit)
    asked: list[Question] = []
    while len(asked) < n:
        around = [int(rng.integers(0, ENDS_OF_LEVELS[rng.integers(2, 6)]))]
        for unit in around:  # grows as it goes: the units nearest to the first
            around += children[unit]
            if len(around) > 60:
                break
        if len(around) < 3:
            continue
        affected = rng.choice(around, min(len(around), int(rng.integers(2, 22))), replace=False).tolist()
        which, risk = int(rng.integers(0, LEAVES)), int(rng.integers(1, 18))
        exposure = int(rng.lognormal(8.5, 1.8))
        before = NOW_S + int(rng.choice([0, 2, 12, 48])) * HOUR
        case = Case(
            matter=leaf(which),
            origin=affected[0],
            affected=tuple(affected[1:]),
            quantities={"exposure_gbp": Decimal(exposure), "risk": Decimal(risk)},
            needed_by=datetime.fromtimestamp(before, UTC),
        )
        asked.append(Question(case, tuple(affected), which, exposure, risk, before))
    return asked
