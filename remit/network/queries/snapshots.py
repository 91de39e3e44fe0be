"""The snapshot that a request, an action or a command takes: one for each process, kept up to date.

Every change of the network counts a version up (`actions.versions`). A process that is
behind patches its snapshot with what changed, and builds anew only where trees, posts or
people did.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q

from remit.network.models import (
    Absence,
    Appointment,
    Body,
    BodyMember,
    Change,
    Dependency,
    Duty,
    Interest,
    Membership,
    Party,
    Person,
    Post,
    Role,
    Sitting,
    State,
    Unit,
)
from remit.network.rules import rows
from remit.network.rules.build import NetworkRows
from remit.network.rules.ordinary_hours import hours_of, read_hours, spans_of
from remit.network.rules.snapshot import Snapshot, snapshot_of

REMEMBERED = timedelta(days=60)  # duty before this is fetched only for questions about the past

_ordinary = read_hours((Path(__file__).resolve().parents[1] / "data" / "working-hours.toml").read_text())


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    since: datetime
    snapshot: Snapshot


_kept: dict[str, _Kept] = {}
_mutex = threading.Lock()


def present(*, at: datetime) -> Snapshot:
    """The network as it stands. One statement where nothing changed since the last call.

    A question about a moment before the duty that is kept gets a snapshot of its own.
    """
    version = State.objects.filter(pk=1).values_list("version", flat=True).first() or 0
    kept = _kept.get("snapshot")
    if kept is None or kept.version != version or at < kept.since:
        with _mutex:
            kept = _kept.get("snapshot")
            if kept is None or at < kept.since or version < kept.version:
                kept = _Kept(version, at - REMEMBERED, _built(version, since=at - REMEMBERED))
            elif kept.version != version:
                kept = _caught_up(kept, version)
            _kept["snapshot"] = kept
    return kept.snapshot


def uuid_of(found: rows.Id) -> UUID:
    """An id of the snapshot as the database knows it."""
    assert isinstance(found, UUID)
    return found


def forget() -> None:
    """Drop the snapshot: tests that put another database in place call this."""
    _kept.clear()


def _caught_up(kept: _Kept, version: int) -> _Kept:
    changes = list(Change.objects.filter(version__gt=kept.version, version__lte=version))
    if not changes or any(change.kind == Change.Kind.ALL for change in changes):
        return _Kept(version, kept.since, _built(version, since=kept.since))
    touched: dict[str, set[UUID]] = defaultdict(set)
    for change in changes:
        if change.row_id is not None:
            touched[change.kind].add(change.row_id)
    appointments = Appointment.objects.filter(pk__in=touched[Change.Kind.APPOINTMENT])
    people = touched[Change.Kind.DUTY]  # duty is noted by person
    duty: dict[rows.Id, list[rows.DutyRow]] = {person: [] for person in people}
    for row in _duty(Q(person__in=people, ends_at__gt=kept.since)) if people else ():
        duty[row.person_id].append(row)
    try:
        snapshot = kept.snapshot.patched(
            appointments=[_appointment(row) for row in appointments],
            duty=duty or None,
            absences=_absences() if touched[Change.Kind.ABSENCE] else None,
        )
    except KeyError:  # a post or person that came after the snapshot
        snapshot = _built(version, since=kept.since)
    return _Kept(version, kept.since, snapshot)


def _built(version: int, *, since: datetime) -> Snapshot:
    parties = list(Party.objects.all())
    known = {party.pk: party for party in parties}
    return snapshot_of(
        NetworkRows(
            parties=[
                rows.PartyRow(
                    party.pk,
                    party.code,
                    party.name,
                    party.kind,
                    party.sort,
                    party.convenor_id,
                    hours_of(_ordinary, zone=party.time_zone, nation=party.nation),
                )
                for party in parties
            ],
            memberships=[
                rows.MembershipRow(*row)
                for row in Membership.objects.values_list("system_id", "member_id", "starts_at", "ends_at")
            ],
            units=[
                rows.UnitRow(
                    unit.pk,
                    unit.organisation_id,
                    unit.parent_id,
                    unit.kind,
                    unit.code,
                    unit.name,
                    unit.position,
                    _own_hours(unit, known[unit.organisation_id]),
                )
                for unit in Unit.objects.filter(closed_at=None)
            ],
            dependencies=[
                rows.DependencyRow(*row)
                for row in Dependency.objects.filter(unit__closed_at=None, relies_on__closed_at=None).values_list(
                    "unit_id", "relies_on_id", "starts_at", "ends_at"
                )
            ],
            roles=[
                rows.RoleRow(role.code, role.name, tuple(sorted(group.code for group in role.groups.all())))
                for role in Role.objects.order_by("code").prefetch_related("groups")
            ],
            posts=[
                rows.PostRow(*row)
                for row in Post.objects.filter(closed_at=None, unit__closed_at=None).values_list(
                    "id", "role__code", "unit_id", "title"
                )
            ],
            people=list(Person.objects.order_by("id").values_list("id", "name")),
            appointments=[
                _appointment(row)
                for row in Appointment.objects.filter(post__closed_at=None, post__unit__closed_at=None)
            ],
            duty=_duty(Q(ends_at__gt=since)),
            absences=_absences(),
            interests=[
                rows.InterestRow(*row)
                for row in Interest.objects.values_list("person_id", "party_id", "supplier", "starts_at", "ends_at")
            ],
            bodies=[_body(body) for body in Body.objects.all()],
            members=[
                rows.BodyMemberRow(body, post, person, voting, (), starts_at, ends_at)
                for body, post, person, voting, starts_at, ends_at in BodyMember.objects.filter(
                    Q(post=None) | Q(post__closed_at=None, post__unit__closed_at=None)
                ).values_list("body_id", "post_id", "person_id", "voting", "starts_at", "ends_at")
            ],
            sittings=[rows.SittingRow(*row) for row in Sitting.objects.values_list("body_id", "starts_at", "public")],
        ),
        edition=version,
    )


def _own_hours(unit: Unit, party: Party) -> rows.WorkingHours | None:
    if not unit.working_hours:
        return None
    return hours_of(spans_of(unit.working_hours), zone=party.time_zone, nation=party.nation)


def _appointment(row: Appointment) -> rows.AppointmentRow:
    return rows.AppointmentRow(row.pk, row.person_id, row.post_id, row.kind, row.starts_at, row.ends_at)


def _duty(wanted: Q) -> list[rows.DutyRow]:
    found = Duty.objects.filter(wanted).values_list("person_id", "starts_at", "ends_at", "kind", "post_id")
    return [
        rows.DutyRow(person, starts_at, ends_at, kind, post)
        for person, starts_at, ends_at, kind, post in found
        if ends_at
    ]


def _absences() -> list[rows.AbsenceRow]:
    found = Absence.objects.values_list("person_id", "appointment_id", "starts_at", "ends_at")
    return [rows.AbsenceRow(*row) for row in found]


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
