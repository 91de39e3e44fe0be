"""Acts for the tests of the record, also for the processes that they start: a group is made, and that is recorded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import Group

from remit.kernel.actor import Actor, ActorKind
from remit.ledger.actions import Recorded, action, record
from remit.ledger.verbs import Verb, register

FENMOOR = UUID("0192f3a4-0000-7000-8000-00000000000a")
MARCHLAND = UUID("0192f3a4-0000-7000-8000-00000000000b")
NURSE = Actor(ActorKind.APPOINTMENT, UUID("0192f3a4-0000-7000-8000-0000000000aa"), "nurse in charge, ward 7")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

register(Verb("group.made", "{actor} made {name}[: {why}]"))


def subject(name: str) -> tuple[str, UUID]:
    """What the entry about a group of that name is about."""
    return "auth.group", uuid5(FENMOOR, name)


def note(name: str, *, parties: tuple[UUID, ...] = (FENMOOR,), at: datetime = NOON, **more: Any) -> Recorded:
    """The entry alone, inside whatever action is under way."""
    return record("group.made", subject=subject(name), by=NURSE, at=at, parties=parties, facts={"name": name}, **more)


@action
def make_group(name: str, *, parties: tuple[UUID, ...] = (FENMOOR,), **more: Any) -> Recorded:
    """A change and its entry, in one action."""
    Group.objects.create(name=name)
    return note(name, parties=parties, **more)
