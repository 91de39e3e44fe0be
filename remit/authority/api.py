"""`POST /api/authority/route`: who may decide this, for machines."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from remit.authority.queries import answered
from remit.authority.queries.naming import person_named, unit_named
from remit.authority.rules.question import Question
from remit.kernel import clock
from remit.shell.api import REFUSALS, actor_of_request

router = Router(tags=["authority"])


class QuestionIn(Schema):
    """Who may decide this? Units by id, by `party/unit` or by name."""

    matter: str = Field(examples=["estate/open-beds"])
    unit: str = Field(examples=["fenmoor-hospitals/ward-7"])
    affects: list[str] = []
    quantities: dict[str, Decimal] = Field({}, examples=[{"beds": 4}])
    years: int = Field(1, ge=1, le=99)
    facts: list[str] = Field([], examples=[["risk-assessed"]])
    purpose: str = ""
    supplier: str = ""
    needed_by: datetime | None = None
    at: datetime | None = None
    as_person: str = Field("", description="Whose *You can* is meant; the caller, where empty.")


class AnswerOut(Schema):
    """The answer with its whole working."""

    headline: str
    explanation: str
    outcome: str
    clause: str
    you_can: bool

    model_config = ConfigDict(extra="allow")


@router.post("/route", response={200: AnswerOut, **REFUSALS}, summary="Who may decide this?")
def route(request: HttpRequest, question: QuestionIn) -> dict[str, Any]:
    """The nearest rightful holder, why, and every rung that was passed over. Nothing is stored."""
    at = question.at or clock.now()
    actor = actor_of_request(request)
    return answered(
        Question(
            matter=question.matter,
            origin=unit_named(question.unit, at=at),
            affected=tuple(unit_named(unit, at=at) for unit in question.affects),
            quantities=question.quantities,
            years=question.years,
            facts=frozenset(question.facts),
            purpose=question.purpose,
            supplier=question.supplier,
            needed_by=question.needed_by,
            asker=person_named(question.as_person) if question.as_person else actor.person,
        ),
        at=at,
        seen_by=actor,
    )
