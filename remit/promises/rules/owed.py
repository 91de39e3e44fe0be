"""To whom a promise is owed, and who speaks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remit.network.rules.moments import epoch
from remit.network.rules.rows import Id
from remit.network.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Owed:
    """Whom a promise is owed to: always in words, and by id where Remit knows them."""

    words: str
    person: UUID | None = None
    post: UUID | None = None
    body: UUID | None = None
    unit: UUID | None = None
    party: UUID | None = None


@dataclass(frozen=True, slots=True)
class Arising:
    """From what a promise arises, by value: `decisions.decision`, its id, and what it is called."""

    kind: str
    id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class Capacities:
    """For whom a person speaks at a moment: themselves, their posts, and where those are."""

    person: UUID | None
    posts: frozenset[Id] = frozenset()
    bodies: frozenset[Id] = frozenset()
    units: frozenset[Id] = frozenset()
    parties: frozenset[Id] = frozenset()

    def speaks_for(self, owed: Owed) -> bool:
        """Whether a promise owed so is owed to this person, alone or among others."""
        return (
            (owed.person is not None and owed.person == self.person)
            or owed.post in self.posts
            or owed.body in self.bodies
            or owed.unit in self.units
            or owed.party in self.parties
        )


def capacities(snapshot: Snapshot, person: UUID | None, *, at: datetime) -> Capacities:
    """For whom a person speaks at a moment: all their live appointments and seats count."""
    number = snapshot.staffing.person_number.get(person)
    if person is None or number is None:
        return Capacities(person)
    second = epoch(at)
    posts = {snapshot.staffing.post_number[filled.post_id] for filled in snapshot.appointments_of(person, at)}
    units = {snapshot.staffing.post_unit[post] for post in posts}
    return Capacities(
        person=person,
        posts=frozenset(snapshot.staffing.post_ids[post] for post in posts),
        bodies=frozenset(
            body
            for body, seats in snapshot.bodies.seats.items()
            if any(
                seat.starts <= second < seat.ends and (seat.person == number or seat.post in posts) for seat in seats
            )
        ),
        units=frozenset(snapshot.tree.ids[unit] for unit in units),
        parties=frozenset(snapshot.tree.organisation[unit] for unit in units),
    )
