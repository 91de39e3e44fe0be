"""Lists of decisions: what waits for me, what was decided around me, at a unit, and the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from remit.decisions.models import Asked, Decision
from remit.decisions.queries.audience import visible
from remit.decisions.queries.lines import DecisionLine, WaitingLine, lines, rows, waiting_line
from remit.decisions.rules.states import PUT, State
from remit.kernel import clock
from remit.kernel.actor import Actor
from remit.network.queries import present, uuid_of

PAGE = 25
MOST = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register is narrowed to. `text` is looked for in titles, `unit` holds all within it."""

    text: str = ""
    status: str = ""
    matter: str = ""
    unit: UUID | None = None
    party: UUID | None = None
    decided_by: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register, newest first."""

    lines: tuple[DecisionLine, ...]
    total: int
    page: int
    pages: int
    filters: Filters = field(default_factory=Filters)


def decisions_waiting_for(
    person: UUID | None, *, seen_by: Actor, at: datetime | None = None, most: int = MOST
) -> tuple[WaitingLine, ...]:
    """What waits for a person, oldest clock first; each decision once, for the first thing it waits for."""
    at = at or clock.now()
    if person is None:
        return ()
    waiting = list(
        Asked.objects.filter(person=person, ended_at=None)
        .exclude(decision__status=State.HALTED.value)
        .order_by(F("due_at").asc(nulls_last=True), "asked_at")[: most * 2]
    )
    first = {one.decision_id: one for one in reversed(waiting)}
    seen = rows().filter(visible(seen_by, at=at), pk__in=list(first))
    found = {one.id: one for one in lines(seen, at=at)}
    order = [one for one in waiting if first[one.decision_id] is one and one.decision_id in found]
    return tuple(waiting_line(one, found[one.decision_id], at=at) for one in order[:most])


def decisions_around(
    units: Iterable[UUID],
    *,
    seen_by: Actor,
    at: datetime | None = None,
    most: int = 10,
    within: timedelta | None = None,
) -> tuple[DecisionLine, ...]:
    """What was decided lately that concerns some units, or what lies in them, newest first."""
    at = at or clock.now()
    decided = _at_units(units, at=at).filter(visible(seen_by, at=at), decided_at__isnull=False, decided_at__lte=at)
    if within is not None:
        decided = decided.filter(decided_at__gt=at - within)
    return lines(decided.order_by("-decided_at", "-id")[:most], at=at)


def decided_at_unit(
    unit: UUID, *, seen_by: Actor, at: datetime | None = None, most: int = 10
) -> tuple[DecisionLine, ...]:
    """What was decided for one unit or for all it lies with, newest first."""
    return decisions_around([unit], seen_by=seen_by, at=at, most=most)


def open_at_unit(unit: UUID, *, seen_by: Actor, at: datetime | None = None, most: int = 10) -> tuple[DecisionLine, ...]:
    """What is put and waits to be decided for one unit, oldest first."""
    at = at or clock.now()
    waiting = _at_units([unit], at=at).filter(visible(seen_by, at=at), status__in=[state.value for state in PUT])
    return lines(waiting.order_by("proposed_at")[:most], at=at)


def last_on_matter(decision: Decision, *, seen_by: Actor, at: datetime, most: int = 5) -> tuple[DecisionLine, ...]:
    """The last decisions of an organisation on the same matter, and how they stand."""
    same = rows().filter(party=decision.party_id, matter=decision.matter, decided_at__isnull=False)
    return lines(same.filter(visible(seen_by, at=at)).exclude(pk=decision.pk).order_by("-decided_at")[:most], at=at)


def register(
    filters: Filters | None = None, *, seen_by: Actor, page: int = 1, at: datetime | None = None, size: int = PAGE
) -> Register:
    """One page of all that a reader may see. Drafts stand only in their own proposer's."""
    at = at or clock.now()
    chosen = filters or Filters()
    found = rows().filter(visible(seen_by, at=at)).filter(~Q(status=State.DRAFT.value) | Q(proposed_by=seen_by.person))
    if chosen.text:
        found = found.filter(Q(title__icontains=chosen.text) | Q(matter_title__icontains=chosen.text))
    if chosen.status:
        found = found.filter(status=chosen.status)
    if chosen.matter:
        found = found.filter(Q(matter=chosen.matter) | Q(matter__startswith=f"{chosen.matter}/"))
    if chosen.unit is not None:
        found = found.filter(pk__in=_at_units([chosen.unit], at=at).values("pk"))
    if chosen.party is not None:
        found = found.filter(party=chosen.party)
    if chosen.decided_by is not None:
        found = found.filter(decided_by=chosen.decided_by)
    if chosen.since is not None:
        found = found.filter(proposed_at__gte=chosen.since)
    if chosen.until is not None:
        found = found.filter(proposed_at__lt=chosen.until)
    total = found.count()
    pages = max(1, -(-total // size))
    number = min(max(page, 1), pages)
    start = (number - 1) * size
    return Register(lines(found[start : start + size], at=at), total, number, pages, chosen)


def _at_units(units: Iterable[UUID], *, at: datetime) -> QuerySet[Decision]:
    """Decisions that concern some units, or what lies within them."""
    tree = present(at=at).tree
    inside = {
        uuid_of(tree.ids[number]) for unit in units if unit in tree.number for number in tree.inside(tree.number[unit])
    }
    through = Decision.units.through.objects.filter(unit_id__in=inside)
    return rows().filter(pk__in=through.values("decision_id"))
