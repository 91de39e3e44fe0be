"""Authority passed on: what it comes to along its chain, and what takes it away."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from remit.authority.rules.delegation import Delegation
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.reasons import Why
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.world import World
from remit.authority.tests.fenmoor import MONDAY, NIGHT, after, ask, grant, names, scheme, world

MATRONS = grant("4.1", "spend", ("matron", "division"), exposure_gbp=5000, delegable=True)
TO_WARD = Delegation(
    "D1", "fenmoor", "4.1", from_post="matron", to_post="wm7", within="w7",
    limits={"exposure_gbp": Decimal(2000)}, passable=True, document="the matron’s letter of 1 November",
)  # fmt: skip
TO_NURSE = Delegation("D2", "fenmoor", "D1", to_person="nia", limits={"exposure_gbp": Decimal(9000)})


def fenmoor(*delegations: Delegation, delegable: bool = True) -> World:
    return world(scheme(replace(MATRONS, delegable=delegable)), delegations=delegations)


def test_what_is_passed_on_stands_where_it_was_passed_to():
    there = ask(fenmoor(TO_WARD), "spend", at=MONDAY, exposure_gbp=2000)
    assert names(there) == ["wyn"]
    assert there.explanation.endswith("Clause 4.1, passed on in the matron’s letter of 1 November.")
    assert names(ask(fenmoor(TO_WARD), "spend", at=MONDAY, exposure_gbp=2001)) == ["mo"]
    assert names(ask(fenmoor(TO_WARD), "spend", "w8", at=MONDAY, exposure_gbp=100)) == ["mo"], "for Ward 7 alone"


def test_limits_and_dates_are_the_least_along_the_chain():
    chain = fenmoor(TO_WARD, TO_NURSE)
    night: dict[str, Any] = {"exposure_gbp": 2000, "at": NIGHT}
    assert names(ask(chain, "spend", **night)) == ["nia"], "nine thousand was never hers"
    over = ask(chain, "spend", at=NIGHT, exposure_gbp=2001)
    assert over.outcome is Outcome.HOLD
    ends = replace(TO_WARD, ends_at=NIGHT)
    assert ask(fenmoor(ends, TO_NURSE), "spend", **night).outcome is Outcome.HOLD
    begins = replace(TO_WARD, starts_at=after(1))
    assert ask(fenmoor(begins, TO_NURSE), "spend", **night).outcome is Outcome.HOLD


def test_revoking_takes_all_that_was_passed_on():
    revoked = replace(TO_WARD, revoked_at=NIGHT)
    verdict = ask(fenmoor(revoked, TO_NURSE), "spend", at=NIGHT, exposure_gbp=10)
    assert verdict.outcome is Outcome.HOLD
    before = ask(fenmoor(revoked, TO_NURSE), "spend", at=after(-1), exposure_gbp=10)
    assert names(before) == ["nia"]


@pytest.mark.parametrize(
    ("delegations", "delegable", "words"),
    [
        ((TO_WARD,), False, "may not be passed on"),
        ((replace(TO_WARD, passable=False), TO_NURSE), True, "may not be passed on again"),
        ((replace(TO_WARD, from_post="site-n"),), True, "does not hold clause 4.1"),
        ((replace(TO_WARD, within="w20"),), True, "outside what was passed on"),
    ],
)
def test_what_may_not_be_passed_on_counts_for_nothing_and_says_so(delegations, delegable, words):
    verdict = ask(fenmoor(*delegations, delegable=delegable), "spend", at=NIGHT, exposure_gbp=10)
    void = [one.reason.words for one in verdict.working().aside if one.reason.why is Why.VOID]
    assert any(words in said for said in void)


def test_a_body_may_receive_it():
    to_body = replace(TO_WARD, to_post=None, to_body="marchland/joint")
    verdict = ask(fenmoor(to_body), "spend", at=MONDAY, exposure_gbp=10)
    assert verdict.body_id == "pool"
    assert names(verdict) == []


def test_a_ring_is_refused():
    ring = replace(TO_WARD, of="D3"), replace(TO_NURSE, ref="D3", of="D1")
    with pytest.raises(CannotRoute, match="passes itself on"):
        ask(fenmoor(*ring), "spend", at=MONDAY, exposure_gbp=10)
