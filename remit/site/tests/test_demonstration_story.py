"""The story that Marchland is there to tell is true of it: its posts, its rota and its schemes fit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from remit.authority.rules.case import Case, Conditions
from remit.authority.rules.routing import route
from remit.authority.rules.scheme import Holder, Scheme
from remit.authority.rules.verdict import Outcome, Verdict
from remit.site.demonstration.files import local
from remit.site.demonstration.rota import window
from remit.site.tests.marchland import MADE_ON, authorities, marchland, schemes

WARD_7 = "fenmoor-hospitals/ward-7"
FIRST, LAST = window(MADE_ON)
NIGHTS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def beds(n: int) -> Case:
    return Case("estate/open-beds", WARD_7, quantities={"beds": Decimal(n)}, facts={"risk-assessed": True})


def who(case: Case, night: date, clock: str = "02:10", *, opel: int = 3) -> Verdict:
    conditions = Conditions(opel={"fenmoor-hospitals": opel})
    return route(case, authorities().under(conditions), local(night, clock))


def first(verdict: Verdict) -> object:
    return verdict.found and authorities().snapshot.staffing.person_ids[verdict.found[0].person]


@pytest.mark.parametrize("night", NIGHTS, ids=str)
def test_at_ten_past_two_the_site_manager_may_open_beds_and_at_level_four_the_nurse(night: date) -> None:
    assert first(who(beds(4), night)) == "dilip"
    assert first(who(beds(4), night, opel=4)) == "efua"
    assert who(beds(7), night).outcome is Outcome.RUNG
    assert first(who(beds(7), night)) != "dilip"


def test_by_day_the_matron_is_nearer() -> None:
    assert first(who(beds(4), MADE_ON, "09:00")) == "yvette"


def test_at_two_the_nurse_in_charge_redeploys_on_the_ward_alone() -> None:
    case = Case("workforce/redeploy", WARD_7, quantities={"people": Decimal(1)}, facts={"same-shift": True})
    verdict = who(case, MADE_ON, "02:00")

    assert first(verdict) == "efua"
    assert len(verdict.found) == 1


@pytest.mark.parametrize("party", sorted(schemes()))
def test_every_role_that_a_scheme_names_is_filled_where_the_scheme_looks(party: str) -> None:
    world = marchland().rows
    kinds = {unit.ref: unit.kind for unit in world.units}
    groups = {role.code: role.groups for role in world.roles}
    posts = [post for post in world.posts if post.unit.startswith(f"{party}/")]
    there = {(name, kinds[post.unit]) for post in posts for name in (post.role, *groups[post.role])}
    bodies = {body.code for body in world.bodies if body.party == party}

    sought: dict[str, set[str]] = {}
    for holder in holders_in(schemes()[party]):
        if holder.body:
            assert holder.body in bodies
        elif holder.at_unit:
            assert (holder.at_unit, holder.role) in {(post.unit, post.role) for post in world.posts}
        else:
            sought.setdefault(holder.role or holder.role_group, set()).add(holder.at_kind)

    assert [name for name, at in sought.items() if not {(name, kind) for kind in at} & there] == []


def holders_in(scheme: Scheme) -> list[Holder]:
    named = [scheme.residual, *(Holder(body=reservation.body) for reservation in scheme.reservations)]
    for grant in scheme.grants:
        named += [grant.holder, *grant.co_signers, *grant.consult, *grant.inform, *grant.report_to]
        named += [holder for holder in (grant.ratify_by, grant.confirm_by) if holder]
    return [holder for holder in named if holder != Holder()]
