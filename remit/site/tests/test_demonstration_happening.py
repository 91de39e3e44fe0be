"""The past is put into the record through the real actions, once, and goes on where it was interrupted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps

from remit.ledger.queries import count_entries, find_faults
from remit.site.demonstration.doing import Doing
from remit.site.demonstration.files import local
from remit.site.demonstration.founding import Founded, found
from remit.site.demonstration.happening import Happened, let_it_happen
from remit.site.demonstration.history import past_of
from remit.site.demonstration.past import Past
from remit.site.tests.marchland import MADE_ON, marchland

MADE = Founded("small", 7, MADE_ON)
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


class Interrupted(Exception):
    """Somebody stopped the process."""


def part_of_the_past() -> Past:
    """Some of each: an early stretch with its reviews, and what was reversed or declined."""
    past = past_of(marchland())
    picked = [decision for decision in past.decisions if decision.reversed_at or not decision.agreed][:4]
    return replace(
        past,
        decisions=past.decisions[:8] + tuple(decision for decision in picked if decision not in past.decisions[:8]),
        levels=past.levels[:4],
        delegations=tuple(sorted(past.delegations, key=lambda passed: passed.revoked_at is None)[:2]),
    )


def run(past: Past, *, stop_after: int | None = None) -> Happened:
    def tell(done: int, of: int) -> None:
        assert of == len(past.decisions) + len(past.levels) + len(past.delegations)
        if done == stop_after:
            raise Interrupted

    return let_it_happen(Doing(past, seed=7), MADE, tell=tell, rest=lambda _: None)


def rows(model: str) -> Any:
    return apps.get_model(model).objects.all()


@pytest.fixture
def past() -> Past:
    found(size="small", seed=7, at=NOW, say=lambda _: None)
    return part_of_the_past()


def test_an_interrupted_past_goes_on_and_happens_once(past: Past) -> None:
    with pytest.raises(Interrupted):
        run(past, stop_after=5)
    happened = run(past)
    recorded = count_entries()

    assert happened.refused == []
    assert happened.begun == len(past.decisions) + len(past.levels) + len(past.delegations)
    asked = Counter(rows("decisions.Decision").values_list("proposed_at", flat=True))
    assert asked == Counter(decision.asked_at for decision in past.decisions)
    assert rows("authority.ConditionState").count() == len(past.levels)
    assert rows("authority.Delegation").count() == len(past.delegations)

    assert run(past).begun == happened.begun
    assert count_entries() == recorded
    assert not list(find_faults())


def test_what_happened_is_marked_decided_and_over(past: Past) -> None:
    run(past)
    decisions = rows("decisions.Decision")

    taken = [decision for decision in decisions if decision.decided_at]

    assert all(decision.made_up for decision in decisions)
    assert {decision.status for decision in decisions} >= {"reviewed", "declined", "reversed"}
    assert max(decision.decided_at for decision in taken) < local(MADE_ON)
    assert all(decision.decided_as.endswith("(made up)") for decision in taken)


def test_every_question_that_waits_is_put_to_a_persona(past: Past) -> None:
    waiting = tuple(decision for decision in past_of(marchland()).decisions if decision.decided_at is None)
    happened = run(Past(waiting, (), ()))
    asked = rows("decisions.Asked").filter(part="decide", ended_at=None)

    assert happened.refused == []
    for decision in rows("decisions.Decision"):
        who = asked.filter(decision=decision).values_list("person__code", flat=True)
        assert {persona.code for persona in marchland().personas} & set(who), decision.title
    assert rows("decisions.Decision").count() == len(waiting)
