"""From plain rows to the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from remit.network.rules.arrays import StaffArrays, TreeArrays
from remit.network.rules.bodies import Bodies, BodySeat
from remit.network.rules.moments import closing, epoch, opening
from remit.network.rules.partnerships import Partnerships
from remit.network.rules.presence import Span
from remit.network.rules.rows import (
    AbsenceRow,
    AppointmentRow,
    BodyMemberRow,
    BodyRow,
    DependencyRow,
    DutyRow,
    Id,
    InterestRow,
    MembershipRow,
    PartyRow,
    PostRow,
    RoleRow,
    SittingRow,
    UnitRow,
    WorkingHours,
    same_name,
)
from remit.network.rules.staffing import TENURES, Staffing
from remit.network.rules.tree import Ints, Tree
from remit.network.rules.working_hours import Calendar


@dataclass(frozen=True, slots=True)
class NetworkRows:
    """All that a snapshot is built from. `people` gives names by person id."""

    parties: Sequence[PartyRow] = ()
    memberships: Sequence[MembershipRow] = ()
    units: Sequence[UnitRow] = ()
    dependencies: Sequence[DependencyRow] = ()
    roles: Sequence[RoleRow] = ()
    posts: Sequence[PostRow] = ()
    people: Sequence[tuple[Id, str]] = ()
    appointments: Sequence[AppointmentRow] = ()
    duty: Sequence[DutyRow] = ()
    absences: Sequence[AbsenceRow] = ()
    interests: Sequence[InterestRow] = ()
    bodies: Sequence[BodyRow] = ()
    members: Sequence[BodyMemberRow] = ()
    sittings: Sequence[SittingRow] = ()


def ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def tree_arrays(rows: NetworkRows) -> TreeArrays:
    """Units in the order of position and name, whatever the order of the rows."""
    units = sorted(rows.units, key=lambda u: (u.position, u.name, u.code, str(u.id)))
    index = {unit.id: i for i, unit in enumerate(units)}
    kinds = tuple(sorted({unit.kind for unit in units}))
    kind = {name: i for i, name in enumerate(kinds)}
    return TreeArrays(
        parent=ints(-1 if u.parent_id is None else index[u.parent_id] for u in units),
        kind=ints(kind[u.kind] for u in units),
        kinds=kinds,
        roots={i: u.organisation_id for i, u in enumerate(units) if u.parent_id is None},
        ids=[u.id for u in units],
        codes=[u.code for u in units],
        names=[u.name for u in units],
    )


def staff_arrays(rows: NetworkRows, unit_index: dict[Id, int], roles: dict[str, int]) -> StaffArrays:
    """Posts by title, appointments by id, people as given."""
    posts = sorted(rows.posts, key=lambda p: (p.title, str(p.id)))
    post = {row.id: i for i, row in enumerate(posts)}
    people: dict[Id, int] = {person: i for i, (person, _) in enumerate(rows.people)}
    for named in (rows.appointments, rows.duty, rows.absences, rows.interests, rows.members):
        for row in named:
            if row.person_id is not None:
                people.setdefault(row.person_id, len(people))
    seats = sorted(rows.appointments, key=lambda a: str(a.id))
    return StaffArrays(
        people=len(people),
        post_unit=ints(unit_index[p.unit_id] for p in posts),
        post_role=ints(roles[p.role] for p in posts),
        seat_post=ints(post[a.post_id] for a in seats),
        seat_person=ints(people[a.person_id] for a in seats),
        seat_kind=ints(TENURES[a.kind] for a in seats),
        seat_starts=ints(opening(a.starts_at) for a in seats),
        seat_ends=ints(closing(a.ends_at) for a in seats),
        duty_person=ints(people[d.person_id] for d in rows.duty),
        duty_starts=ints(epoch(d.starts_at) for d in rows.duty),
        duty_ends=ints(epoch(d.ends_at) for d in rows.duty),
        duty_post=ints(-1 if d.post_id is None else post[d.post_id] for d in rows.duty),
        duty_on_call=ints(d.kind == "on_call" for d in rows.duty),
        post_ids=[p.id for p in posts],
        titles=[p.title for p in posts],
        seat_ids=[a.id for a in seats],
        person_ids=list(people),
    )


def calendars(rows: NetworkRows, tree: Tree) -> list[Calendar | None]:
    """The working hours of each unit: its own, else those of what it lies in, else its organisation's."""
    kept: dict[WorkingHours, Calendar] = {}

    def known(hours: WorkingHours | None) -> Calendar | None:
        return None if hours is None else kept.setdefault(hours, Calendar(hours))

    of_party = {party.id: known(party.hours) for party in rows.parties}
    own = {tree.number[unit.id]: known(unit.hours) for unit in rows.units if unit.hours is not None}
    laid: list[Calendar | None] = []
    for unit, parent in enumerate(tree.parent):
        above = of_party.get(tree.organisation[unit]) if parent < 0 else laid[parent]
        laid.append(own.get(unit, above))
    return laid


def away(
    rows: Sequence[AbsenceRow], staffing: Staffing
) -> tuple[dict[int, tuple[Span, ...]], dict[Id, tuple[Span, ...]]]:
    """Absences of people, by number, and of appointments, by id."""
    people: dict[int, list[Span]] = {}
    seats: dict[Id, list[Span]] = {}
    for row in rows:
        span = (opening(row.starts_at), closing(row.ends_at))
        if row.appointment_id is not None:
            seats.setdefault(row.appointment_id, []).append(span)
        elif row.person_id in staffing.person_number:
            people.setdefault(staffing.person_number[row.person_id], []).append(span)
    return (
        {person: tuple(sorted(spans)) for person, spans in people.items()},
        {seat: tuple(sorted(spans)) for seat, spans in seats.items()},
    )


def partnerships(rows: NetworkRows, tree: Tree) -> Partnerships:
    """Parties, memberships in both directions, dependencies."""
    systems: dict[Id, list[tuple[int, int, Id]]] = {}
    members: dict[Id, list[tuple[int, int, Id]]] = {}
    for row in rows.memberships:
        spell = opening(row.starts_at), closing(row.ends_at)
        systems.setdefault(row.member_id, []).append((*spell, row.system_id))
        members.setdefault(row.system_id, []).append((*spell, row.member_id))
    reliance = sorted(
        (tree.number[d.relies_on_id], (opening(d.starts_at), closing(d.ends_at), tree.number[d.unit_id]))
        for d in rows.dependencies
    )
    return Partnerships(
        parties={party.id: party for party in rows.parties},
        party_ids={party.code: party.id for party in rows.parties},
        systems_of={party: tuple(spells) for party, spells in systems.items()},
        members_of={party: tuple(spells) for party, spells in members.items()},
        relied_on=[relied for relied, _ in reliance],
        reliance=[dated for _, dated in reliance],
    )


def bodies_of(rows: NetworkRows, staffing: Staffing, roles: Sequence[RoleRow]) -> Bodies:
    """Bodies with their seats and sittings."""
    seats: dict[Id, list[BodySeat]] = {}
    for row in rows.members:
        post = -1 if row.post_id is None else staffing.post_number[row.post_id]
        groups = frozenset(row.groups)
        if post >= 0:
            groups |= frozenset(roles[staffing.post_role[post]].groups)
        person = -1 if row.person_id is None else staffing.person_number[row.person_id]
        seats.setdefault(row.body_id, []).append(
            BodySeat(post, person, row.voting, groups, opening(row.starts_at), closing(row.ends_at))
        )
    return Bodies(
        by_id={body.id: body for body in rows.bodies},
        by_code={(body.party_id, body.code): body for body in rows.bodies},
        seats={body: tuple(found) for body, found in seats.items()},
        sittings=sittings_of(rows.sittings),
    )


def sittings_of(rows: Sequence[SittingRow]) -> dict[Id, tuple[int, ...]]:
    """When each body sits, in order."""
    found: dict[Id, list[int]] = {}
    for row in rows:
        found.setdefault(row.body_id, []).append(epoch(row.starts_at))
    return {body: tuple(sorted(moments)) for body, moments in found.items()}


def interests_of(rows: Sequence[InterestRow], staffing: Staffing) -> dict[int, tuple[tuple[int, int, Id], ...]]:
    """Declared interests by the number of the person: with a party's id, or a supplier's name."""
    found: dict[int, list[tuple[int, int, Id]]] = {}
    for row in rows:
        if row.person_id in staffing.person_number:
            with_whom = same_name(row.supplier if row.party_id is None else row.party_id)
            spell = (opening(row.starts_at), closing(row.ends_at), with_whom)
            found.setdefault(staffing.person_number[row.person_id], []).append(spell)
    return {person: tuple(spells) for person, spells in found.items()}
