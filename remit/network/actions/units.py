"""Units: opened, moved, closed. Each makes an edition of the trees."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from remit.kernel.actor import Actor
from remit.kernel.errors import NotValid
from remit.ledger.actions import action, nothing_to_change, record
from remit.network.actions.versions import renumber
from remit.network.models import Appointment, Unit
from remit.network.rulings import require_keeper

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@action
def open_unit(parent_id: UUID, *, kind: str, code: str, name: str, by: Actor, at: datetime) -> Unit:
    """Open a unit inside another.

    Raises: NotKeeper; NotValid, where the organisation has a unit of this code, the code
        cannot stand in an address, or the parent is closed.
    """
    parent = Unit.objects.get(pk=parent_id)
    require_keeper(by, parent.organisation_id, at=at)
    _require_open(parent)
    if not CODE.fullmatch(code):
        raise NotValid("A code is made of letters, digits and hyphens, 60 at most, as in ward-7.", code="is not one")
    if not name.strip() or not kind.strip():
        raise NotValid("A unit has a name and a kind.", name="is empty", kind="is empty")
    if Unit.objects.filter(organisation=parent.organisation_id, code=code).exists():
        raise NotValid(f"There is a unit with the code “{code}” already.", code="is taken")
    place = parent.children.count()
    unit = Unit.objects.create(
        organisation_id=parent.organisation_id, parent=parent, kind=kind, code=code, name=name, position=place
    )
    renumber(at=at)
    _record("network.unit-opened", unit, by=by, at=at, parent=parent.name, kind=kind)
    return unit


@action
def move_unit(unit_id: UUID, *, into: UUID, by: Actor, at: datetime) -> Unit:
    """Move a unit, with all inside it, under another parent of the same organisation.

    Raises: NotKeeper; NotValid, where it would lie inside itself or a closed unit, or leave its organisation.
    """
    unit = Unit.objects.select_related("parent").get(pk=unit_id)
    parent = Unit.objects.get(pk=into)
    require_keeper(by, unit.organisation_id, at=at)
    if unit.parent is None or parent.organisation_id != unit.organisation_id:
        raise NotValid("A unit can only move within its own organisation.")
    _require_open(unit)
    _require_open(parent)
    if unit.parent_id == into:
        nothing_to_change()
        return unit
    above: Unit | None = parent
    while above is not None:
        if above.pk == unit.pk:
            raise NotValid(f"{unit.name} cannot lie inside itself.")
        above = above.parent
    was = unit.parent.name
    unit.parent, unit.position = parent, parent.children.count()
    unit.save(update_fields=["parent", "position"])
    renumber(at=at)
    _record("network.unit-moved", unit, by=by, at=at, was=was, parent=parent.name)
    return unit


@action
def close_unit(unit_id: UUID, *, by: Actor, at: datetime) -> Unit:
    """Close a unit that holds no open units and nobody in post.

    Raises: NotKeeper; NotValid, naming what still stands in the way.
    """
    unit = Unit.objects.get(pk=unit_id)
    require_keeper(by, unit.organisation_id, at=at)
    _require_open(unit)
    if unit.parent_id is None:
        raise NotValid("The organisation itself is closed as an organisation, not as a unit.")
    if unit.children.filter(closed_at=None).exists():
        raise NotValid(f"{unit.name} still has open units inside it. Move or close them first.")
    if Appointment.objects.filter(post__unit=unit, starts_at__lte=at).exclude(ends_at__lte=at).exists():
        raise NotValid(f"{unit.name} still has people in post. End or move their appointments first.")
    unit.closed_at = at
    unit.save(update_fields=["closed_at"])
    renumber(at=at)
    _record("network.unit-closed", unit, by=by, at=at)
    return unit


def _require_open(unit: Unit) -> None:
    if unit.closed_at is not None:
        raise NotValid(f"{unit.name} is closed.", unit="is closed")


def _record(verb: str, unit: Unit, *, by: Actor, at: datetime, **facts: str) -> None:
    record(verb, subject=unit, by=by, at=at, parties=[unit.organisation_id], facts={"name": unit.name, **facts})
