"""Rows that arrive from outside: a demonstration system, an official file, a spreadsheet.

Everything is keyed by codes: a unit is written `party/unit`, a post `party/unit/post`, a
body `party/body`. Intervals are [starts_at, ends_at); None is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of roles that a grant or a quorum may name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role, and the codes of the groups that it belongs to."""

    code: str
    name: str
    family: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyRow:
    """An organisation or a system. `sort` says of what sort, as data."""

    code: str
    name: str
    kind: str
    sort: str
    convenor: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    outside: bool = False
    nation: str = "ENG"
    source: str = ""


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A party's membership of a system."""

    system: str
    member: str
    starts_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit; `ref` is `party/code`, `parent` the ref above, empty for a root; parents come first."""

    ref: str
    organisation: str
    code: str
    parent: str
    kind: str
    name: str
    position: int
    working_hours: tuple[Mapping[str, Any], ...] = ()  # none: the ordinary working week


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """One unit relies on another; both are refs."""

    unit: str
    relies_on: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A place with the units found there."""

    code: str
    name: str
    units: tuple[str, ...]
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class PostRow:
    """A role at a unit; `ref` is `party/unit/code`."""

    ref: str
    unit: str
    code: str
    role: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A natural person."""

    code: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """A person in a post: `substantive`, `acting` or `deputy`."""

    code: str
    person: str
    post: str
    kind: str
    starts_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """A time for which a person is away from everything."""

    person: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class InterestRow:
    """A declared interest with a party or, by name, a supplier; one of the two is given."""

    person: str
    party: str
    supplier: str
    words: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A shift or an on-call. With a post it is duty in that post alone."""

    person: str
    post: str
    kind: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body; `party` may be a system. `quorum` is as `network.Body` holds it."""

    party: str
    code: str
    name: str
    kind: str
    quorum: Mapping[str, Any]
    in_writing: bool
    joint: bool

    @property
    def ref(self) -> str:
        return f"{self.party}/{self.code}"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A seat of a body, held by whoever fills the post."""

    body: str
    post: str
    chair: bool
    starts_at: datetime
    voting: bool = True


@dataclass(frozen=True, slots=True)
class SittingRow:
    """A planned gathering of a body."""

    body: str
    starts_at: datetime
    public: bool


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What comes in at once: a batch that is loaded whole or not at all."""

    source: str
    groups: tuple[GroupRow, ...] = ()
    roles: tuple[RoleRow, ...] = ()
    parties: tuple[PartyRow, ...] = ()
    memberships: tuple[MembershipRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    dependencies: tuple[DependencyRow, ...] = ()
    sites: tuple[SiteRow, ...] = ()
    posts: tuple[PostRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    appointments: tuple[AppointmentRow, ...] = ()
    absences: tuple[AbsenceRow, ...] = ()
    interests: tuple[InterestRow, ...] = ()
    duty: tuple[DutyRow, ...] = ()
    bodies: tuple[BodyRow, ...] = ()
    members: tuple[MemberRow, ...] = ()
    sittings: tuple[SittingRow, ...] = ()
    made_up: bool = False
