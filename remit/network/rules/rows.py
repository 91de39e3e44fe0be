"""Plain rows from which a snapshot is built. Ids may be anything that can be hashed.

Intervals are [starts_at, ends_at), aware; None is open.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import IntEnum
from fractions import Fraction
from typing import TypeAlias

Id: TypeAlias = Hashable


class Tenure(IntEnum):
    """How someone is appointed, in the order in which they are turned to."""

    SUBSTANTIVE = 0
    ACTING = 1
    DEPUTY = 2


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When people without a rota are at work.

    Args:
        spans: weekday (0 is Monday), from, to; a span that ends before it begins runs past midnight.
        holidays: country and part whose bank holidays are free, as *GB-ENG*; empty is none.
    """

    zone: str
    spans: tuple[tuple[int, time, time], ...]
    holidays: str = ""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """An organisation or a system. `sort` is its kind in the data: acute-trust, icb, council ..."""

    id: Id
    code: str
    name: str
    kind: str = "organisation"
    sort: str = ""
    convenor_id: Id | None = None
    hours: WorkingHours | None = None


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A party's membership of a system."""

    system_id: Id
    member_id: Id
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit; the one without a parent is the root of its organisation. Siblings stand by `position`, then name."""

    id: Id
    organisation_id: Id
    parent_id: Id | None
    kind: str
    code: str
    name: str
    position: int = 0
    hours: WorkingHours | None = None


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """A unit that relies on another."""

    unit_id: Id
    relies_on_id: Id
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role and the groups that it belongs to, by code."""

    code: str
    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostRow:
    """A role at a unit. `title` where it is not the role's own name."""

    id: Id
    role: str
    unit_id: Id
    title: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """A person in a post for a time."""

    id: Id
    person_id: Id
    post_id: Id
    kind: str = "substantive"  # or "acting", "deputy"
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A shift or an on-call. With a post it says something about that post alone."""

    person_id: Id
    starts_at: datetime
    ends_at: datetime
    kind: str = "shift"  # or "on_call"
    post_id: Id | None = None


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Away: a person from everything, or from one appointment."""

    person_id: Id | None = None
    appointment_id: Id | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InterestRow:
    """A declared interest: with a party, or with a supplier by name."""

    person_id: Id
    party_id: Id | None = None
    supplier: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def same_name(whom: Id) -> Id:
    """A supplier's name as it is compared: neither capitals nor spaces tell two apart. An id stays as it is."""
    return " ".join(whom.split()).casefold() if isinstance(whom, str) else whom


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """How many voting seats must be taken: a number, a share of them, and so many of each role group."""

    number: int = 1
    share: Fraction | None = None
    of: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body of one party. It stands at the root of its organisation, or at `unit_id`."""

    id: Id
    code: str
    party_id: Id
    name: str
    quorum: QuorumRule = QuorumRule()
    may_resolve_in_writing: bool = False
    chair_post_id: Id | None = None
    unit_id: Id | None = None


@dataclass(frozen=True, slots=True)
class BodyMemberRow:
    """A seat: of whoever fills a post, or of a person. `groups` adds to the groups of the post's role."""

    body_id: Id
    post_id: Id | None = None
    person_id: Id | None = None
    voting: bool = True
    groups: tuple[str, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SittingRow:
    """A planned gathering of a body."""

    body_id: Id
    starts_at: datetime
    public: bool = False
