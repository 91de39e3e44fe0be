"""Where a question can be asked from: one's own units first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from remit.kernel.actor import Actor
from remit.network.access import sight_of
from remit.network.queries import present, uuid_of
from remit.network.rules.moments import epoch

MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to ask from, as a person knows it."""

    unit_id: UUID
    words: str


def places_for(seen_by: Actor, *, at: datetime, unit_id: UUID | None = None) -> list[Place]:
    """The units that someone may ask for: those they act in, then the rest of their organisations.

    At most `MOST_PLACES`; any other unit is asked for from its own page, by its id.

    Args:
        unit_id: a unit already chosen; it comes first, and its organisation's units with it.
    """
    snapshot, sight = present(at=at), sight_of(seen_by, at=at)
    if not sight.organisations and not sight.keeper:
        return []  # an address with a unit in it opens nothing to someone without a post
    tree = snapshot.tree
    first: list[int] = []
    if unit_id is not None and unit_id in tree.number:
        first.append(tree.number[unit_id])
    if seen_by.person is not None:
        for filled in snapshot.appointments_of(seen_by.person, at):
            unit = snapshot.staffing.post_unit[snapshot.staffing.post_number[filled.post_id]]
            if filled.appointment_id == seen_by.id:
                first.insert(len(first) if unit_id else 0, unit)
            else:
                first.append(unit)
    organisations = {tree.organisation[unit] for unit in first} | set(sight.organisations)
    rest = [unit for party in sorted(organisations, key=str) for unit in snapshot.units_of(party)]
    if len(rest) > MOST_PLACES:  # those around one's own, so that a list stays a list
        rest = [*(unit for own in first for unit in (*tree.inside(own), *tree.ancestors(own))), *rest]
    several = len(organisations) > 1
    return [
        Place(uuid_of(tree.ids[unit]), _words(tree.names[unit], snapshot.party_of(unit).name if several else ""))
        for unit in islice(dict.fromkeys([*first, *rest]), MOST_PLACES)
    ]


def others_for(seen_by: Actor, *, at: datetime) -> list[Place]:
    """The other organisations of one's systems that have a tree in Remit: each by its root unit."""
    snapshot, sight = present(at=at), sight_of(seen_by, at=at)
    found = {
        party
        for system in sight.systems
        for party in snapshot.partnerships.organisations(system, epoch(at))
        if party not in sight.organisations and party in snapshot.tree.root_of
    }
    parties = snapshot.partnerships.parties
    return [
        Place(uuid_of(snapshot.tree.ids[snapshot.tree.root_of[party]]), parties[party].name)
        for party in sorted(found, key=lambda party: parties[party].name)
    ]


def _words(unit: str, organisation: str) -> str:
    return f"{unit}, {organisation}" if organisation and organisation != unit else unit
