"""Organisations and systems: renamed, closed, joined and left."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from remit.kernel.actor import Actor
from remit.kernel.errors import NotValid
from remit.kernel.words import day
from remit.ledger.actions import action, nothing_to_change, record
from remit.network.actions.versions import note
from remit.network.models import Change, Membership, Party, Unit
from remit.network.rulings import require_keeper

LONGEST = 160  # letters in a name: the root unit carries it too


@action
def rename_party(party_id: UUID, name: str, *, by: Actor, at: datetime) -> Party:
    """Give an organisation or a system another name. The record keeps the old one.

    Raises: NotKeeper; NotValid, for a name that is empty or too long.
    """
    require_keeper(by, party_id, at=at)
    party = Party.objects.get(pk=party_id)
    name = name.strip()
    if not 0 < len(name) <= LONGEST:
        raise NotValid(f"A name has 1 to {LONGEST} letters.", name="is empty" if not name else "is too long")
    if party.name == name:
        nothing_to_change()
        return party
    was, party.name = party.name, name
    party.save(update_fields=["name"])
    Unit.objects.filter(organisation=party, parent=None).update(name=name)
    note(Change.Kind.ALL)
    record("network.party-renamed", subject=party, by=by, at=at, parties=[party_id], facts={"was": was, "name": name})
    return party


@action
def close_party(party_id: UUID, *, closed_on: date, by: Actor, at: datetime) -> Party:
    """Mark an organisation as closed from a day on. Nothing that it did is touched."""
    require_keeper(by, party_id, at=at)
    party = Party.objects.get(pk=party_id)
    if party.closed_on == closed_on:
        nothing_to_change()
        return party
    party.closed_on = closed_on
    party.save(update_fields=["closed_on"])
    note(Change.Kind.ALL)
    record(
        "network.party-closed",
        subject=party,
        by=by,
        at=at,
        parties=[party_id],
        facts={"name": party.name, "closed_on": day(closed_on)},
    )
    return party


@action
def join(system_id: UUID, member_id: UUID, *, starts_at: datetime, by: Actor, at: datetime) -> Membership:
    """Record that a party belongs to a system from a moment on.

    Raises: NotKeeper; NotValid, where it would belong to itself or to what is no system.
    """
    require_keeper(by, system_id, at=at)
    if system_id == member_id or not Party.objects.filter(pk=system_id, kind=Party.Kind.SYSTEM).exists():
        raise NotValid("Only another system can be joined. Organisations have units, not members.", system="is none")
    present = Membership.objects.filter(system=system_id, member=member_id, ends_at=None).first()
    if present:
        nothing_to_change()
        return present
    membership, _made = Membership.objects.update_or_create(
        system_id=system_id, member_id=member_id, starts_at=starts_at, defaults={"ends_at": None}
    )
    note(Change.Kind.ALL)
    _record("network.member-joined", membership, by=by, at=at, starts_at=day(starts_at))
    return membership


@action
def leave(membership_id: UUID, *, ends_at: datetime, by: Actor, at: datetime) -> Membership:
    """Record that a party no longer belongs to a system. Raises: NotKeeper; NotValid, for an end before the start."""
    membership = Membership.objects.select_related("system", "member").get(pk=membership_id)
    require_keeper(by, membership.system_id, at=at)
    if membership.ends_at == ends_at:
        nothing_to_change()
        return membership
    if ends_at < membership.starts_at:
        raise NotValid("A membership ends after it begins.", ends_at="is before the start")
    membership.ends_at = ends_at
    membership.save(update_fields=["ends_at"])
    note(Change.Kind.ALL)
    _record("network.member-left", membership, by=by, at=at, ends_at=day(ends_at))
    return membership


def _record(verb: str, membership: Membership, *, by: Actor, at: datetime, **dates: str) -> None:
    record(
        verb,
        subject=membership,
        by=by,
        at=at,
        parties=[membership.system_id, membership.member_id],
        facts={"member": membership.member.name, "system": membership.system.name, **dates},
    )
