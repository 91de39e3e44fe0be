"""`/api/decisions`: the register, one decision, proposing and deciding, for machines. The same actions as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from remit.authority.api import QuestionIn
from remit.decisions import actions, queries
from remit.decisions.rules.proposal import LINE_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Proposal
from remit.decisions.rules.states import State
from remit.kernel import clock
from remit.shell.api import REFUSALS, actor_of_request

router = Router(tags=["decisions"])


class DecisionLineOut(Schema):
    """A decision in a list."""

    id: UUID
    title: str
    status: State
    sentence: str = Field(examples=["Agreed by Ada Ng, ward manager, Ward 7, at 02:14, alone, under clause 4.2."])
    unit: str
    unit_id: UUID
    matter: str
    at: datetime
    address: str
    made_up: bool


class RegisterOut(Schema):
    """One page of the register, newest first."""

    total: int
    page: int
    pages: int
    decisions: list[DecisionLineOut] = Field(alias="lines")


class AdviceOut(Schema):
    """Somebody asked or heard."""

    id: UUID
    whom: str
    question: str
    answered: str
    position: str
    said: str
    declined: bool
    made_of_it: str


class FactOut(Schema):
    key: str
    value: str


class SignatureOut(Schema):
    name: str
    post: str
    note: str


class PromiseOut(Schema):
    id: UUID
    words: str
    made_by: str
    owed_to: str
    due_at: datetime
    status: str


class HistoryOut(Schema):
    at: datetime
    words: str


class MoveOut(Schema):
    """A step that the caller may take now."""

    name: str
    says: str


class DecisionOut(Schema):
    """One decision, with all that its page shows."""

    id: UUID
    title: str
    status: State = Field(alias="state")
    sentence: str
    what: list[str]
    why: list[str]
    because: list[str]
    options: list[str]
    would_show: list[FactOut]
    happened: list[str]
    next: list[str]
    route: str
    facts: list[FactOut]
    advice: list[AdviceOut]
    signatures: list[SignatureOut]
    informed: str
    promises: list[PromiseOut]
    history: list[HistoryOut]
    moves: list[MoveOut]
    entry: int | None = Field(None, description="The number of its last entry in the record.")
    made_up: bool
    restricted: bool

    @staticmethod
    def resolve_entry(page: Any) -> int | None:
        return page.proof.entry if getattr(page, "proof", None) else None


class ProposalIn(Schema):
    """What is put, and what is proposed."""

    question: QuestionIn
    title: str = Field(min_length=1, max_length=TITLE_LENGTH)
    what: str = Field("", max_length=TEXT_LENGTH)
    why: str = Field("", max_length=TEXT_LENGTH)
    options: str = Field("", max_length=TEXT_LENGTH)
    measure: str = Field("", max_length=LINE_LENGTH)
    baseline: str = Field("", max_length=LINE_LENGTH // 2)
    expected: str = Field("", max_length=LINE_LENGTH)
    review_on: date | None = None
    expires_at: AwareDatetime | None = None
    supersedes: UUID | None = None
    restricted: bool = False
    as_draft: bool = False


class TakeIn(Schema):
    """Agree, or decline with a reason."""

    agreed: bool
    because: str = Field("", max_length=TEXT_LENGTH)
    urgent_because: str = Field("", max_length=TEXT_LENGTH)
    in_effect: bool = False


@router.get("", response={200: RegisterOut, **REFUSALS}, summary="The register")
def register(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=80)] = "",
    status: State | None = None,
    matter: Annotated[str, Query(max_length=120)] = "",
    unit: UUID | None = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> queries.Register:
    """Every decision that the caller may see, newest first."""
    filters = queries.Filters(text=q.strip(), status=status.value if status else "", matter=matter, unit=unit)
    return queries.register(filters, seen_by=actor_of_request(request), page=page)


@router.get("/{uuid:decision_id}", response={200: DecisionOut, **REFUSALS}, summary="One decision")
def show(request: HttpRequest, decision_id: UUID) -> queries.DecisionPage:
    """One decision. 404 where it is not for the caller to see."""
    return queries.decision_page(decision_id, seen_by=actor_of_request(request))


@router.post("", response={201: DecisionOut, **REFUSALS}, summary="Propose something")
def propose(request: HttpRequest, given: ProposalIn) -> Status[queries.DecisionPage]:
    """Put a question to whoever may decide it, with what is proposed. 422 not-valid."""
    at, by = clock.now(), actor_of_request(request)
    decision = actions.open_decision(
        given.question.asked(by.person, at=at),
        Proposal(**given.dict(exclude={"question", "as_draft"})),
        by=by,
        at=at,
        as_draft=given.as_draft,
    )
    return Status(201, queries.decision_page(decision.pk, seen_by=by, at=at))


@router.post("/{uuid:decision_id}/take", response={200: DecisionOut, **REFUSALS}, summary="Agree or decline")
def take(request: HttpRequest, decision_id: UUID, given: TakeIn) -> queries.DecisionPage:
    """Decide. 403 not-entitled, with who may; 409 wrong-state, route-moved, advice-wanting, decided-together."""
    at, by = clock.now(), actor_of_request(request)
    actions.take_decision(decision_id, by=by, at=at, **given.dict())
    return queries.decision_page(decision_id, seen_by=by, at=at)
