"""Orders that together pass a limit. Source: domain notes, DR-2."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remit.authority.queries import answer
from remit.authority.rulings import route_for
from remit.decisions import actions
from remit.decisions.errors import NotEntitled
from remit.decisions.models import Decision
from remit.decisions.queries import decision_page
from remit.decisions.rules.states import State
from remit.decisions.tests.world import LEAD, MANAGER, NOON, opened


def test_three_orders_for_one_purpose_are_summed(world):
    first = opened(world, world.order(4_900))
    actions.take_decision(first.pk, agreed=True, by=world[MANAGER], at=NOON + timedelta(minutes=1))

    for days in (10, 20):
        moment = NOON + timedelta(days=days, minutes=-60)
        question = world.order(4_900)
        assert answer(question, at=moment, seen_by=world[MANAGER]).splitting
        further = opened(world, question, at=moment)
        with pytest.raises(NotEntitled) as refusal:
            actions.take_decision(further.pk, agreed=True, by=world[MANAGER], at=moment)
        assert "service lead" in refusal.value.words().lower()
        assert "committed" in decision_page(further.pk, seen_by=world[MANAGER], at=moment).route
        actions.take_decision(further.pk, agreed=True, by=world[LEAD], at=moment + timedelta(minutes=5))

    assert [d.status for d in Decision.objects.order_by("proposed_at")] == [State.AGREED] * 3
    assert [d.decided_as for d in Decision.objects.order_by("proposed_at")] == [
        "ward manager, Ward 7",
        "service lead, Fenmoor acute",
        "service lead, Fenmoor acute",
    ]


def test_what_a_decision_commits_did_not_come_before_it(world):
    decision = opened(world, world.order(4_900))
    moment = NOON + timedelta(minutes=1)
    actions.take_decision(decision.pk, agreed=True, by=world[MANAGER], at=moment)

    after = moment + timedelta(hours=1)
    mine = route_for(decision.case, at=after, apart_from=decision.pk)

    assert mine.clause == "1.1", "still the ward manager's, to reverse for instance"
    assert route_for(decision.case, at=after).clause == "1.2", "the same again would be for the service lead"
