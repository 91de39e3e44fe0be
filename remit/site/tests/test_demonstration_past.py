"""The made-up past: as much as it says, in order, over before today, about things that exist."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remit.site.demonstration.files import local, toml
from remit.site.demonstration.history import past_of
from remit.site.demonstration.past import Past
from remit.site.demonstration.rota import window
from remit.site.tests.marchland import MADE_ON, marchland


@pytest.fixture(scope="module")
def past() -> Past:
    return past_of(marchland())


def test_a_world_has_one_past(past: Past) -> None:
    assert past_of(marchland()) == past
    assert past_of(marchland(seed=8)) != past


@pytest.mark.parametrize(("size", "count"), [("small", 300), ("large", 3_000)])
def test_it_is_as_long_as_it_says(size: str, count: int) -> None:
    past = past_of(marchland(size))

    assert len(past.decisions) + len(past.levels) + len(past.delegations) == count


def test_it_is_over_and_no_two_things_happen_at_once(past: Past) -> None:
    moments = [
        at
        for decision in past.decisions
        for at in (
            decision.asked_at,
            decision.decided_at,
            decision.review and decision.review.at,
            decision.reversed_at,
            decision.promise and decision.promise.made_at,
            decision.promise and decision.promise.ended_at,
        )
        if at
    ]
    moments += [level.at for level in past.levels] + [delegation.at for delegation in past.delegations]
    days = toml("marchland")["past"]["days"]

    assert max(moments) < local(MADE_ON)
    assert min(moments) > local(MADE_ON) - timedelta(days=days)
    assert len(set(moments)) == len(moments)
    assert window(MADE_ON)[0] < MADE_ON


def test_its_words_are_whole(past: Past) -> None:
    units = {unit.ref for unit in marchland().rows.units}

    for decision in past.decisions:
        assert decision.unit in units
        for words in (decision.title, decision.why, decision.review.words if decision.review else "."):
            assert words
            assert "{" not in words
        assert decision.baseline != decision.expected


def test_the_story_ward_has_a_past_and_has_spent_nothing(past: Past) -> None:
    there = [decision for decision in past.decisions if decision.unit == toml("history")["story"]["unit"]]

    assert len(there) >= 5
    assert not [decision for decision in there if decision.decided_at and "exposure_gbp" in decision.quantities]


def test_pressure_stands_below_four_today(past: Past) -> None:
    last = {level.party: level.level for level in past.levels}

    assert last["fenmoor-hospitals"] == last["marchland"] == 3
    assert all(1 <= level.level <= 4 for level in past.levels)


def test_some_of_it_worked_and_some_did_not(past: Past) -> None:
    outcomes = {decision.review.outcome for decision in past.decisions if decision.review}
    promises = [decision.promise for decision in past.decisions if decision.promise]

    assert outcomes == {"worked", "partly", "no"}
    assert any(promise.reason for promise in promises)
    assert any(promise.ended_at is None for promise in promises)
    assert any(decision.reversed_at for decision in past.decisions)
