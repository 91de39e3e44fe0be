"""Whom a clause names beside its holder: to consult, to inform, to confirm, to ratify, to be reported to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remit.authority.rules.case import Id
from remit.authority.rules.holders import NOWHERE, spec, unit_for
from remit.authority.rules.places import spec_words
from remit.authority.rules.scheme import Holder
from remit.network.rules.moments import as_moment, epoch
from remit.network.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a clause names, in words and by id. `people` fill the posts, or sit in the body, at the moment."""

    words: str
    people: tuple[UUID, ...]
    body: UUID | None = None
    post: UUID | None = None
    next_sitting: datetime | None = None


def named(holder: Holder, *, snapshot: Snapshot, party: Id, unit: int, clause: str, at: datetime) -> Named:
    """Find a holder named by a clause.

    Args:
        party: whose scheme the clause stands in.
        unit: number of the unit from which the holder is looked for, upwards; -1 for nowhere.
    Raises: CannotRoute, where the network has no such role, unit or body.
    """
    second = epoch(at)
    found = spec(holder, snapshot=snapshot, party=party, clause=clause)
    said = spec_words(found, holder.role_group, snapshot)
    if found.body is not None:
        sits = sorted(one for one in snapshot.bodies.sittings.get(found.body.id, ()) if one > second)
        return Named(
            words=f"the {_lowered(found.body.name)}",
            people=_seated(found.body.id, snapshot, second),
            body=_uuid(found.body.id),
            next_sitting=as_moment(sits[0]) if sits else None,
        )
    where = unit_for(found, unit, snapshot) if unit >= 0 or found.unit >= 0 else NOWHERE
    posts = [post for role in found.roles for post in snapshot.staffing.posts(where, role)] if where >= 0 else []
    people: dict[UUID, None] = {}
    for post in posts:
        for seat in snapshot.staffing.seats(post):
            person = _uuid(snapshot.staffing.person_ids[seat.person])
            if seat.starts <= second < seat.ends and snapshot.presence.back(seat.person, seat.id, second) == second:
                people.setdefault(person)
    place = snapshot.tree.names[where] if where >= 0 else ""
    words = f"the {_lowered(said)}"
    return Named(
        words=f"{words}, {place}" if place else words,
        people=tuple(people),
        post=_uuid(snapshot.staffing.post_ids[posts[0]]) if len(posts) == 1 else None,
    )


def members(body: UUID, snapshot: Snapshot, *, at: datetime) -> tuple[UUID, ...]:
    """Who sits in a body at a moment."""
    return _seated(body, snapshot, epoch(at))


def _lowered(name: str) -> str:
    """A name inside a sentence: *Matron* becomes *matron*, *ICU lead* stays."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"


def _seated(body: object, snapshot: Snapshot, second: int) -> tuple[UUID, ...]:
    people: dict[UUID, None] = {}
    for seat in snapshot.bodies.seats.get(body, ()):
        if not seat.starts <= second < seat.ends:
            continue
        if seat.person >= 0:
            people.setdefault(_uuid(snapshot.staffing.person_ids[seat.person]))
        elif seat.post >= 0:
            for filled in snapshot.staffing.seats(seat.post):
                if filled.starts <= second < filled.ends and filled.kind < 2:
                    people.setdefault(_uuid(snapshot.staffing.person_ids[filled.person]))
    return tuple(people)


def _uuid(given: object) -> UUID:
    return given if isinstance(given, UUID) else UUID(str(given))
