"""One version for each change, and a new edition for each change of a tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from remit.network.models import Change, Edition, Numbering, State, Unit
from remit.network.queries.snapshots import let_go


def note(kind: str, rows: Iterable[UUID | None] = (None,), *, removed: bool = False) -> int:
    """Count one version up and say what it changed. Holds the state row until commit.

    INVARIANT: versions are committed in order, so whoever has read version n has missed none before it.
    """
    states = State.objects.select_for_update() if connection.features.has_select_for_update else State.objects
    state, _ = states.get_or_create(pk=1)
    state.version += 1
    state.save(update_fields=["version"])
    let_go()
    Change.objects.bulk_create([Change(version=state.version, kind=kind, row_id=row, removed=removed) for row in rows])
    return state.version


def renumber(*, at: datetime) -> Edition:
    """Number every open unit in pre-order and keep it as an edition of its own."""
    version = note(Change.Kind.ALL)
    edition = Edition.objects.create(number=version, made_at=at)
    units = list(
        Unit.objects.filter(closed_at=None)
        .order_by("organisation_id", "position", "name", "id")
        .values_list("id", "parent_id")
    )
    children: dict[UUID | None, list[UUID]] = {}
    for unit, parent in units:
        children.setdefault(parent, []).append(unit)
    first: dict[UUID, int] = {}
    last: dict[UUID, int] = {}
    ahead: list[tuple[UUID, bool]] = [(unit, False) for unit in reversed(children.get(None, []))]
    n = 0
    while ahead:
        unit, done = ahead.pop()
        if done:
            last[unit] = n - 1
            continue
        first[unit], n = n, n + 1
        ahead.append((unit, True))
        ahead += [(child, False) for child in reversed(children.get(unit, []))]
    Numbering.objects.bulk_create(
        [Numbering(edition=edition, unit_id=unit, first=first[unit], last=last[unit]) for unit in first],
        batch_size=2000,
    )
    return edition
