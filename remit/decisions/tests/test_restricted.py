"""A matter that the taxonomy restricts: what is decided on it is seen only by those whom it ties."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from remit.authority.rules.question import Question
from remit.decisions.actions import open_decision
from remit.decisions.queries import decision_page
from remit.decisions.queries.lists import register
from remit.decisions.rules.proposal import Proposal
from remit.kernel.errors import NotFound
from remit.testing.small_system import MORNING, SmallSystem


def test_a_dismissal_is_not_for_the_whole_hospital(small: SmallSystem) -> None:
    question = Question(
        matter="workforce/dismiss",
        origin=small.unit("ward-7"),
        quantities={"people": Decimal(1)},
        facts=frozenset({"panel-held"}),
        asker=small.bronagh.person,
    )
    proposal = Proposal(
        title="End an appointment after the hearing",
        what="End it with notice on the first of the month",
        why="The panel found gross misconduct",
        measure="Hearing papers complete",
        expected="Complete",
        review_on=(MORNING + timedelta(days=30)).date(),
    )
    decision = open_decision(question, proposal, by=small.bronagh, at=MORNING)

    assert decision.restricted
    assert decision_page(decision.pk, seen_by=small.bronagh, at=MORNING)
    with pytest.raises(NotFound):
        decision_page(decision.pk, seen_by=small.sunita, at=MORNING)
    assert register(seen_by=small.sunita, at=MORNING).total == 0
