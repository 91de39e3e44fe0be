"""`POST /api/authority/route`: who may decide this, for machines."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import AfterValidator, ConfigDict

from remit.authority.queries import answered
from remit.authority.queries.naming import moment_asked, party_named, person_named, unit_named
from remit.authority.rules.question import Question
from remit.kernel import clock
from remit.kernel.errors import NotValid
from remit.kernel.money import MOST
from remit.shell.api import REFUSALS, actor_of_request

router = Router(tags=["authority"])


NO_NUL = r"^[^\x00]*$"
Name = Annotated[str, Field(max_length=200, pattern=NO_NUL)]


def _meant(moment: datetime) -> datetime:
    try:
        return moment_asked(moment) or moment
    except NotValid as refusal:
        raise ValueError(refusal.words()) from None


Moment = Annotated[datetime, AfterValidator(_meant)]
Amount = Annotated[Decimal, Field(ge=0, le=MOST, max_digits=17, decimal_places=4)]


class QuestionIn(Schema):
    """Who may decide this? Units by id, by `party/unit` or by name; a moment without an offset is in UK time."""

    matter: Name = Field(examples=["estate/open-beds"])
    unit: Name = Field(examples=["fenmoor-hospitals/ward-7"])
    affects: list[Name] = Field([], max_length=40)
    quantities: dict[Name, Amount] = Field({}, examples=[{"beds": 4}], max_length=12)
    years: int = Field(1, ge=1, le=99)
    facts: list[Name] = Field([], examples=[["risk-assessed"]], max_length=40)
    purpose: str = Field("", max_length=60, pattern=NO_NUL)
    supplier: str = Field("", max_length=160, pattern=NO_NUL)
    needed_by: Moment | None = None
    at: Moment | None = None
    shares: dict[Name, dict[Name, Amount]] = Field(
        {}, max_length=40, description="Between several organisations, by code: each one's own part of a quantity."
    )
    separable: bool = Field(False, description="Whether those who agree may go ahead without the others.")
    as_person: Name = Field("", description="Whose *You can* is meant; the caller, where empty.")

    def asked(self, asker: UUID | None, *, at: datetime) -> Question:
        """The question meant. Raises: NotValid, naming a unit or organisation that is not there."""
        return Question(
            matter=self.matter,
            origin=unit_named(self.unit, at=at),
            affected=tuple(unit_named(unit, at=at) for unit in self.affects),
            quantities=self.quantities,
            years=self.years,
            facts=frozenset(self.facts),
            purpose=self.purpose,
            supplier=self.supplier,
            needed_by=self.needed_by,
            shares={party_named(code): share for code, share in self.shares.items()},
            separable=self.separable,
            asker=asker,
        )


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
    now = clock.now()
    at = question.at or now
    actor = actor_of_request(request)
    return answered(
        question.asked(person_named(question.as_person) if question.as_person else actor.person, at=at),
        at=at,
        seen_by=actor,
        now=now,
    )
