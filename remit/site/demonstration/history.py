"""Makes up what happened before today, from templates, by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from remit.kernel.words import counted
from remit.network.rules.arriving import UnitRow
from remit.site.demonstration.files import local, toml
from remit.site.demonstration.past import Past, PastDecision, PastDelegation, PastLevel, PastPromise, PastReview
from remit.site.demonstration.rows import World

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PROMISED_SHARE, KEPT_SHARE, NOT_KEPT_SHARE = 0.35, 0.85, 0.07
REVIEWED_SHARE, REVERSED_SHARE, REVOKED_SHARE, DECLINED_SHARE = 0.93, 0.12, 0.3, 0.06
OUTCOMES = {"worked": 0.55, "partly": 0.3, "no": 0.15}
ACHIEVED = {"worked": (0.9, 1.1), "partly": (0.3, 0.6), "no": (-0.1, 0.1)}  # share of the change expected
WEEKEND_SHARE = 0.3  # of what happens at any hour; what happens by day keeps to working days
PENCE = Decimal(10)  # amounts are asked in tens of pounds


def past_of(world: World) -> Past:
    """Make up the past of a world. Equal worlds have equal pasts."""
    facts = toml("history")
    rng = Random(f"past {world.seed} {world.size}")
    count = facts["counts"][world.size]
    levels, delegations = (round(count * facts["shares"][name]) for name in ("opel", "delegations"))
    ends = local(world.made_on)
    waiting = [_waiting(line, ends) for line in facts["waiting"]]
    decided = count - levels - delegations - len(waiting)
    decisions = [_decision(rng, facts, world, ends) for _ in range(decided)] + waiting
    return Past(
        decisions=tuple(sorted(decisions, key=lambda decision: decision.asked_at)),
        levels=_levels(rng, facts["levels"], world.made_on, levels),
        delegations=_delegations(rng, facts["delegations"], world, delegations),
    )


def _decision(rng: Random, facts: Mapping[str, Any], world: World, ends: datetime) -> PastDecision:
    (line,) = rng.choices(facts["past"], [line["weight"] for line in facts["past"]])
    unit = _place(rng, facts["story"], line, world)
    asked_at = _moment(rng, facts["hours"], line["hours"], world.made_on)
    decided_at = asked_at + rng.randrange(2, 40) * MINUTE + timedelta(seconds=rng.randrange(60))
    quantities = {code: _amount(rng, code, *span) for code, span in line.get("quantities", {}).items()}
    supplier = rng.choice(line.get("suppliers") or facts["suppliers"]["names"])
    words = {"unit": unit.name.split(",")[0], "supplier": supplier, "n": Counted(next(iter(quantities.values()), 0))}
    n = rng.randrange(len(line["titles"]))
    title = line["titles"][n]
    before = rng.randint(*line["baseline"])
    hoped = max(round(before * line["target"]), 0)
    review_at = local((decided_at + line["review_days"] * DAY).date(), "14:00")
    agreed = rng.random() >= DECLINED_SHARE
    undone_at = decided_at + rng.randrange(2, 12) * DAY
    can_be_undone = agreed and line.get("lasting", False) and undone_at < ends
    reversed_at = undone_at if rng.random() < REVERSED_SHARE and can_be_undone else None
    stands = agreed and reversed_at is None
    reasons = facts["reversals" if agreed else "refusals"]["because"]
    return PastDecision(
        asked_at=asked_at,
        decided_at=decided_at,
        asker="",
        unit=unit.ref,
        matter=line["matter"],
        quantities=quantities,
        facts=tuple(line.get("facts", ())),
        purpose=_beside(rng, line, "purposes", n),
        supplier=supplier if "{supplier}" in title else "",
        title=title.format(**words),
        why=_beside(rng, line, "why", n).format(**words),
        agreed=agreed,
        advice=rng.choice(facts["advice"]["words"]),
        measure=line["measure"],
        baseline=f"{before:,} {line['per']}",
        expected=f"{hoped:,} {line['per']} or {'fewer' if hoped < before else 'more'}",
        review_at=review_at,
        review=_review(rng, facts["reviews"], line, before, hoped, review_at, ends) if stands else None,
        promise=_promise(rng, facts["promises"], decided_at, ends) if agreed else None,
        reversed_at=reversed_at,
        because="" if stands else rng.choice(reasons),
    )


def _waiting(line: Mapping[str, Any], ends: datetime) -> PastDecision:
    """Something asked yesterday that still waits for its answer."""
    asked_at = ends - timedelta(hours=line["hours"])
    return PastDecision(
        asked_at=asked_at,
        decided_at=None,
        asker=line["by"],
        unit=line["unit"],
        matter=line["matter"],
        quantities={code: Decimal(amount) for code, amount in line["quantities"].items()},
        facts=tuple(line.get("facts", ())),
        purpose=line.get("purpose", ""),
        supplier=line.get("supplier", ""),
        title=line["title"],
        why=line["why"],
        agreed=True,
        advice="",
        measure=line["measure"],
        baseline=line["baseline"],
        expected=line["expected"],
        review_at=asked_at + line["review_days"] * DAY,
        review=None,
        promise=None,
        reversed_at=None,
        because="",
    )


class Counted(int):
    """A number that is written with its noun: *{n:bed|beds}*."""

    def __format__(self, nouns: str) -> str:
        return counted(int(self), *nouns.split("|"))


def _beside(rng: Random, line: Mapping[str, Any], name: str, n: int) -> str:
    """What belongs to the n-th title where each has its own, else any of them; nothing where there is none."""
    could = line.get(name, [""])
    return str(could[n] if len(could) == len(line["titles"]) else rng.choice(could))


def _place(rng: Random, story: Mapping[str, Any], line: Mapping[str, Any], world: World) -> UnitRow:
    """Where it happened: now and then at the unit where a visitor begins, but never money there."""
    kinds, codes = line.get("kinds", ()), line.get("units", ())
    could = [
        unit
        for unit in world.rows.units
        if unit.organisation == line["organisation"] and (unit.kind in kinds or unit.code in codes)
    ]
    first = [unit for unit in could if unit.ref == story["unit"]]
    if "exposure_gbp" in line.get("quantities", {}):
        could = [unit for unit in could if unit not in first]
    elif first and rng.random() < story["share"]:
        could = first
    return rng.choice(could)


def _moment(rng: Random, hours: Mapping[str, Sequence[str]], sort: str, made_on: date) -> datetime:
    """Some moment of the past; what happens by day happens on working days."""
    days: int = toml("marchland")["past"]["days"]
    starts, ends = hours[sort]
    while True:
        day = made_on - rng.randrange(2, days) * DAY
        if day.weekday() < 5 or (sort != "day" and rng.random() < WEEKEND_SHARE):
            break
    first = local(day, starts)
    last = local(day if ends > starts else day + DAY, ends)
    seconds = rng.randrange(int((last - first).total_seconds()))
    return first + timedelta(seconds=seconds) + _instant(rng)


def _instant(rng: Random) -> timedelta:
    """Part of a second, so that no two things happen at one moment."""
    return timedelta(microseconds=rng.randrange(1_000_000))


def _amount(rng: Random, code: str, low: int, high: int) -> Decimal:
    """Whole numbers; money in tens of pounds, small sums more often than large."""
    if not code.endswith("_gbp"):
        return Decimal(rng.randint(low, high))
    return (Decimal(round(low + (high - low) * rng.random() ** 2)) / PENCE).to_integral_value() * PENCE


def _review(
    rng: Random,
    facts: Mapping[str, Any],
    line: Mapping[str, Any],
    before: int,
    hoped: int,
    review_at: datetime,
    ends: datetime,
) -> PastReview | None:
    at = review_at + rng.randrange(0, 180) * MINUTE + _instant(rng)
    if at >= ends or rng.random() >= REVIEWED_SHARE:
        return None
    (outcome,) = rng.choices(list(OUTCOMES), list(OUTCOMES.values()))
    now = before + round((hoped - before) * rng.uniform(*ACHIEVED[outcome]))
    per = line["per"]
    if outcome == "no" and not line.get("lasting", False):
        outcome, said = "partly", "nothing"  # nothing is left to undo
    else:
        said = outcome
    words = rng.choice(facts[said])
    return PastReview(
        at,
        outcome,
        words.format(measure=line["measure"], **{"from": f"{before:,} {per}", "to": f"{max(now, 0):,} {per}"}),
    )


def _promise(rng: Random, facts: Mapping[str, Any], decided_at: datetime, ends: datetime) -> PastPromise | None:
    if rng.random() >= PROMISED_SHARE:
        return None
    due_at = local((decided_at + rng.randrange(2, 15) * DAY).date(), "17:00")
    fate = rng.random()
    ended_at = (
        due_at - rng.randrange(-600, 1500) * MINUTE + _instant(rng) if fate < KEPT_SHARE + NOT_KEPT_SHARE else None
    )
    if ended_at is not None and not decided_at + 3 * MINUTE < ended_at < ends:
        ended_at = None
    not_kept = ended_at is not None and fate >= KEPT_SHARE
    return PastPromise(
        words=rng.choice(facts["words"]),
        made_at=decided_at + 2 * MINUTE,
        due_at=due_at,
        ended_at=ended_at,
        reason=rng.choice(facts["not_kept"]) if not_kept else "",
    )


def _levels(rng: Random, facts: Mapping[str, Any], made_on: date, count: int) -> tuple[PastLevel, ...]:
    """Levels that go up and down by one, each ending where the data says."""
    days: int = toml("marchland")["past"]["days"]
    rows = []
    for party, line in facts.items():
        moments = sorted(
            local(made_on - rng.randrange(1, days) * DAY, "08:00")
            + timedelta(seconds=rng.randrange(40_000))
            + _instant(rng)
            for _ in range(max(round(count * line["share"]), 1))
        )
        level: int = line["last"]
        for at in reversed(moments):
            rows.append(PastLevel(at, party, level, tuple(line["by"])))
            level = rng.choice([n for n in (level - 1, level + 1) if 1 <= n <= 4])
    return tuple(sorted(rows, key=lambda row: row.at))


def _delegations(rng: Random, facts: Mapping[str, Any], world: World, count: int) -> tuple[PastDelegation, ...]:
    """Part of a grant passed on, each from another post while there are enough."""
    posts = {post.ref for post in world.rows.posts}
    held = {row.post for row in world.rows.appointments if row.kind == "substantive"}
    pairs = [
        (f"{unit.ref}/{facts['from']}", f"{unit.ref}/{facts['to']}")
        for unit in world.rows.units
        if unit.organisation == facts["organisation"]
    ]
    pairs = [(giver, taker) for giver, taker in pairs if giver in held and taker in posts]
    rng.shuffle(pairs)
    rows = []
    for n in range(count):
        giver, taker = pairs[n % len(pairs)]
        at = _moment(rng, toml("history")["hours"], "day", world.made_on)
        until = local((at + rng.randrange(20, 120) * DAY).date())
        undone = at + rng.randrange(5, 15) * DAY
        revoked = rng.random() < REVOKED_SHARE and undone < local(world.made_on)
        limits = {code: _amount(rng, code, *span) for code, span in facts["limits"].items()}
        words = rng.choice(facts["words"])
        rows.append(PastDelegation(at, until, facts["grant"], giver, taker, limits, words, undone if revoked else None))
    return tuple(sorted(rows, key=lambda row: row.at))
