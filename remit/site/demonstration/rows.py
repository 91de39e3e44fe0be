"""A made-up world as plain rows, keyed by codes; what a loader writes is exactly this.

A unit is written `party/unit`, a post `party/unit/post`. Intervals are [starts_at, ends_at).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PartyRow:
    """An organisation or a system. `sort` says of what sort, as data."""

    code: str
    name: str
    kind: str
    sort: str
    convenor: str = ""
    opened_on: date | None = None


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


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A made-up person."""

    code: str
    name: str
    phone: str


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


@dataclass(frozen=True, slots=True)
class SittingRow:
    """A planned gathering of a body."""

    body: str
    starts_at: datetime
    public: bool


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """Somebody whom a visitor may be. `person` is empty for nobody in particular.

    Args:
        code: the user name.
        post: the ref of the post in which they first act; empty without posts.
        about: the line that says what to try.
    """

    code: str
    name: str
    person: str
    post: str
    about: str
    technical: bool


@dataclass(frozen=True, slots=True)
class World:
    """All of one demonstration system. Equal seeds, sizes and days make equal worlds."""

    size: str
    seed: int
    made_on: date
    edition: str
    parties: tuple[PartyRow, ...]
    memberships: tuple[MembershipRow, ...]
    units: tuple[UnitRow, ...]
    dependencies: tuple[DependencyRow, ...]
    sites: tuple[SiteRow, ...]
    posts: tuple[PostRow, ...]
    people: tuple[PersonRow, ...]
    appointments: tuple[AppointmentRow, ...]
    absences: tuple[AbsenceRow, ...]
    interests: tuple[InterestRow, ...]
    duty: tuple[DutyRow, ...]
    bodies: tuple[BodyRow, ...]
    members: tuple[MemberRow, ...]
    sittings: tuple[SittingRow, ...]
    personas: tuple[PersonaRow, ...]
