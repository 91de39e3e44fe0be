"""Who may decide, on 150,000 units, 20,000 grants and 1.3 million people, beside PostgreSQL.

The answer is the rung, the holder, the clause and the reason in two sentences: who nearer was
passed over until when, and who further up could. Remit writes the sentences; the peer gives
the facts for them. The ratios named *bare* leave the reason out on both sides, and there the
peer stops at the first rung. Contenders take turns in rounds of the same questions in one
process; each round gives one ratio of medians. Every answer must be the same.
"""

from __future__ import annotations

import gc
import json as json_format
import math
import statistics
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from benchmarks.routing_peer import BARE_CTE, BARE_PATH, CTE, PATH, Found, Peer, peer
from benchmarks.routing_world import NOW, Made, Question, network, questions, scheme, taxonomy
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.routing import route
from remit.authority.rules.verdict import Verdict
from remit.authority.rules.world import World
from remit.network.rules.moments import NEVER
from remit.network.rules.snapshot import Snapshot, snapshot_of_arrays

SEED, GRANTS, ROUNDS, A_ROUND = 20_261_122, 20_000, 7, 150
T = TypeVar("T")
GOALS = {
    "vs_postgresql_path": (">=", 5.0),
    "vs_postgresql_cte": (">=", 25.0),
    "p99_over_p50": ("<=", 5.0),
    "rules_x10": ("<=", 2.5),
    "index_seconds": ("<=", 1.5),
    "working_ms": ("<=", 1.0),
    "disagreements": ("<=", 0.0),
}


def main(*, json: bool = False) -> int:
    """Run it; 1 where a goal is missed."""
    made = network(np.random.default_rng(SEED))
    snapshot, index_seconds = _indexed(made)
    world = _world(made, snapshot, GRANTS)
    asked = questions(np.random.default_rng(SEED + 1), ROUNDS * A_ROUND, made)
    gc.collect()
    gc.freeze()
    figures: dict[str, float] = {}
    spread: dict[str, list[float]] = {}
    with peer() as other:
        other.load(snapshot)
        other.adopt(world.schemes["org"][0])
        spread, disagreements = _beside(world, other, asked)
    for name, ratios in spread.items():
        figures[name] = statistics.median(ratios)
    alone, far = _alone(world, asked)
    figures["p99_over_p50"] = far
    figures["working_ms"] = _working(world, asked[:300])
    figures["rules_x10"], spread["rules_x10"] = _times_ten(made, snapshot, world, asked)
    figures["index_seconds"] = index_seconds
    figures["disagreements"] = disagreements
    figures["p50_us"] = alone
    missed = [name for name, goal in GOALS.items() if not _met(figures[name], goal)]
    if json:
        print(json_format.dumps({name: round(value, 3) for name, value in figures.items()}))
    else:
        _print(figures, spread)
    return int(bool(missed))


def _indexed(made: Made) -> tuple[Snapshot, float]:
    """The snapshot, and the seconds from arrays to index: the least of five, in time of this thread."""
    seconds = []
    for _ in range(5):
        gc.collect()
        begun = time.thread_time()
        snapshot = snapshot_of_arrays(made.units, made.staff, rows=made.rows, edition=1)
        seconds.append(time.thread_time() - begun)
    return snapshot, min(seconds)


def _world(made: Made, snapshot: Snapshot, grants: int) -> World:
    drawn = scheme(np.random.default_rng(SEED + 2), grants, made)
    world = World.of(snapshot, taxonomies=[taxonomy()], schemes=[drawn])
    world.schemes["org"][0].lay_down()
    return world


def _ask(world: World, question: Question) -> Verdict:
    """One whole answer: rung, holder, clause and the reason in two sentences."""
    verdict = route(question.case, world, NOW)
    if not verdict.explanation:
        raise AssertionError("an answer without words")
    return verdict


def _ask_bare(world: World, question: Question) -> Verdict:
    """The rung and the holder, without the words."""
    return route(question.case, world, NOW)


WHOLE = {"vs_postgresql_path": PATH, "vs_postgresql_cte": CTE}
BARE = {"bare_vs_postgresql_path": BARE_PATH, "bare_vs_postgresql_cte": BARE_CTE}


def _beside(world: World, other: Peer, asked: list[Question]) -> tuple[dict[str, list[float]], int]:
    """The ratios of each round, and how many answers differ."""
    tree = world.snapshot.tree
    units = {id(question): [tree.number[unit] for unit in question.affected] for question in asked}
    covers = {question: tree.covering(affected) for question, affected in units.items()}
    ratios: dict[str, list[float]] = {name: [] for name in (*WHOLE, *BARE)}
    disagreements = 0
    for begin in range(0, len(asked), A_ROUND):
        questions = asked[begin : begin + A_ROUND]
        for ways, own in ((WHOLE, _ask), (BARE, _ask_bare)):
            answers, taken = _round(lambda q, own=own: own(world, q), questions)  # type: ignore[misc]
            for name, way in ways.items():
                found, theirs = _round(lambda q, way=way: other.ask(way, q, units[id(q)], covers[id(q)]), questions)  # type: ignore[misc]
                ratios[name].append(theirs / taken)
                said = [_as_found(verdict, whole=ways is WHOLE) for verdict in answers]
                disagreements += sum(mine != one for mine, one in zip(said, found, strict=True))
    return ratios, disagreements


def _round(ask: Callable[[Question], T], questions: list[Question]) -> tuple[list[T], float]:
    """The answers to some questions, and the median microseconds of one."""
    answers, taken = [], []
    for question in questions:
        begun = time.perf_counter_ns()
        answers.append(ask(question))
        taken.append((time.perf_counter_ns() - begun) / 1_000)
    return answers, statistics.median(taken)


def _as_found(verdict: Verdict, *, whole: bool) -> Found:
    """A verdict as the peer says it."""
    route = passed = further = None
    if verdict.outcome is Outcome.RUNG and verdict.rung is not None:
        route = (verdict.unit, verdict.rung.grant.ref, verdict.found[0].person)
    if whole and verdict.passed:
        rung, unit = verdict.passed[0]
        passed = (rung.grant.ref, _first_on_duty(verdict, rung.roles[0], unit))
    if whole and route is not None and (stand := verdict.next_stand()):
        further = stand[0].grant.ref
    return Found(route, passed, further)


def _first_on_duty(verdict: Verdict, role: int, unit: int) -> int | None:
    """When the first in post is next on duty."""
    snapshot, at = verdict.world.snapshot, verdict.asking.at
    for post in snapshot.staffing.posts(unit, role):
        for seat in snapshot.staffing.seats(post):
            if seat.starts <= at < seat.ends:
                soonest = snapshot.presence.soonest_on_duty(seat.person, post, unit, at)
                return soonest if soonest < NEVER else None
    return None


def _alone(world: World, asked: list[Question]) -> tuple[float, float]:
    """The median in microseconds, and how far the slowest in a hundred stand from it.

    Each question counts by the least of seven runs, in time of this thread, so that what is
    measured is the question and not what else the machine was doing.
    """
    least = [math.inf] * len(asked)
    for _ in range(7):
        for i, question in enumerate(asked):
            begun = time.thread_time_ns()
            _ask(world, question)
            least[i] = min(least[i], (time.thread_time_ns() - begun) / 1_000)
    least.sort()
    middle = statistics.median(least)
    return middle, least[int(len(least) * 0.99)] / middle


def _times_ten(made: Made, snapshot: Snapshot, world: World, asked: list[Question]) -> tuple[float, list[float]]:
    """What an answer costs with ten times the grants, in turns with the first world."""
    larger = _world(made, snapshot, 10 * GRANTS)
    gc.collect()
    gc.freeze()
    ratios = []
    for begin in range(0, len(asked), A_ROUND):
        few = _round(lambda q: _ask(world, q), asked[begin : begin + A_ROUND])[1]
        many = _round(lambda q: _ask(larger, q), asked[begin : begin + A_ROUND])[1]
        ratios.append(many / few)
    return statistics.median(ratios), ratios


def _working(world: World, asked: list[Question]) -> float:
    """The full working of one answer, every step in words: the median in milliseconds."""
    taken = []
    for question in asked:
        verdict = route(question.case, world, NOW)
        begun = time.thread_time()
        said = [step.words for step in verdict.working().steps]
        taken.append((time.thread_time() - begun) * 1_000)
        if not said:
            raise AssertionError("a working without steps")
    return statistics.median(taken)


def _met(value: float, goal: tuple[str, float]) -> bool:
    return value >= goal[1] if goal[0] == ">=" else value <= goal[1]


def _print(figures: dict[str, float], spread: dict[str, list[float]]) -> None:
    for name, value in figures.items():
        around = f"  (rounds: {min(spread[name]):.1f} to {max(spread[name]):.1f})" if name in spread else ""
        goal = GOALS.get(name)
        verdict = "" if goal is None else f"  goal {goal[0]} {goal[1]:g}: {'met' if _met(value, goal) else 'MISSED'}"
        print(f"{name:26} {value:10.3f}{verdict}{around}")
