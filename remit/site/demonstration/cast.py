"""Who acts in a step of the made-up past: people on duty at that moment, in one of their posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from uuid import UUID

from remit.kernel.actor import MADE_UP, Actor
from remit.network.queries import actor_in
from remit.network.rules.rows import Id
from remit.network.rules.snapshot import Filled, Snapshot


@dataclass(frozen=True, slots=True)
class Cast:
    """The network of a moment, and who in it can act then."""

    snapshot: Snapshot
    at: datetime

    def at_unit(self, unit_id: Id, *, rng: Random) -> Actor | None:
        """Somebody who works at a unit: on duty if anyone is."""
        return self._one_of([filled for post in self.snapshot.posts_at(unit_id) for filled in self._in(post.id)], rng)

    def in_role(self, party_id: Id, roles: Iterable[str], *, rng: Random) -> Actor | None:
        """Somebody of an organisation in one of these roles: on duty if anyone is."""
        wanted = set(roles)
        units = [self.snapshot.tree.ids[unit] for unit in self.snapshot.units_of(party_id)]
        posts = [post for unit in units for post in self.snapshot.posts_at(unit) if post.role in wanted]
        return self._one_of([filled for post in posts for filled in self._in(post.id)], rng)

    def in_post(self, post_id: Id) -> Actor | None:
        """Whoever fills a post first: its substantive holder, else who acts."""
        return next((self.actor(filled) for filled in self._in(post_id) if filled.kind != "deputy"), None)

    def person(self, person_id: Id, appointment_id: Id | None = None) -> Actor | None:
        """A person in one appointment, else in their first."""
        mine = self.snapshot.appointments_of(person_id, self.at)
        picked = next((filled for filled in mine if filled.appointment_id == appointment_id), None)
        return self.actor(picked or mine[0]) if mine else None

    def actor(self, filled: Filled) -> Actor:
        """The actor of an appointment, marked in every entry of the record as made up."""
        actor = actor_in(self.snapshot, filled)
        return replace(actor, words=actor.words + MADE_UP)

    def _in(self, post_id: Id) -> tuple[Filled, ...]:
        return self.snapshot.filling(post_id, self.at)

    def _one_of(self, filled: list[Filled], rng: Random) -> Actor | None:
        on_duty = [one for one in filled if self.snapshot.on_duty(one.person_id, one.post_id, self.at)]
        could = on_duty or filled
        return self.actor(rng.choice(could)) if could else None


def chance_of(at: datetime, seed: int) -> Random:
    """The chance of one step: the same whenever the step is taken."""
    return Random(f"{seed} {at.isoformat()}")


def whole(identity: Id) -> UUID:
    """An id of the network's tables.

    Raises: TypeError, for one that is not of this database.
    """
    if not isinstance(identity, UUID):
        raise TypeError(f"{identity!r} is not the id of a row.")
    return identity
