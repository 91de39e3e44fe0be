"""Asking on the database: the story of 02:10, orders that add up, and who may ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from remit.authority.actions import commit_exposure, put_case, reverse_exposure, set_opel
from remit.authority.errors import MayNotDeclare
from remit.authority.models import Exposure
from remit.authority.queries import answer, asking
from remit.authority.rules.question import Question
from remit.kernel.actor import KEEPER, Actor, ActorKind
from remit.kernel.errors import NotFound, NotValid
from remit.ledger.queries import entries_about
from remit.testing.small_system import MORNING, NIGHT, SmallSystem

BUDGETED = "spend/revenue/budgeted"
LATER = MORNING + timedelta(hours=1)


def beds(small: SmallSystem, n: int = 4) -> Question:
    return Question(
        matter="estate/open-beds",
        origin=small.unit("ward-7"),
        quantities={"beds": Decimal(n)},
        facts=frozenset({"risk-assessed"}),
        asker=small.efua.person,
        needed_by=NIGHT,
    )


def order(small: SmallSystem, amount: str, *, years: int = 1) -> Question:
    return Question(
        matter=BUDGETED,
        origin=small.unit("ward-7"),
        quantities={"exposure_gbp": Decimal(amount)},
        years=years,
        asker=small.bronagh.person,
        supplier="Hollis Supplies",
        purpose="equipment",
    )


def test_at_night_the_site_manager_is_nearest_until_opel_4(small: SmallSystem) -> None:
    before = answer(beds(small), at=NIGHT, seen_by=small.efua)

    assert before.headline == "Ask the site manager on call"
    assert "matron" in before.explanation
    assert "07:00" in before.explanation
    assert [face.name for face in before.faces] == ["Dilip Harsevar"]

    set_opel(small.party("fenmoor"), 4, by=small.dilip, at=NIGHT)
    after = answer(beds(small), at=NIGHT, seen_by=small.efua)

    assert after.headline == "You can"
    assert "6 beds" in after.explanation
    assert after.may_take


def test_seven_beds_are_past_the_nurse_even_at_opel_4(small: SmallSystem) -> None:
    set_opel(small.party("fenmoor"), 4, by=small.dilip, at=NIGHT)

    assert not answer(beds(small, 7), at=NIGHT, seen_by=small.efua).you_can


def test_a_level_is_set_by_those_who_may(small: SmallSystem) -> None:
    with pytest.raises(MayNotDeclare):
        set_opel(small.party("fenmoor"), 4, by=small.tomasz, at=NIGHT)
    with pytest.raises(NotValid):
        set_opel(small.party("fenmoor"), 5, by=small.dilip, at=NIGHT)

    assert answer(beds(small), at=NIGHT, seen_by=small.efua).headline == "Ask the site manager on call"


def test_a_systems_level_counts_for_its_members(small: SmallSystem) -> None:
    set_opel(small.party("marsh"), 4, by=small.callum, at=NIGHT)

    assert answer(beds(small), at=NIGHT, seen_by=small.efua).you_can


def test_dr_1_a_lease_counts_for_its_whole_life(small: SmallSystem) -> None:
    found = answer(order(small, "24000", years=5), at=MORNING, seen_by=small.bronagh)

    assert not found.you_can
    assert any("£24,000 a year for 5 years is £120,000" in words for words in found.reckoning)
    assert found.clause == "1.4"  # an executive, not the service lead


def test_dr_2_orders_for_one_purpose_add_up(small: SmallSystem) -> None:
    first = answer(order(small, "4900"), at=MORNING, seen_by=small.bronagh)
    assert first.you_can
    assert not first.splitting

    case = put_case(order(small, "4900"), by=small.bronagh, at=MORNING)
    decision = uuid4()
    commit_exposure(case, decision_id=decision, by=small.bronagh, at=MORNING)
    later = datetime(2026, 12, 3, 11, 0, tzinfo=UTC)
    second = answer(order(small, "4900"), at=later, seen_by=small.bronagh)

    assert not second.you_can
    assert second.splitting
    assert any("£9,800" in words for words in second.reckoning)
    assert second.clause == "1.2"

    reverse_exposure(decision, by=small.bronagh, at=later)
    assert answer(order(small, "4900"), at=later, seen_by=small.bronagh).you_can


def test_a_case_is_kept_with_its_route_and_recorded(small: SmallSystem) -> None:
    case = put_case(order(small, "4900"), by=small.bronagh, at=MORNING)

    assert case.route["clause"] == "1.1" or "1.1" in str(case.route)
    [line] = entries_about(case.pk)
    assert line.verb == "case.put"
    assert "asked who may decide" in line.words


def test_a_refused_case_leaves_no_trace(small: SmallSystem) -> None:
    with pytest.raises(NotValid):
        put_case(Question(matter="spend/castles", origin=small.unit("ward-7")), by=small.bronagh, at=MORNING)

    assert not Exposure.objects.exists()


def test_someone_without_a_post_asks_nothing(small: SmallSystem) -> None:
    nobody = Actor(ActorKind.PERSON, uuid4(), "someone with no post")
    with pytest.raises(NotFound):
        answer(beds(small), at=NIGHT, seen_by=nobody)


def test_two_organisations_get_a_joint_route(small: SmallSystem) -> None:
    question = Question(
        matter="service/move",
        origin=small.unit("ward-7"),
        affected=(small.unit("council"),),
        asker=small.bronagh.person,
    )
    found = answer(question, at=MORNING, seen_by=KEEPER)

    assert found.outcome == "joint"
    assert {part.party for part in found.parts} >= {"Fenmoor Hospitals", "Marsh County Council"}


def test_a_question_costs_a_bounded_number_of_statements(
    small: SmallSystem, django_assert_max_num_queries: object
) -> None:
    answer(order(small, "4900"), at=MORNING, seen_by=small.bronagh)  # lays the snapshot down
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        answer(order(small, "4900"), at=MORNING, seen_by=small.bronagh)


def test_a_purpose_is_the_same_however_it_is_spelled(small: SmallSystem) -> None:
    case = put_case(order(small, "4900"), by=small.bronagh, at=MORNING)
    commit_exposure(case, decision_id=uuid4(), by=small.bronagh, at=MORNING)

    again = answer(replace(order(small, "4900"), purpose=" EQUIPMENT "), at=LATER, seen_by=small.bronagh)

    assert not again.you_can
    assert "£9,800" in again.explanation


def test_what_was_reversed_later_counted_until_then(small: SmallSystem) -> None:
    decision = uuid4()
    case = put_case(order(small, "4900"), by=small.bronagh, at=MORNING)
    commit_exposure(case, decision_id=decision, by=small.bronagh, at=MORNING)
    reverse_exposure(decision, by=small.bronagh, at=LATER + timedelta(hours=1))

    assert not answer(order(small, "4900"), at=LATER, seen_by=small.bronagh).you_can
    assert answer(order(small, "4900"), at=LATER + timedelta(hours=1), seen_by=small.bronagh).you_can


def test_a_share_counts_for_its_whole_life_and_with_what_came_before(small: SmallSystem) -> None:
    case = put_case(order(small, "1000"), by=small.bronagh, at=MORNING)
    commit_exposure(case, decision_id=uuid4(), by=small.bronagh, at=MORNING)
    money = "exposure_gbp"
    fenmoor, council = small.party("fenmoor"), small.party("council")
    shared = replace(
        order(small, "3000", years=5),
        affected=(small.unit("council"),),
        shares={fenmoor: {money: Decimal(1000)}, council: {money: Decimal(2000)}},
    )

    weighed = asking.case_of(shared, at=LATER, taxonomy=asking.taxonomy_in_force(shared.origin, at=LATER))

    assert {party: share[money] for party, share in weighed.shares.items()} == {fenmoor: 6_000, council: 10_000}
