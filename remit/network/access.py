"""Who may see what: one policy, in one module.

A person's *sight* is compiled from their live appointments into a few sets and ranges;
an *audience* says who something is for. Nobody sees anything for being technical: an
account that keeps the machine sees configuration and health, not content.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotFound
from remit.network.queries.snapshots import present
from remit.network.rules.moments import epoch
from remit.network.rules.rows import Id
from remit.network.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Audience:
    """Who something is for. Those named in any part see it.

    Args:
        organisations, systems: everyone with a live appointment in one, or in a member of one.
        units: everyone with a post in one, and in all that it lies within.
        bodies: those with a seat. people: these.
        staff: everyone with a live appointment anywhere. public: anyone at all.
    """

    organisations: frozenset[Id] = frozenset()
    systems: frozenset[Id] = frozenset()
    units: frozenset[Id] = frozenset()
    bodies: frozenset[Id] = frozenset()
    people: frozenset[Id] = frozenset()
    staff: bool = False
    public: bool = False


STAFF = Audience(staff=True)
PUBLIC = Audience(public=True)
SECRETARY = "company-secretary"  # the role that keeps an organisation's own network, and reads its record


@dataclass(frozen=True, slots=True)
class Sight:
    """What one actor may see at one moment. `ranges` are the unit numbers inside their own units."""

    person: UUID | None = None
    organisations: frozenset[Id] = frozenset()
    systems: frozenset[Id] = frozenset()
    bodies: frozenset[Id] = frozenset()
    ranges: tuple[range, ...] = ()
    keeper: bool = False
    of: Snapshot | None = field(default=None, repr=False, compare=False)

    def sees(self, audience: Audience) -> bool:
        """Whether this sight falls within an audience."""
        if audience.public or self.keeper:
            return True
        if self.person is not None and self.person in audience.people:
            return True
        if not self.organisations:
            return False
        return (
            audience.staff
            or not self.organisations.isdisjoint(audience.organisations)
            or not self.systems.isdisjoint(audience.systems)
            or not self.bodies.isdisjoint(audience.bodies)
            or any(self._near(unit) for unit in audience.units)
        )

    def shares_with(self, parties: Iterable[Id], *, at: datetime) -> bool:
        """Whether one's organisation is one of these, or shares a system with one: enough to be called."""
        if self.keeper:
            return True
        if self.of is None:
            return False
        partnerships, second = self.of.partnerships, epoch(at)
        return any(
            party in self.organisations or not self.systems.isdisjoint(partnerships.systems(party, second))
            for party in parties
        )

    def _near(self, unit_id: Id) -> bool:
        if self.of is None or unit_id not in self.of.tree.number:
            return False
        tree, unit = self.of.tree, self.of.tree.number[unit_id]
        inside = tree.inside(unit)
        return any(unit in mine or mine.start in inside for mine in self.ranges)


def sight_of(actor: Actor, *, at: datetime) -> Sight:
    """Compile what an actor may see. All live appointments of the person count, not only the chosen one."""
    if actor.kind is ActorKind.KEEPER or actor.kind is ActorKind.CLOCK:
        return Sight(keeper=True)
    if actor.person is None:
        return Sight()
    snapshot = present(at=at)
    tree, staffing, second = snapshot.tree, snapshot.staffing, epoch(at)
    person = staffing.person_number.get(actor.person)
    if person is None:
        return Sight(person=actor.person)
    posts = [staffing.post_number[filled.post_id] for filled in snapshot.appointments_of(actor.person, at)]
    units = {staffing.post_unit[post] for post in posts}
    organisations = frozenset(tree.organisation[unit] for unit in units)
    systems = {system for party in organisations for system in snapshot.partnerships.systems(party, second)}
    bodies = {
        body
        for body, seats in snapshot.bodies.seats.items()
        if any(seat.starts <= second < seat.ends and (seat.person == person or seat.post in posts) for seat in seats)
    }
    return Sight(
        person=actor.person,
        organisations=organisations,
        systems=frozenset(systems),
        bodies=frozenset(bodies),
        ranges=tuple(tree.inside(unit) for unit in sorted(units)),
        of=snapshot,
    )


def require(actor: Actor, audience: Audience, *, at: datetime, what: str = "page") -> Sight:
    """The actor's sight, where it falls within the audience.

    Raises: NotFound, in the same words as for what does not exist.
    """
    sight = sight_of(actor, at=at)
    if not sight.sees(audience):
        raise NotFound(what)
    return sight


def open_to(parties: Iterable[Id]) -> Audience:
    """Everyone in these organisations or systems."""
    chosen = frozenset(parties)
    return Audience(organisations=chosen, systems=chosen)


def keeps(actor: Actor, party: Id, *, of: Snapshot, at: datetime) -> bool:
    """Whether they keep the machine, or act as governance secretary of a party or of its convenor."""
    if actor.kind is ActorKind.KEEPER:
        return True
    if actor.kind is not ActorKind.APPOINTMENT or actor.person is None:
        return False
    kept = {party, of.partnerships.parties[party].convenor_id}
    staffing = of.staffing
    for filled in of.appointments_of(actor.person, at):
        post = staffing.post_number[filled.post_id]
        if filled.appointment_id == actor.id and of.roles[staffing.post_role[post]].code == SECRETARY:
            return of.party_of(staffing.post_unit[post]).id in kept
    return False
