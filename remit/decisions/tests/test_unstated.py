"""An amount left out: nobody signs it, on the route's own rung or on one that it was sent up to."""

from __future__ import annotations

from remit.decisions.queries.routes import verdict_of
from remit.decisions.rules.ways import ways
from remit.decisions.tests.world import BUDGETED, NOON, opened


def test_nobody_signs_for_an_amount_that_was_left_out(world):
    decision = opened(world, world.ask(BUDGETED, purpose="Clinical supplies"))

    verdict = verdict_of(decision.case, at=NOON, reader=None)
    (part,) = ways(verdict, up=2)

    assert verdict.unstated == ("exposure_gbp",)
    assert len(part) == 3
    assert [way.people for way in part] == [(), (), ()]
