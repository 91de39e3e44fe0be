"""A small hospital: Ward 7, its manager, its sister and a matron; and a council next door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest

from remit.kernel.actor import Actor, ActorKind
from remit.network.models import Appointment, Party, Person, Post, Role, Unit
from remit.network.queries.snapshots import forget

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hospital:
    party: Party
    ward: Unit
    manager: Actor
    sister: Actor
    matron: Actor
    stranger: Actor


def person_id(actor: Actor) -> UUID:
    assert actor.person is not None
    return actor.person


@pytest.fixture
def hospital(db):
    forget()
    party = Party.objects.create(kind="organisation", code="fenmoor", name="Fenmoor Hospitals")
    trust = Unit.objects.create(organisation=party, kind="trust", code="trust", name="Fenmoor Hospitals")
    ward = Unit.objects.create(organisation=party, parent=trust, kind="ward", code="ward-7", name="Ward 7")
    council = Party.objects.create(kind="organisation", code="council", name="Marchland Council")
    hall = Unit.objects.create(organisation=council, kind="council", code="council", name="Marchland Council")

    def appoint(code: str, name: str, role: str, unit: Unit) -> Actor:
        kind, _ = Role.objects.get_or_create(code=role, defaults={"name": role.replace("-", " ").capitalize()})
        post = Post.objects.create(role=kind, unit=unit, code=role)
        person = Person.objects.create(code=code, name=name, made_up=True)
        held = Appointment.objects.create(person=person, post=post, starts_at=LONG_AGO)
        return Actor(ActorKind.APPOINTMENT, held.pk, f"{role.replace('-', ' ')}, {unit.name}", person.pk)

    yield Hospital(
        party=party,
        ward=ward,
        manager=appoint("a-okoro", "Adaeze Okoro", "ward-manager", ward),
        sister=appoint("r-tamm", "Riina Tamm", "sister", ward),
        matron=appoint("j-pell", "Joan Pell", "matron", trust),
        stranger=appoint("d-vance", "Dai Vance", "clerk", hall),
    )
    forget()
