"""A decision stands under the scheme of its day. Source: domain notes, DR-8."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from remit.authority.actions import draft_scheme
from remit.authority.models import SchemeVersion
from remit.decisions import actions
from remit.decisions.errors import NotEntitled
from remit.decisions.rules.states import State
from remit.decisions.tests.world import APPS, CHIEF, LEAD, MANAGER, opened
from remit.kernel.actor import KEEPER
from remit.ledger.queries import entries_about
from remit.shell import acts

LAST_DAY = datetime(2027, 3, 31, 11, 0, tzinfo=UTC)
FIRST_DAY = datetime(2027, 4, 1, 11, 0, tzinfo=UTC)
IN_FORCE = datetime(2027, 3, 31, 23, 0, tzinfo=UTC)  # midnight of 1 April in London


@pytest.fixture
def second_edition(world):
    """The same scheme with £2,000 for ward managers, adopted in March to hold from 1 April."""
    text = (APPS / "authority/data/schemes/acute-trust-2026.toml").read_text()
    text = text.replace('edition = "2026"', 'edition = "2027"', 1).replace(
        "exposure_gbp = 5_000 ", "exposure_gbp = 2_000 ", 1
    )
    draft = draft_scheme(world.parties["fenmoor"].pk, text, file="acute-trust", by=KEEPER, at=LAST_DAY)
    return draft


def adopt(world, draft):
    """As the decision of the board does when it stands."""
    given = {"scheme_id": str(draft.pk), "starts_at": IN_FORCE.isoformat()}
    acts.run("adopt-scheme", given, strength=acts.Strength(draft.pk, draft.pk), by=world[CHIEF], at=LAST_DAY)


def test_the_decision_of_the_last_day_stays_valid(world, second_edition):
    adopt(world, second_edition)
    last = opened(world, world.order(4_900, purpose="Medicines"), at=LAST_DAY, review_on=FIRST_DAY.date())
    last = actions.take_decision(last.pk, agreed=True, by=world[MANAGER], at=LAST_DAY, in_effect=True)
    first = opened(world, world.order(4_900, purpose="Training"), at=FIRST_DAY, review_on=FIRST_DAY.date())
    with pytest.raises(NotEntitled):
        actions.take_decision(first.pk, agreed=True, by=world[MANAGER], at=FIRST_DAY)
    first = actions.take_decision(first.pk, agreed=True, by=world[LEAD], at=FIRST_DAY)

    last.refresh_from_db()
    assert (last.state, last.scheme) == (State.IN_EFFECT, "acute-trust 2026")
    assert (first.state, first.scheme) == (State.AGREED, "acute-trust 2027")
    actions.review(last.pk, outcome="keep", happened="As foreseen.", by=world[MANAGER], at=FIRST_DAY)


def test_a_question_put_before_and_decided_after_goes_by_the_new_scheme(world, second_edition):
    decision = opened(world, world.order(4_900), at=LAST_DAY, review_on=FIRST_DAY.date())
    adopt(world, second_edition)

    taken = actions.take_decision(decision.pk, agreed=True, by=world[LEAD], at=FIRST_DAY + timedelta(minutes=5))

    assert taken.scheme == "acute-trust 2027"


def test_an_act_is_run_in_the_closing_transaction(world, second_edition, monkeypatch):
    """Any matter's decision may carry an act; here one that a ward manager can take."""
    run = []
    act = acts.Act("test-act", "spend/revenue/budgeted", lambda **given: run.append(given), lambda **given: "does it")
    monkeypatch.setitem(acts._acts, act.name, act)
    decision = opened(
        world, world.order(10), act="test-act", terms={"word": "x"}, at=LAST_DAY, review_on=FIRST_DAY.date()
    )

    actions.take_decision(decision.pk, agreed=True, by=world[MANAGER], at=LAST_DAY)

    [given] = run
    closing = [entry for entry in entries_about(decision.pk) if entry.verb == "decision.agreed"]
    assert (given["word"], given["strength"]) == ("x", acts.Strength(decision.pk, closing[0].id))
    assert SchemeVersion.objects.get(pk=second_edition.pk).status == "draft"
