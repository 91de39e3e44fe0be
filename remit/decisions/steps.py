"""The steps that a page offers: for each move of the table, its form and its action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from remit.decisions import actions
from remit.decisions.forms import (
    AdviceForm,
    AskForm,
    ConfirmForm,
    MadeOfItForm,
    NothingForm,
    PlainForm,
    ReasonForm,
    ReviewForm,
    SignForm,
    TakeForm,
)
from remit.decisions.queries import DecisionPage
from remit.decisions.queries.people import could_advise
from remit.kernel.actor import Actor
from remit.shell.guarded import GuardedForm


@dataclass(frozen=True, slots=True)
class Step:
    """A move as a form on a page.

    Args:
        agree, refuse: what the two buttons say, where there are two.
        kind: how the button looks: a warning for what stops or undoes.
    """

    form: type[GuardedForm]
    action: Callable[..., Any]
    agree: str = ""
    refuse: str = ""
    kind: str = ""


STEPS = {
    "put_forward": Step(PlainForm, actions.put_forward),
    "take_decision": Step(TakeForm, actions.take_decision, "Agree", "Decline"),
    "co_sign": Step(SignForm, actions.co_sign, "Sign as well", "Do not sign"),
    "confirm": Step(ConfirmForm, actions.confirm, "Confirm", "Refuse"),
    "ratify": Step(ConfirmForm, actions.ratify, "It was ratified", "It was refused"),
    "give_advice": Step(AdviceForm, actions.give_advice),
    "decline_to_advise": Step(NothingForm, actions.decline_to_advise),
    "ask_advice": Step(AskForm, actions.ask_advice),
    "say_what_was_made_of_it": Step(MadeOfItForm, actions.say_what_was_made_of_it),
    "escalate": Step(ReasonForm, actions.escalate),
    "dispute": Step(ReasonForm, actions.dispute),
    "settle": Step(ReasonForm, actions.settle),
    "withdraw": Step(ReasonForm, actions.withdraw, kind="warning"),
    "bring_into_effect": Step(PlainForm, actions.bring_into_effect),
    "review": Step(ReviewForm, actions.review),
    "reverse": Step(ReasonForm, actions.reverse, kind="warning"),
    "halt": Step(ReasonForm, actions.halt, kind="warning"),
    "resume": Step(ReasonForm, actions.resume),
}


def form_of(name: str, page: DecisionPage, *, seen_by: Actor, at: datetime, data: Any = None) -> GuardedForm:
    """The form of a step, for the page of one decision."""
    form = STEPS[name].form
    options: dict[str, Any] = {"auto_id": f"{name}-%s"}  # several forms stand on one page
    if form is TakeForm:
        options["consults"] = bool(page.waits_for_advice)
    if form is AskForm:
        options["people"] = could_advise(page.id, seen_by=seen_by, at=at)
    return form(data, **options)


def given(form: GuardedForm) -> dict[str, Any]:
    """What a valid form gives to its action."""
    return {name: value for name, value in form.cleaned_data.items() if name not in ("take_out", "answer")}
