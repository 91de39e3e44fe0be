"""Who someone is when they act: one appointment, chosen in the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remit.kernel.actor import Actor, ActorKind
from remit.network.models import Account
from remit.network.queries.snapshots import present, uuid_of
from remit.network.rules.snapshot import Filled, Snapshot


@dataclass(frozen=True, slots=True)
class Capacity:
    """One appointment in which a person may act: *ward manager, Ward 7*."""

    appointment_id: UUID
    words: str
    organisation: str
    unit_id: UUID
    chosen: bool


def actor_of(account: Account, *, chosen: str | None, at: datetime) -> Actor:
    """The actor behind an account: the appointment chosen, else their first, else the person alone."""
    if account.person_id is None:
        return Actor(ActorKind.PERSON, account.pk, "someone with no post")
    snapshot = present(at=at)
    mine = snapshot.appointments_of(account.person_id, at)
    if not mine:
        return Actor(ActorKind.PERSON, account.person_id, "someone with no post", account.person_id)
    picked = next((filled for filled in mine if str(filled.appointment_id) == chosen), mine[0])
    return actor_in(snapshot, picked)


def actor_in(snapshot: Snapshot, filled: Filled) -> Actor:
    """The actor of an appointment."""
    return Actor(
        ActorKind.APPOINTMENT, uuid_of(filled.appointment_id), post_words(snapshot, filled), uuid_of(filled.person_id)
    )


def post_words(snapshot: Snapshot, filled: Filled) -> str:
    """A post as people say it: *ward manager, Ward 7*; a deputy and an acting holder say so."""
    post = snapshot.staffing.post_number[filled.post_id]
    title = snapshot.title(post)
    prefix = {"substantive": "", "acting": "acting ", "deputy": "deputy "}[filled.kind]
    said = title[:1].lower() + title[1:] if title[1:2].islower() else title
    return f"{prefix}{said}, {snapshot.tree.names[snapshot.staffing.post_unit[post]]}"


def capacities(person_id: UUID, *, acting: Actor, at: datetime) -> list[Capacity]:
    """Every appointment in which a person may act now, the chosen one marked."""
    snapshot = present(at=at)
    return [
        Capacity(
            uuid_of(filled.appointment_id),
            post_words(snapshot, filled),
            snapshot.party_of(snapshot.staffing.post_unit[post]).name,
            uuid_of(snapshot.tree.ids[snapshot.staffing.post_unit[post]]),
            filled.appointment_id == acting.id,
        )
        for filled in snapshot.appointments_of(person_id, at)
        for post in (snapshot.staffing.post_number[filled.post_id],)
    ]


def name_of(person_id: UUID | None, *, at: datetime) -> str:
    """A person's name; empty for nobody."""
    return present(at=at).name(person_id) if person_id else ""
