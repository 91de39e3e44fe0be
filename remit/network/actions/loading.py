"""Loading a batch of rows, whole or not at all, with one entry and digest for each party."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotValid
from remit.kernel.words import counted, joined
from remit.ledger.actions import action, nothing_to_change, record
from remit.network.actions.versions import renumber
from remit.network.errors import NotKeeper
from remit.network.models import (
    Absence,
    Appointment,
    Body,
    BodyMember,
    Dependency,
    Duty,
    Interest,
    Membership,
    Party,
    Person,
    Post,
    Role,
    RoleGroup,
    Site,
    SiteUnit,
    Sitting,
    Unit,
)
from remit.network.rules.arriving import Arrivals

M = TypeVar("M", bound=models.Model)

NOUNS = {
    "parties": ("party", "parties"),
    "units": ("unit", "units"),
    "posts": ("post", "posts"),
    "people": ("person", "people"),
    "appointments": ("appointment", "appointments"),
    "duty": ("row of duty", "rows of duty"),
    "bodies": ("body", "bodies"),
}


@action
def load(batch: Arrivals, *, by: Actor, at: datetime) -> Mapping[str, int]:
    """Add what is new in a batch; rows whose code is already here stay as they are.

    Returns: how many rows were added, by name of the batch's field.
    Raises: NotKeeper; NotValid, naming a code that is nowhere.
    """
    if by.kind is not ActorKind.KEEPER:
        raise NotKeeper
    added = _Loader(batch).add_all(at=at)
    if not any(added.values()):
        nothing_to_change()
        return added
    renumber(at=at)
    words = joined(counted(added[name], *noun) for name, noun in NOUNS.items() if added.get(name)) or "rows"
    digest = _digest(batch)
    for party in _touched(batch):
        record(
            "network.loaded",
            subject=party,
            by=by,
            at=at,
            parties=[party.pk],
            facts={"words": words, "source": batch.source, "digest": digest, "made_up": batch.made_up},
        )
    return added


def _digest(batch: Arrivals) -> str:
    digest = hashlib.sha256()
    for field in fields(batch):
        value = getattr(batch, field.name)
        for row in value if isinstance(value, tuple) else (value,):
            digest.update(repr(astuple(row) if hasattr(row, "__dataclass_fields__") else row).encode())
    return digest.hexdigest()


def _touched(batch: Arrivals) -> list[Party]:
    codes = {row.code for row in batch.parties} | {row.organisation for row in batch.units}
    codes |= {row.unit.partition("/")[0] for row in batch.posts} | {row.party for row in batch.bodies}
    codes |= {row.system for row in batch.memberships}
    codes |= {row.post.partition("/")[0] for row in batch.appointments}
    touched = list(Party.objects.filter(code__in=codes).order_by("code"))
    return touched or list(Party.objects.order_by("code")[:1])


class _Loader:
    """Turns codes into rows, in the order in which they lean on each other."""

    def __init__(self, batch: Arrivals) -> None:
        self.batch = batch
        self.added: dict[str, int] = {}

    def add_all(self, *, at: datetime) -> dict[str, int]:
        self._roles()
        self._parties()
        self._units()
        self._posts_and_people()
        self._presence()
        self._bodies()
        return self.added

    def _create(self, name: str, model: type[M], rows: Iterable[M]) -> None:
        made = model._default_manager.bulk_create(list(rows), batch_size=400)
        self.added[name] = len(made)

    def _roles(self) -> None:
        known = set(RoleGroup.objects.values_list("code", flat=True))
        self._create(
            "groups", RoleGroup, [RoleGroup(code=r.code, name=r.name) for r in self.batch.groups if r.code not in known]
        )
        known = set(Role.objects.values_list("code", flat=True))
        new = [row for row in self.batch.roles if row.code not in known]
        self._create("roles", Role, [Role(code=r.code, name=r.name, family=r.family) for r in new])
        self.roles = dict(Role.objects.values_list("code", "id"))
        groups = dict(RoleGroup.objects.values_list("code", "id"))
        through = Role.groups.through
        through._default_manager.bulk_create(
            [
                through(role_id=self.roles[row.code], rolegroup_id=_known(groups, code, "role group"))
                for row in new
                for code in row.groups
            ]
        )

    def _parties(self) -> None:
        known = dict(Party.objects.values_list("code", "id"))
        new = [
            Party(
                code=r.code,
                name=r.name,
                kind=r.kind,
                sort=r.sort,
                outside=r.outside,
                nation=r.nation,
                opened_on=r.opened_on,
                closed_on=r.closed_on,
                source=r.source or self.batch.source,
            )
            for r in self.batch.parties
            if r.code not in known
        ]
        self.parties = known | {party.code: party.pk for party in new}
        convenors = {row.code: row.convenor for row in self.batch.parties if row.convenor}
        later = []
        for party in new:
            if party.code in convenors:
                party.convenor_id = _known(self.parties, convenors[party.code], "party")
                later.append(party)
        first = [party for party in new if party not in later]
        self._create("parties", Party, first)
        self._create("parties", Party, later)
        self.added["parties"] = len(new)
        present: set[tuple[UUID, UUID] | tuple[UUID, UUID, datetime]] = set(
            Membership.objects.filter(ends_at=None).values_list("system_id", "member_id")
        )
        present |= set(Membership.objects.values_list("system_id", "member_id", "starts_at"))
        self._create(
            "memberships",
            Membership,
            [
                Membership(system_id=pair[0], member_id=pair[1], starts_at=r.starts_at, ends_at=r.ends_at)
                for r in self.batch.memberships
                if (pair := (_known(self.parties, r.system, "system"), _known(self.parties, r.member, "party")))
                not in present
                and (*pair, r.starts_at) not in present
            ],
        )

    def _units(self) -> None:
        codes = {row.organisation for row in self.batch.units} | {
            ref.partition("/")[0] for row in self.batch.posts for ref in (row.unit,)
        }
        codes |= {row.unit.partition("/")[0] for row in self.batch.dependencies}
        codes |= {row.relies_on.partition("/")[0] for row in self.batch.dependencies}
        codes |= {row.post.partition("/")[0] for row in self.batch.appointments}
        codes |= {row.body.partition("/")[0] for row in self.batch.members}
        present = Unit.objects.filter(organisation__code__in=codes).values_list("organisation__code", "code", "id")
        self.units = {f"{party}/{code}": pk for party, code, pk in present}
        self.new_units: set[str] = set()
        new = []
        for row in self.batch.units:  # parents come first
            if row.ref in self.units:
                continue
            unit = Unit(
                organisation_id=_known(self.parties, row.organisation, "organisation"),
                parent_id=_known(self.units, row.parent, "unit") if row.parent else None,
                kind=row.kind,
                code=row.code,
                name=row.name,
                position=row.position,
                working_hours=[dict(span) for span in row.working_hours] or None,
            )
            self.units[row.ref] = unit.pk
            self.new_units.add(row.ref)
            new.append(unit)
        self._create("units", Unit, new)
        self._create(
            "dependencies",
            Dependency,
            [
                Dependency(
                    unit_id=_known(self.units, r.unit, "unit"),
                    relies_on_id=_known(self.units, r.relies_on, "unit"),
                    starts_at=r.starts_at,
                )
                for r in self.batch.dependencies
                if r.unit in self.new_units
            ],
        )
        sites = set(Site.objects.values_list("code", flat=True))
        new_sites = {row.code: Site(code=row.code, name=row.name) for row in self.batch.sites if row.code not in sites}
        self._create("sites", Site, new_sites.values())
        self._create(
            "places",
            SiteUnit,
            [
                SiteUnit(site=new_sites[r.code], unit_id=_known(self.units, unit, "unit"), starts_at=r.starts_at)
                for r in self.batch.sites
                if r.code in new_sites
                for unit in r.units
            ],
        )

    def _posts_and_people(self) -> None:
        present = Post.objects.filter(unit__in=self.units.values()).values_list(
            "unit__organisation__code", "unit__code", "code", "id"
        )
        self.posts = {f"{party}/{unit}/{code}": pk for party, unit, code, pk in present}
        new = []
        for row in self.batch.posts:
            if row.ref in self.posts:
                continue
            post = Post(
                role_id=_known(self.roles, row.role, "role"),
                unit_id=_known(self.units, row.unit, "unit"),
                code=row.code,
                title=row.title,
            )
            self.posts[row.ref] = post.pk
            new.append(post)
        self._create("posts", Post, new)
        self.people = dict(Person.objects.values_list("code", "id"))
        self.known_people = frozenset(self.people)
        newcomers = [
            Person(code=r.code, name=r.name, phone=r.phone, made_up=self.batch.made_up)
            for r in self.batch.people
            if r.code not in self.people
        ]
        self.people |= {person.code: person.pk for person in newcomers}
        self._create("people", Person, newcomers)
        known = set(
            Appointment.objects.filter(post__in=self.posts.values()).values_list("person_id", "post_id", "kind")
        )
        rows = []
        for arriving in self.batch.appointments:
            key = (
                _known(self.people, arriving.person, "person"),
                _known(self.posts, arriving.post, "post"),
                arriving.kind,
            )
            if key not in known:
                rows.append(
                    Appointment(
                        person_id=key[0],
                        post_id=key[1],
                        kind=key[2],
                        starts_at=arriving.starts_at,
                        ends_at=arriving.ends_at,
                    )
                )
        self._create("appointments", Appointment, rows)

    def _presence(self) -> None:
        people, posts = self.people, self.posts
        known_away = set(Absence.objects.values_list("person_id", "starts_at"))
        self._create(
            "absences",
            Absence,
            [
                Absence(person_id=person, starts_at=r.starts_at, ends_at=r.ends_at)
                for r in self.batch.absences
                if ((person := _known(people, r.person, "person")), r.starts_at) not in known_away
            ],
        )
        known_interests = set(Interest.objects.values_list("person_id", "starts_at"))
        self._create(
            "interests",
            Interest,
            [
                Interest(
                    person_id=person,
                    party_id=_known(self.parties, r.party, "party") if r.party else None,
                    supplier=r.supplier,
                    words=r.words,
                    starts_at=r.starts_at,
                )
                for r in self.batch.interests
                if ((person := _known(people, r.person, "person")), r.starts_at) not in known_interests
            ],
        )
        here = {people[r.person] for r in self.batch.duty if r.person in self.known_people}
        known_duty = set(
            Duty.objects.filter(person__in=here).values_list("person_id", "starts_at", "kind") if here else ()
        )
        self._create(
            "duty",
            Duty,
            [
                Duty(
                    person_id=person,
                    post_id=_known(posts, r.post, "post") if r.post else None,
                    kind=r.kind,
                    starts_at=r.starts_at,
                    ends_at=r.ends_at,
                )
                for r in self.batch.duty
                if (person := _known(people, r.person, "person"), r.starts_at, r.kind) not in known_duty
            ],
        )

    def _bodies(self) -> None:
        present = Body.objects.values_list("party__code", "code", "id")
        bodies = {f"{party}/{code}": pk for party, code, pk in present}
        arriving = [row for row in self.batch.bodies if row.ref not in bodies]
        new = [
            Body(
                party_id=_known(self.parties, r.party, "party"),
                code=r.code,
                name=r.name,
                kind=r.kind,
                quorum=dict(r.quorum),
                may_resolve_in_writing=r.in_writing,
                joint=r.joint,
            )
            for r in arriving
        ]
        bodies |= {row.ref: body.pk for row, body in zip(arriving, new, strict=True)}
        arrived = {row.ref for row in arriving}
        self._create("bodies", Body, new)
        self._create(
            "members",
            BodyMember,
            [
                BodyMember(
                    body_id=_known(bodies, r.body, "body"),
                    post_id=_known(self.posts, r.post, "post"),
                    chair=r.chair,
                    voting=r.voting,
                    starts_at=r.starts_at,
                )
                for r in self.batch.members
                if r.body in arrived
            ],
        )
        known_sittings = set(Sitting.objects.values_list("body_id", "starts_at"))
        self._create(
            "sittings",
            Sitting,
            [
                Sitting(body_id=body, starts_at=r.starts_at, public=r.public)
                for r in self.batch.sittings
                if (body := _known(bodies, r.body, "body"), r.starts_at) not in known_sittings
            ],
        )


def _known(codes: Mapping[str, UUID], code: str, what: str) -> Any:
    if code not in codes:
        raise NotValid(f"There is no {what} with the code “{code}”, so nothing was loaded.")
    return codes[code]
