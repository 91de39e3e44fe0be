"""The rows from which a snapshot is laid down: as the trees stand, or as they stood in an earlier edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from remit.network.models import (
    Absence,
    Appointment,
    Body,
    BodyMember,
    Dependency,
    Duty,
    Edition,
    Interest,
    Membership,
    Numbering,
    Party,
    Person,
    Post,
    Role,
    Sitting,
    Unit,
)
from remit.network.rules import rows
from remit.network.rules.build import NetworkRows
from remit.network.rules.ordinary_hours import hours_of, read_hours, spans_of

_ordinary = read_hours((Path(__file__).resolve().parents[1] / "data" / "working-hours.toml").read_text())


def rows_of(edition: Edition | None, *, since: datetime) -> NetworkRows:
    """Everything that stands; what is dated keeps its dates.

    Args:
        edition: the trees of this one; None is as they stand now.
        since: duty that ended before is left out.
    """
    parties = list(Party.objects.all())
    units = list(_units_now(parties) if edition is None else _units_then(edition, parties))
    unit_ids = {unit.id for unit in units}
    posts = [post for post in _posts(edition) if post.unit_id in unit_ids]
    post_ids = {post.id for post in posts}
    of_posts: set[rows.Id] = {None, *post_ids}
    return NetworkRows(
        parties=[
            rows.PartyRow(p.pk, p.code, p.name, p.kind, p.sort, p.convenor_id, _ordinary_hours(p)) for p in parties
        ],
        memberships=[
            rows.MembershipRow(*row)
            for row in Membership.objects.values_list("system_id", "member_id", "starts_at", "ends_at")
        ],
        units=units,
        dependencies=[
            rows.DependencyRow(*row)
            for row in Dependency.objects.values_list("unit_id", "relies_on_id", "starts_at", "ends_at")
            if row[0] in unit_ids and row[1] in unit_ids
        ],
        roles=[
            rows.RoleRow(role.code, role.name, tuple(sorted(group.code for group in role.groups.all())))
            for role in Role.objects.order_by("code").prefetch_related("groups")
        ],
        posts=posts,
        people=list(Person.objects.order_by("id").values_list("id", "name")),
        appointments=[appointment_row(row) for row in Appointment.objects.all() if row.post_id in post_ids],
        duty=duty_rows(Q(ends_at__gt=since), posts=post_ids),
        absences=absence_rows(),
        interests=[
            rows.InterestRow(*row)
            for row in Interest.objects.values_list("person_id", "party_id", "supplier", "starts_at", "ends_at")
        ],
        bodies=[_body(body) for body in Body.objects.all()],
        members=[
            rows.BodyMemberRow(body, post, person, voting, (), starts_at, ends_at)
            for body, post, person, voting, starts_at, ends_at in BodyMember.objects.values_list(
                "body_id", "post_id", "person_id", "voting", "starts_at", "ends_at"
            )
            if post in of_posts
        ],
        sittings=[rows.SittingRow(*row) for row in Sitting.objects.values_list("body_id", "starts_at", "public")],
    )


def appointment_row(row: Appointment) -> rows.AppointmentRow:
    """An appointment as a snapshot takes it."""
    return rows.AppointmentRow(row.pk, row.person_id, row.post_id, row.kind, row.starts_at, row.ends_at)


def duty_rows(wanted: Q, *, posts: Collection[rows.Id]) -> list[rows.DutyRow]:
    """Duty as a snapshot takes it: in one of these posts, or in any of the person's."""
    found = Duty.objects.filter(wanted).values_list("person_id", "starts_at", "ends_at", "kind", "post_id")
    of_posts: set[rows.Id] = {None, *posts}
    return [
        rows.DutyRow(person, starts_at, ends_at, kind, post)
        for person, starts_at, ends_at, kind, post in found
        if ends_at and post in of_posts
    ]


def absence_rows() -> list[rows.AbsenceRow]:
    """Every absence as a snapshot takes it."""
    found = Absence.objects.values_list("person_id", "appointment_id", "starts_at", "ends_at")
    return [rows.AbsenceRow(*row) for row in found]


def _units_now(parties: list[Party]) -> Iterator[rows.UnitRow]:
    known = {party.pk: party for party in parties}
    for unit in Unit.objects.filter(closed_at=None):
        yield _unit(unit, unit.parent_id, unit.position, known[unit.organisation_id])


def _units_then(edition: Edition, parties: list[Party]) -> Iterator[rows.UnitRow]:
    """The trees of an edition; an organisation that was put in later has those that it began with."""
    known = {party.pk: party for party in parties}
    there = set(Numbering.objects.filter(edition=edition, unit__parent=None).values_list("unit_id", flat=True))
    began: dict[UUID, list[UUID]] = defaultdict(list)
    roots = Unit.objects.filter(parent=None).exclude(pk__in=there).annotate(began=Min("numbers__edition__number"))
    numbers = dict(Edition.objects.values_list("number", "pk")) if roots else {}
    for root in roots:
        if root.began in numbers:
            began[numbers[root.began]].append(root.organisation_id)
    yield from _as_numbered(Numbering.objects.filter(edition=edition), known)
    for first, organisations in began.items():
        later = Numbering.objects.filter(edition=first, unit__organisation__in=organisations)
        yield from _as_numbered(later, known)


def _as_numbered(numbers: QuerySet[Numbering], parties: Mapping[UUID, Party]) -> Iterator[rows.UnitRow]:
    """Units read back from their numbers: each lies in the last one that is still open."""
    around: list[tuple[UUID, int]] = []
    for numbered in numbers.select_related("unit").order_by("first"):
        while around and around[-1][1] < numbered.first:
            around.pop()
        unit = numbered.unit
        yield _unit(unit, around[-1][0] if around else None, numbered.first, parties[unit.organisation_id])
        around.append((unit.pk, numbered.last))


def _unit(unit: Unit, parent: UUID | None, position: int, party: Party) -> rows.UnitRow:
    own = unit.working_hours
    hours = hours_of(spans_of(own), zone=party.time_zone, nation=party.nation) if own else None
    return rows.UnitRow(unit.pk, party.pk, parent, unit.kind, unit.code, unit.name, position, hours)


def _posts(edition: Edition | None) -> Iterator[rows.PostRow]:
    still_open = Q(closed_at=None) if edition is None else Q(closed_at=None) | Q(closed_at__gt=edition.made_at)
    for row in Post.objects.filter(still_open).values_list("id", "role__code", "unit_id", "title"):
        yield rows.PostRow(*row)


def _ordinary_hours(party: Party) -> rows.WorkingHours:
    return hours_of(_ordinary, zone=party.time_zone, nation=party.nation)


def _body(body: Body) -> rows.BodyRow:
    return rows.BodyRow(
        body.pk,
        body.code,
        body.party_id,
        body.name,
        quorum_of(body.quorum),
        body.may_resolve_in_writing,
    )


def quorum_of(data: dict[str, Any]) -> rows.QuorumRule:
    """A quorum as its body holds it: a number, a share, so many of each role group."""
    return rows.QuorumRule(
        number=int(data.get("number", 1)),
        share=Fraction(data["share"]) if "share" in data else None,
        of={group: int(n) for group, n in data.get("of", {}).items()},
    )
