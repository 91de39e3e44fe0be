"""One immutable picture of the network, for a request, an answer or a bench.

Rows or arrays go in; trees, posts, duty, bodies and systems come out as numbers that are
quick to walk, with ids at the edge. `patched` gives the next picture after an appointment,
a duty row or an absence without laying down the trees again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from remit.network.rules import build
from remit.network.rules.arrays import StaffArrays, TreeArrays, presence_of, staffing_of, tree_of
from remit.network.rules.bodies import Bodies
from remit.network.rules.build import NetworkRows
from remit.network.rules.moments import as_moment, closing, epoch, opening
from remit.network.rules.partnerships import Partnerships
from remit.network.rules.presence import Presence
from remit.network.rules.rows import (
    AbsenceRow,
    AppointmentRow,
    DutyRow,
    Id,
    InterestRow,
    PartyRow,
    PostRow,
    RoleRow,
    SittingRow,
)
from remit.network.rules.staffing import TENURES, Seat, Staffing
from remit.network.rules.tree import Tree
from remit.network.rules.working_hours import Calendar

_KINDS = tuple(TENURES)


@dataclass(frozen=True, slots=True)
class Filled:
    """Who fills a post in one appointment: all by id, `kind` is substantive, acting or deputy."""

    appointment_id: Id
    person_id: Id
    post_id: Id
    kind: str
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The network at one edition of its trees. `revision` counts the patches since.

    `tree`, `staffing` and `presence` speak in numbers; the methods here speak in ids.
    """

    edition: Id
    tree: Tree
    staffing: Staffing
    presence: Presence
    partnerships: Partnerships
    bodies: Bodies
    roles: tuple[RoleRow, ...]
    role_number: Mapping[str, int]
    groups: Mapping[str, tuple[int, ...]]  # role group to the numbers of its roles
    interests: Mapping[int, tuple[tuple[int, int, Id], ...]]  # person to from, to, party id or supplier
    people: Mapping[Id, str]
    unit_codes: Mapping[tuple[Id, str], int]
    revision: int = 0

    # Units

    def unit(self, unit_id: Id) -> int:
        """The number of a unit. Raises: KeyError."""
        return self.tree.number[unit_id]

    def unit_by_code(self, code: str, *, party_id: Id | None = None) -> int:
        """The number of *party-code/unit-code*, or of a unit's code within one party. Raises: KeyError."""
        if party_id is None:
            party, _, code = code.partition("/")
            party_id = self.partnerships.party_ids[party]
        return self.unit_codes[party_id, code]

    def units_of(self, party_id: Id) -> range:
        """The numbers of an organisation's units; empty for a party without a tree."""
        root = self.tree.root_of.get(party_id)
        return range(0) if root is None else self.tree.inside(root)

    def party_of(self, unit: int) -> PartyRow:
        """The organisation that a unit belongs to."""
        return self.partnerships.parties[self.tree.organisation[unit]]

    # Posts and people

    def posts_at(self, unit_id: Id) -> tuple[PostRow, ...]:
        """Every post of a unit, filled or vacant."""
        unit = self.unit(unit_id)
        return tuple(
            self.post(post) for post in range(self.staffing.first_post[unit], self.staffing.first_post[unit + 1])
        )

    def post(self, post: int) -> PostRow:
        """A post by its number."""
        staffing = self.staffing
        return PostRow(
            staffing.post_ids[post],
            self.roles[staffing.post_role[post]].code,
            self.tree.ids[staffing.post_unit[post]],
            staffing.titles[post],
        )

    def title(self, post: int) -> str:
        """What a post is called: its own title, or its role's name."""
        return self.staffing.titles[post] or self.roles[self.staffing.post_role[post]].name

    def filling(self, post_id: Id, at: datetime) -> tuple[Filled, ...]:
        """Who fills a post at a moment: substantive, then acting, then deputies."""
        return self._filled(self.staffing.seats(self.staffing.post_number[post_id]), epoch(at))

    def holders(self, role: str, unit_id: Id, at: datetime) -> tuple[Filled, ...]:
        """Who fills the posts of a role at a unit at a moment, post by post."""
        second = epoch(at)
        return tuple(
            filled
            for post in self.staffing.posts(self.unit(unit_id), self.role_number[role])
            for filled in self._filled(self.staffing.seats(post), second)
        )

    def appointments_of(self, person_id: Id, at: datetime) -> tuple[Filled, ...]:
        """The appointments that a person is in at a moment."""
        person, second = self.staffing.person_number.get(person_id), epoch(at)
        if person is None:
            return ()
        return tuple(
            filled
            for post in self.staffing.person_posts(person)
            for filled in self._filled([s for s in self.staffing.seats(post) if s.person == person], second)
        )

    def _filled(self, seats: Iterable[Seat], at: int) -> tuple[Filled, ...]:
        return tuple(
            Filled(
                seat.id,
                self.staffing.person_ids[seat.person],
                self.staffing.post_ids[seat.post],
                _KINDS[seat.kind],
                as_moment(seat.starts),
                as_moment(seat.ends),
            )
            for seat in seats
            if seat.starts <= at < seat.ends
        )

    def name(self, person_id: Id) -> str:
        """A person's name; empty where none was given."""
        return self.people.get(person_id, "")

    # Presence

    def on_duty_from(
        self, person_id: Id, post_id: Id, at: datetime, *, appointment_id: Id = None, before: datetime | None = None
    ) -> datetime | None:
        """The first moment at or after `at` on duty in a post and not away; None where not before `before`."""
        post = self.staffing.post_number[post_id]
        return as_moment(
            self.presence.soonest(
                self.staffing.person_number[person_id],
                post,
                self.staffing.post_unit[post],
                appointment_id,
                epoch(at),
                before=closing(before),
            )
        )

    def on_duty(self, person_id: Id, post_id: Id, at: datetime, *, appointment_id: Id = None) -> bool:
        """Whether a person is on duty in a post at a moment, and not away."""
        found = self.on_duty_from(person_id, post_id, at, appointment_id=appointment_id, before=at)
        return found is not None and epoch(found) == epoch(at)

    def absent(self, person_id: Id, at: datetime, *, appointment_id: Id = None) -> bool:
        """Whether a person is away at a moment, from all or from this appointment."""
        second = epoch(at)
        return self.presence.back(self.staffing.person_number[person_id], appointment_id, second) != second

    def watch_until(self, person_id: Id, post_id: Id, at: datetime) -> datetime | None:
        """When the duty that a person is on ends; None where no duty row covers the moment."""
        person, post = self.staffing.person_number[person_id], self.staffing.post_number[post_id]
        watch = self.presence.watch(person, post, epoch(at))
        return None if watch is None else as_moment(watch[1])

    # Change

    def patched(
        self,
        *,
        appointments: Sequence[AppointmentRow] = (),
        ended: Iterable[AppointmentRow] = (),
        duty: Mapping[Id, Sequence[DutyRow]] | None = None,
        absences: Sequence[AbsenceRow] | None = None,
        interests: Sequence[InterestRow] | None = None,
        sittings: Sequence[SittingRow] | None = None,
    ) -> Snapshot:
        """The picture after a change that leaves units, posts and people as they are.

        Args:
            appointments: new ones, or new states of known ones (by id).
            ended: appointments to take out altogether; to end one on a day, give its new state.
            duty: all rows of each person named.
            absences, interests, sittings: all of them, where any changed.
        Raises: KeyError, where a post or person is not known here: build anew.
        """
        staffing, presence, bodies = self.staffing, self.presence, self.bodies
        if appointments or ended:
            seats = [
                Seat(
                    staffing.post_number[row.post_id],
                    TENURES[row.kind],
                    staffing.person_number[row.person_id],
                    opening(row.starts_at),
                    closing(row.ends_at),
                    row.id,
                )
                for row in appointments
            ]
            gone = list(ended)
            staffing = staffing.with_seats(
                seats, frozenset(row.id for row in gone), [staffing.post_number[row.post_id] for row in gone]
            )
        if duty is not None:
            watches = {
                staffing.person_number[person]: tuple(
                    sorted(
                        (
                            epoch(row.starts_at),
                            epoch(row.ends_at),
                            -1 if row.post_id is None else staffing.post_number[row.post_id],
                            int(row.kind == "on_call"),
                        )
                        for row in rows
                    )
                )
                for person, rows in duty.items()
            }
            presence = replace(presence, changed={**presence.changed, **watches})
        if absences is not None:
            away, away_from = build.away(absences, staffing)
            presence = replace(presence, away=away, away_from=away_from)
        if sittings is not None:
            bodies = replace(bodies, sittings=build.sittings_of(sittings))
        return replace(
            self,
            staffing=staffing,
            presence=presence,
            bodies=bodies,
            interests=self.interests if interests is None else build.interests_of(interests, staffing),
            revision=self.revision + 1,
        )


def snapshot_of(rows: NetworkRows, *, edition: Id) -> Snapshot:
    """Build a snapshot from plain rows. The order of the rows does not matter."""
    units = build.tree_arrays(rows)
    index = {unit_id: i for i, unit_id in enumerate(units.ids or ())}
    roles = {role.code: i for i, role in enumerate(rows.roles)}
    return _laid(rows, units, build.staff_arrays(rows, index, roles), None, edition)


def snapshot_of_arrays(
    units: TreeArrays,
    staff: StaffArrays,
    *,
    rows: NetworkRows,
    edition: Id,
    hours: Mapping[Id, Calendar] | None = None,
) -> Snapshot:
    """Build a snapshot from arrays; `rows` gives what is small: parties, roles, bodies, memberships.

    Args:
        hours: the calendar of each organisation.
    """
    return _laid(rows, units, staff, hours or {}, edition)


def _laid(
    rows: NetworkRows, units: TreeArrays, staff: StaffArrays, hours: Mapping[Id, Calendar] | None, edition: Id
) -> Snapshot:
    tree, unit_number = tree_of(units)
    roles = tuple(rows.roles)
    staffing, post_number = staffing_of(staff, unit_number, len(roles))
    away, away_from = build.away(rows.absences, staffing)
    calendar: Sequence[Calendar | None] = (
        build.calendars(rows, tree) if hours is None else [hours.get(party) for party in tree.organisation]
    )
    groups: dict[str, list[int]] = {}
    for i, role in enumerate(roles):
        for group in role.groups:
            groups.setdefault(group, []).append(i)
    return Snapshot(
        edition=edition,
        tree=tree,
        staffing=staffing,
        presence=presence_of(staff, post_number, calendar, away, away_from),
        partnerships=build.partnerships(rows, tree),
        bodies=build.bodies_of(rows, staffing, roles),
        roles=roles,
        role_number={role.code: i for i, role in enumerate(roles)},
        groups={group: tuple(found) for group, found in groups.items()},
        interests=build.interests_of(rows.interests, staffing),
        people=dict(rows.people),
        unit_codes=dict(zip(zip(tree.organisation, tree.codes, strict=True), range(len(tree)), strict=True))
        if units.codes is not None
        else {},
    )
