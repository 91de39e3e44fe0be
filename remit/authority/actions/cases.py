"""Cases put, and what decisions on them commit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from remit.authority.models import Case, Exposure
from remit.authority.queries import asking
from remit.authority.queries.worlds import world
from remit.authority.rules.question import Question
from remit.authority.rules.routing import route
from remit.authority.rulings import question_of
from remit.kernel.actor import Actor
from remit.kernel.money import as_money
from remit.ledger.actions import action, nothing_to_change, record
from remit.network.models import Unit


@action
def put_case(question: Question, *, by: Actor, at: datetime) -> Case:
    """Keep a question with the route that it gets now.

    Raises: CannotRoute; NotValid, in the words of whoever asked.
    """
    taxonomy = asking.taxonomy_in_force(question.origin, at=at)
    matter = asking.matter_of(question, taxonomy)
    verdict = route(asking.case_of(question, at=at, taxonomy=taxonomy), world(at=at), at)
    origin = Unit.objects.select_related("organisation").get(pk=question.origin)
    case = Case.objects.create(
        party=origin.organisation,
        matter=question.matter,
        taxonomy=asking.version_of(taxonomy),
        origin=origin,
        quantities={code: str(amount) for code, amount in question.quantities.items()},
        years=question.years,
        facts=sorted(question.facts),
        shares={
            str(party): {code: str(amount) for code, amount in share.items()}
            for party, share in question.shares.items()
        },
        separable=question.separable,
        reversible=question.reversible,
        needed_by=question.needed_by,
        purpose=question.purpose,
        supplier=question.supplier,
        bears_id=question.bears or origin.pk,
        words=question.words or matter.title,
        asked_at=at,
        asked_by_id=by.person,
        asked_in_id=by.id if by.kind == "appointment" else None,
        route=verdict.as_data(),
    )
    case.affected.set(Unit.objects.filter(pk__in=question.affected))
    record(
        "case.put",
        subject=case,
        by=by,
        at=at,
        parties=asking.parties_of(question, at=at),
        facts={
            "matter": matter.title,
            "path": case.matter,
            "quantities": case.quantities,
            "years": case.years,
            "facts": case.facts,
            "route": {"outcome": verdict.outcome.value, "clauses": list(verdict.clauses)},
        },
        sealed={"words": case.words},
    )
    return case


@action
def commit_exposure(case: Case, *, decision_id: UUID, by: Actor, at: datetime) -> list[Exposure]:
    """Write what an agreed decision commits: its own whole amount, not what came before it.

    The caller holds the lock on the purpose, from `rulings.route_for` on.
    """
    own = asking.own_amounts(case)
    rows = [
        Exposure(
            party=case.party,
            bears=case.bears,
            matter=case.matter,
            purpose=asking.purpose_of(question_of(case)),
            supplier=case.supplier,
            quantity=code,
            amount=amount,
            decision_id=decision_id,
            committed_at=at,
        )
        for code, amount in own.items()
    ]
    if not rows:
        nothing_to_change()
        return []
    Exposure.objects.bulk_create(rows)
    for row in rows:
        _record("exposure.committed", row, by=by, at=at)
    return rows


@action
def reverse_exposure(decision_id: UUID, *, by: Actor, at: datetime) -> None:
    """Release what a decision committed: it counts no longer."""
    rows = list(Exposure.objects.filter(decision_id=decision_id, reversed_at=None))
    if not rows:
        nothing_to_change()
    for row in rows:
        row.reversed_at = at
        row.save(update_fields=["reversed_at"])
        _record("exposure.reversed", row, by=by, at=at)


def _record(verb: str, row: Exposure, *, by: Actor, at: datetime) -> None:
    words = (
        as_money(row.amount) if row.quantity.endswith("_gbp") else f"{Decimal(row.amount).normalize():f} {row.quantity}"
    )
    record(
        verb,
        subject=row,
        by=by,
        at=at,
        parties=[row.party_id],
        facts={
            "amount": words,
            "purpose": row.purpose or row.matter,
            "quantity": row.quantity,
            "decision": row.decision_id,
        },
    )
