"""A trust with the composite scheme, a second one beside it, and the board that convenes both."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from remit.authority.actions import adopt_first, draft_scheme, read_in_taxonomy
from remit.authority.queries import worlds
from remit.authority.rules.question import Question
from remit.decisions import actions
from remit.decisions.models import Decision
from remit.decisions.rules.proposal import Proposal
from remit.kernel.actor import KEEPER, Actor, ActorKind
from remit.network.models import (
    Appointment,
    Body,
    BodyMember,
    Membership,
    Party,
    Person,
    Post,
    Role,
    RoleGroup,
    Sitting,
    Unit,
)
from remit.network.queries.snapshots import forget

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday, in working hours
LATER = NOON + timedelta(hours=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
APPS = Path(__file__).resolve().parents[2]
BUDGETED = "spend/revenue/budgeted"

MANAGER, LEAD, SECOND_LEAD = "ward-manager", "service-lead", "second-lead"
DIRECTOR, FINANCE, CHIEF, NURSE = "divisional-director", "chief-finance-officer", "chief-executive", "chief-nurse"


@dataclass
class World:
    """Who and what there is, by short names."""

    parties: dict[str, Party] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Actor:
        return self.people[name]

    def person(self, name: str) -> UUID:
        found = self.people[name].person
        assert found is not None
        return found

    def unit(self, code: str, kind: str, *, of: str, under: str | None = None) -> Unit:
        parent = self.units[under] if under else None
        made = Unit.objects.create(
            organisation=self.parties[of], parent=parent, kind=kind, code=code, name=_named(code)
        )
        self.units[code] = made
        return made

    def appoint(self, name: str, role: str, at: str) -> Actor:
        unit = self.units[at]
        post = Post.objects.create(role=Role.objects.get(code=role), unit=unit, code=f"{role}-{name}")
        person = Person.objects.create(code=f"{at}-{name}", name=_named(name).title(), made_up=True)
        held = Appointment.objects.create(person=person, post=post, starts_at=LONG_AGO)
        actor = Actor(ActorKind.APPOINTMENT, held.pk, f"{post.role.name}, {unit.name}", person.pk)
        self.people[name] = actor
        return actor

    def body(self, code: str, *, of: str, members: tuple[str, ...] = ()) -> Body:
        body = Body.objects.create(party=self.parties[of], code=code, name=_named(code), quorum={"number": 1})
        for name in members:
            BodyMember.objects.create(body=body, person_id=self.person(name), starts_at=LONG_AGO)
        Sitting.objects.create(body=body, starts_at=NOON + timedelta(days=10), public=True)
        return body

    def order(self, amount: int | str, *, at: str = "ward-7", **given: Any) -> Question:
        return Question(
            matter=given.pop("matter", BUDGETED),
            origin=self.units[at].pk,
            quantities={"exposure_gbp": Decimal(amount)},
            purpose=given.pop("purpose", "Clinical supplies"),
            supplier=given.pop("supplier", "Bewick Medical"),
            **given,
        )

    def ask(self, matter: str, *, at: str = "ward-7", **given: Any) -> Question:
        return Question(matter=matter, origin=self.units[at].pk, **given)


def proposal(**given: Any) -> Proposal:
    usual: dict[str, Any] = {
        "title": "Order dressings for Ward 7",
        "why": "Stock ends on Friday.",
        "measure": "Dressing changes put off",
        "baseline": "3 a week",
        "expected": "None",
        "review_on": (NOON + timedelta(days=28)).date(),
    }
    return Proposal(**usual | given)


def opened(world: World, question: Question, *, by: str = MANAGER, at: datetime = NOON, **given: Any) -> Decision:
    return actions.open_decision(question, proposal(**given), by=world[by], at=at)


def make_world() -> World:
    """Build it all, through the tables that stand below and authority's own actions."""
    forget()
    worlds.forget()
    world = World()
    words = tomllib.loads((APPS / "network/data/roles.toml").read_text())
    groups = {one["code"]: RoleGroup.objects.create(code=one["code"], name=one["name"]) for one in words["group"]}
    for one in words["role"]:
        role = Role.objects.create(code=one["code"], name=one["name"])
        role.groups.set([groups[code] for code in one.get("groups", ())])

    for party, sort in (("fenmoor", "acute-trust"), ("riverside", "community-trust"), ("icb", "icb")):
        world.parties[party] = Party.objects.create(kind="organisation", code=party, name=_named(party), sort=sort)
    system = Party.objects.create(
        kind="system", code="marchland", name="Marchland", sort="ics", convenor=world.parties["icb"]
    )
    for code in ("fenmoor", "riverside", "icb"):
        Membership.objects.create(system=system, member=world.parties[code], starts_at=LONG_AGO)

    for trust, ward in (("fenmoor", "ward-7"), ("riverside", "ward-9")):
        world.unit(trust, "organisation", of=trust)
        world.unit(f"{trust}-medicine", "division", of=trust, under=trust)
        world.unit(f"{trust}-acute", "directorate", of=trust, under=f"{trust}-medicine")
        world.unit(ward, "ward", of=trust, under=f"{trust}-acute")
    world.unit("icb", "organisation", of="icb")

    for name, code, at in (
        (MANAGER, "ward-manager", "ward-7"),
        ("clerk", "ward-clerk", "ward-7"),
        (LEAD, "service-lead", "fenmoor-acute"),
        (SECOND_LEAD, "service-lead", "fenmoor-acute"),
        (DIRECTOR, "divisional-director", "fenmoor-medicine"),
        (FINANCE, "chief-finance-officer", "fenmoor"),
        (NURSE, "chief-nurse", "fenmoor"),
        (CHIEF, "chief-executive", "fenmoor"),
        ("chair", "chair", "fenmoor"),
        ("procurement", "procurement-lead", "fenmoor"),
        ("infection", "infection-control-lead", "fenmoor"),
        ("other-manager", "ward-manager", "ward-9"),
        ("other-director", "divisional-director", "riverside-medicine"),
        ("other-nurse", "chief-nurse", "riverside"),
        ("other-chief", "chief-executive", "riverside"),
        ("convenor", "chief-executive", "icb"),
    ):
        world.appoint(name, code, at)
    for trust, member in (("fenmoor", "chair"), ("riverside", "other-chief")):
        for code in BODIES:
            body = Body.objects.filter(party=world.parties[trust], code=code).first()
            if body is None:
                world.body(code, of=trust, members=(member,))

    read_in_taxonomy(
        (APPS / "authority/data/taxonomies/health-2026.toml").read_text(), file="health", by=KEEPER, at=NOON
    )
    text = (APPS / "authority/data/schemes/acute-trust-2026.toml").read_text()
    for trust in ("fenmoor", "riverside"):
        draft = draft_scheme(world.parties[trust].pk, text, file="acute-trust", by=KEEPER, at=NOON)
        adopt_first(draft.pk, by=KEEPER, at=NOON, starts_at=LONG_AGO)
    return world


BODIES = ("board", "finance-committee", "audit-committee", "quality-committee", "executive-committee")


def _named(code: str) -> str:
    words = code.replace("-", " ")
    return words[:1].upper() + words[1:]
