"""The laws of routing, and its agreement with the slow reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.routing import route
from remit.authority.rules.verdict import Verdict
from remit.authority.tests.reference import Answer, Refused
from remit.authority.tests.worlds import PATHS, Drawn, draw, grant

seeds = st.integers(0, 2**32)


def answered(drawn: Drawn) -> Answer | None:
    """The real answer in the reference's terms; None where it is refused."""
    try:
        return _as_answer(route(drawn.case, drawn.world(), drawn.at))
    except CannotRoute:
        return None


def _as_answer(verdict: Verdict) -> Answer:
    if verdict.parts:
        return Answer("joint", verdict.parts[0].party_id, parts=tuple(_as_answer(part) for part in verdict.parts))
    hold = verdict.outcome is Outcome.HOLD
    place = verdict.place
    ref = verdict.kept.reservation.ref if verdict.kept else place.ref if place and not hold else ""
    people = () if hold else tuple(one.person_id for one in verdict.people)
    unit = place.unit_id if place and verdict.cover >= 0 and not hold else None
    body = verdict.body_id if verdict.kept or not hold else None
    outcome = verdict.outcome.value
    return Answer(outcome, verdict.party_id, unit, ref, people, body, verdict.gap, verdict.could_from)


def expected(drawn: Drawn) -> Answer | None:
    try:
        return drawn.reference().route(drawn.case, drawn.at)
    except Refused:
        return None


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_every_answer_is_the_references(seed: int):
    drawn = draw(Random(seed))
    assert answered(drawn) == expected(drawn)


@settings(max_examples=50, deadline=None)
@given(seeds)
def test_the_same_question_has_the_same_answer(seed: int):
    first, second = draw(Random(seed)), draw(Random(seed))
    turned = replace(
        second, schemes=[replace(s, grants=tuple(reversed(s.grants))) for s in second.schemes], rows=second.rows
    )
    assert answered(first) == answered(second) == answered(turned)


@settings(max_examples=50, deadline=None)
@given(seeds)
def test_an_unrelated_grant_never_changes_a_route(seed: int):
    """Unrelated: about a matter not on the case's path, or in the scheme of a party that the case does not touch."""
    random = Random(seed)
    drawn = draw(random)
    before = answered(drawn)
    others = [path for path in PATHS if not (drawn.case.matter + "/").startswith(path + "/")]
    for scheme in drawn.schemes:
        if not scheme.pooled:
            stranger = grant(random, "stranger", ["root"], random.choice(others))
            drawn = drawn.having(scheme.party, stranger)
    assert answered(drawn) == before


@settings(max_examples=50, deadline=None)
@given(seeds)
def test_a_broader_grant_never_changes_a_route_that_a_narrower_node_settles(seed: int):
    random = Random(seed)
    drawn = draw(random, parties=1)
    try:
        verdict = route(drawn.case, drawn.world(), drawn.at)
    except CannotRoute:
        return
    if verdict.parts or verdict.depth < 0:
        return
    settled = verdict.ladder_.nodes[verdict.depth].path
    broader = [path for path in PATHS if settled.startswith(path + "/")]
    if broader:
        after = drawn.having("org-0", grant(random, "stranger", ["root"], random.choice(broader)))
        assert answered(after) == _as_answer(verdict)


def height(verdict: Verdict) -> tuple[float, ...]:
    """How far up an answer stands: rungs in their order, hold, the residual holder, a body that reserved it."""
    if verdict.kept is not None:
        return (3, *verdict.kept.above)
    if verdict.gap:
        return (2,)
    if verdict.rung is None:
        return (1,)
    rung, unit = verdict.rung, verdict.unit
    stairs = verdict.scheme.stairs(verdict.ladder_, verdict.depth)
    tree = verdict.world.snapshot.tree
    for steps, above in enumerate(tree.ancestors(verdict.cover)):
        if above == unit:
            here = stairs.here(unit, tree.kind[unit])
            return (0, steps, next(i for i, one in enumerate(here) if one is rung))
    raise AssertionError("the rung is not on the stairs")


@settings(max_examples=50, deadline=None)
@given(seeds, st.sampled_from(["beds", "exposure_gbp"]), st.integers(0, 25), st.integers(0, 25))
def test_a_larger_exposure_never_lowers_the_rung(seed: int, code: str, one: int, other: int):
    drawn = draw(Random(seed), parties=1)
    world, at = drawn.world(), drawn.at
    heights = []
    for amount in sorted((one, other)):
        case = replace(drawn.case, quantities={**drawn.case.quantities, code: Decimal(amount)}, shares={})
        try:
            verdict = route(case, world, at)
        except CannotRoute:
            return
        if verdict.parts or verdict.outcome is Outcome.POOL:
            return
        heights.append(height(verdict))
    assert heights[0] <= heights[1]


@settings(max_examples=50, deadline=None)
@given(seeds)
def test_every_answer_explains_itself_and_accounts_for_every_grant(seed: int):
    drawn = draw(Random(seed))
    try:
        verdict = route(drawn.case, drawn.world(), drawn.at)
    except CannotRoute:
        return
    for part in verdict.parts or (verdict,):
        assert part.headline
        assert part.explanation.endswith((".", ")"))
        assert "  " not in part.explanation
        working = part.working()
        assert all(step.reason.words for step in working.steps)
        assert all(one.reason.words for one in working.aside)
        met = {id(step.rung.grant) for step in working.steps} | {id(one.said) for one in working.aside}
        on_path = [g for node in part.ladder_.nodes for g in (*node.decide, *node.reserved, *node.beside)]
        assert {id(one) for one in on_path} <= met
        assert isinstance(part.at, datetime)
    assert verdict.as_data()["outcome"] == verdict.outcome.value
