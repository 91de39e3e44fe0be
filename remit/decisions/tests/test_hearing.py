"""Proposing, changing words, asking and answering: what each changes, records and refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from remit.authority.models import Case
from remit.decisions import actions
from remit.decisions.actions import writing
from remit.decisions.errors import NotEntitled, NotYourMove
from remit.decisions.models import Asked, Consultation, Decision, Signature
from remit.decisions.queries import (
    decided_at_unit,
    decision_page,
    decisions_around,
    decisions_waiting_for,
    open_at_unit,
)
from remit.decisions.rules.states import State
from remit.decisions.tests.world import DIRECTOR, LATER, LEAD, MANAGER, NOON, opened, proposal
from remit.kernel.actor import KEEPER
from remit.kernel.errors import NotFound, NotValid
from remit.ledger.queries import count_entries, entries_about
from remit.promises.models import Promise

NHS = "943 476 5919"


def words_of(decision):
    return [entry.words for entry in entries_about(decision.pk)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 161},
        {"why": f"For {NHS}"},
        {"what": "x" * 4_001},
        {"expires_at": NOON - timedelta(days=1)},
        {"review_on": (NOON - timedelta(days=1)).date()},
        {"act": "no-such-act"},
        {"act": "adopt-scheme"},  # of another matter
    ],
)
def test_what_cannot_be_proposed_leaves_nothing(world, wrong):
    before = count_entries()
    with pytest.raises(NotValid):
        opened(world, world.order(10), **wrong)

    assert not Case.objects.exists()
    assert count_entries() == before


def test_only_people_propose(world):
    with pytest.raises(NotValid):
        actions.open_decision(world.order(10), proposal(), by=KEEPER, at=NOON)


def test_a_draft_asks_nobody_until_it_is_put_forward(world):
    draft = actions.open_decision(world.order(9_000), proposal(), by=world[MANAGER], at=NOON, as_draft=True)
    assert not Asked.objects.exists()
    with pytest.raises(NotYourMove):
        actions.put_forward(draft.pk, by=world[LEAD], at=NOON)

    assert actions.put_forward(draft.pk, by=world[MANAGER], at=NOON).state is State.OPEN
    assert Asked.objects.filter(part="decide").count() == 2


def test_words_change_and_earlier_ones_stay_in_the_record(world):
    decision = opened(world, world.order(9_000))

    actions.amend(decision.pk, by=world[MANAGER], at=LATER, why="Stock ends on Thursday.")
    for wrong in ({"why": f"For {NHS}"}, {"why": "Stock ends on Thursday."}, {"matter": "other"}):
        with pytest.raises(NotValid):
            actions.amend(decision.pk, by=world[MANAGER], at=LATER, **wrong)
    with pytest.raises(NotYourMove):
        actions.amend(decision.pk, by=world[LEAD], at=LATER, why="Mine.")

    decision.refresh_from_db()
    assert decision.why == "Stock ends on Thursday."
    assert words_of(decision)[-1] == "Ward manager, Ward 7 changed the wording of Order dressings for Ward 7: why."


def test_withdrawn_it_waits_for_nobody(world):
    decision = opened(world, world.order(9_000))
    with pytest.raises(NotValid):
        actions.withdraw(decision.pk, reason=" ", by=world[MANAGER], at=LATER)

    assert actions.withdraw(decision.pk, reason="Found some.", by=world[MANAGER], at=LATER).state is State.WITHDRAWN
    assert decisions_waiting_for(world.person(LEAD), seen_by=world[LEAD], at=LATER) == ()


def test_asked_answered_and_told_what_was_made_of_it(world):
    decision = opened(world, world.order(9_000))
    with pytest.raises(NotEntitled):
        actions.ask_advice(decision.pk, whom=world.person("procurement"), by=world["clerk"], at=NOON)
    asked = actions.ask_advice(
        decision.pk,
        whom=world.person("procurement"),
        question="Is there a contract?",
        standing="options",
        by=world[LEAD],
        at=NOON,
    )
    with pytest.raises(NotValid):
        actions.ask_advice(decision.pk, whom=world.person("procurement"), by=world[LEAD], at=NOON)

    [waiting] = decisions_waiting_for(world.person("procurement"), seen_by=world["procurement"], at=NOON)
    assert waiting.words == "Your advice is asked for"
    assert waiting.clock is not None
    assert waiting.clock.due_at == asked.due_at
    actions.give_advice(
        decision.pk, said_words="Yes, until May.", position="for", by=world["procurement"], at=LATER, whom=asked.pk
    )
    actions.say_what_was_made_of_it(
        decision.pk,
        consultation=asked.pk,
        made_of_it="Ordered under it.",
        changed_something=True,
        by=world[LEAD],
        at=LATER,
    )
    with pytest.raises(NotValid):
        actions.say_what_was_made_of_it(
            decision.pk, consultation=asked.pk, made_of_it="x", changed_something=True, by=world[LEAD], at=LATER
        )

    [line] = decision_page(decision.pk, seen_by=world["procurement"], at=LATER).advice
    assert (line.position, line.said, line.changed, line.made_of_it) == (
        "For it",
        "Yes, until May.",
        "It changed something",
        "Ordered under it.",
    )
    assert "which changed something: Ordered under it." in words_of(decision)[-1]


def test_advice_unasked_and_refused(world):
    decision, clerk = opened(world, world.order(9_000)), world["clerk"]

    given = actions.give_advice(
        decision.pk, said_words="There is stock.", position="against", by=world["clerk"], at=NOON
    )

    assert given.kind == Consultation.Kind.OFFERED
    for words, position in ((f"For {NHS}", "for"), ("x", "perhaps"), (" ", "for")):
        with pytest.raises(NotValid):
            actions.give_advice(decision.pk, said_words=words, position=position, by=clerk, at=NOON)
    with pytest.raises(NotYourMove):
        actions.decline_to_advise(decision.pk, by=world["clerk"], at=NOON)
    with pytest.raises(NotFound):
        actions.give_advice(decision.pk, said_words="x", position="for", by=world["other-manager"], at=NOON)


def test_what_was_decided_around_and_at_a_unit(world):
    ward, division = world.units["ward-7"].pk, world.units["fenmoor-medicine"].pk
    assert decided_at_unit(ward, seen_by=world[MANAGER], at=NOON) == ()
    decision = opened(world, world.order(10))
    assert [line.id for line in open_at_unit(ward, seen_by=world[MANAGER], at=NOON)] == [decision.pk]
    actions.take_decision(decision.pk, agreed=True, by=world[MANAGER], at=NOON)

    assert [line.id for line in decided_at_unit(ward, seen_by=world[MANAGER], at=LATER)] == [decision.pk]
    assert [line.id for line in decisions_around([division], seen_by=world[DIRECTOR], at=LATER)] == [decision.pk]
    assert decisions_around([division], seen_by=world["other-manager"], at=LATER) == ()
    late = timedelta(minutes=30)
    assert decisions_around([division], seen_by=world[DIRECTOR], at=LATER, within=late) == ()


CRASHES: dict[str, tuple[str, dict[str, Any]]] = {
    "amend": (MANAGER, {"why": "Other."}),
    "withdraw": (MANAGER, {"reason": "x"}),
    "ask_advice": (LEAD, {}),
    "give_advice": ("clerk", {"said_words": "x", "position": "for"}),
    "decline_to_advise": ("procurement", {}),
    "say_what_was_made_of_it": (LEAD, {"made_of_it": "x", "changed_something": False}),
    "take_decision": (LEAD, {"agreed": True}),
    "escalate": (MANAGER, {"reason": "x"}),
    "dispute": ("clerk", {"reason": "x"}),
    "halt": ("clerk", {"reason": "x"}),
}


def everything():
    """All rows of the app, and how many entries and promises there are."""
    return [list(model.objects.order_by("pk").values()) for model in (Decision, Consultation, Asked, Signature)] + [
        count_entries(),
        Promise.objects.count(),
    ]


@pytest.mark.parametrize("name", list(CRASHES))
def test_a_crash_before_the_entry_leaves_everything_as_it_was(world, monkeypatch, name):
    decision = opened(world, world.order(9_000))
    heard = actions.give_advice(decision.pk, said_words="x", position="for", by=world["clerk"], at=NOON)
    if name == "decline_to_advise":
        actions.ask_advice(decision.pk, whom=world.person("procurement"), by=world[LEAD], at=NOON)
    who, given = CRASHES[name]
    extra: dict[str, dict[str, Any]] = {
        "ask_advice": {"whom": world.person("procurement")},
        "say_what_was_made_of_it": {"consultation": heard.pk},
    }
    before = everything()

    def crash(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "record", crash)
    with pytest.raises(KeyboardInterrupt):
        getattr(actions, name)(decision.pk, by=world[who], at=LATER, **given, **extra.get(name, {}))

    assert everything() == before
