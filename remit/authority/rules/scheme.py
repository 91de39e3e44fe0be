"""A scheme of reservation and delegation, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum


class May(StrEnum):
    """What a grant lets its holder do."""

    DECIDE = "decide"
    PROPOSE = "propose"  # brings it to the decider
    CONFIRM = "confirm"  # it takes effect only then
    RATIFY = "ratify"  # it stands meanwhile, and lapses if refused


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a grant: a role at every unit of a kind, a role at one unit, or a body.

    Exactly one of `role`, `role_group` and `body` is given; a role or group goes with
    `at_kind` or `at_unit`. All are codes of the network.
    """

    role: str = ""
    role_group: str = ""
    at_kind: str = ""
    at_unit: str = ""
    body: str = ""


class ConditionKind(StrEnum):
    OPEL = "opel"  # `value` is the level, at or above
    INCIDENT = "incident"  # `value` is the kind declared, or "any"
    FACT = "fact"  # `value` is the stated fact's code


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold at the moment for a grant or reservation to count."""

    kind: ConditionKind
    value: str


@dataclass(frozen=True, slots=True)
class Grant:
    """Lets a holder do something about a matter, within limits, under conditions.

    Args:
        ref: unique in its scheme; what a decision cites beside the clause.
        limits: the largest of each quantity, inclusive; a quantity not named has no limit.
        order: the place among rungs at one unit, where the scheme gives it.
        starts_at, ends_at: from (inclusive) and to (exclusive); None is open.
        answer_in_working_time, confirm_in_working_time: whether that span counts working
            days and hours only (*3 working days*); otherwise it is elapsed time.
        line: where it begins in its file, for findings.
    """

    ref: str
    matter: str
    clause: str
    holder: Holder
    may: May = May.DECIDE
    method: str = "sole"
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    co_signers: tuple[Holder, ...] = ()
    consult: tuple[Holder, ...] = ()
    inform: tuple[Holder, ...] = ()
    report_to: tuple[Holder, ...] = ()
    ratify_by: Holder | None = None
    confirm_by: Holder | None = None
    confirm_within: timedelta | None = None
    answer_within: timedelta | None = None
    delegable: bool = False
    deputies: bool = True
    order: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    line: int = 0
    answer_in_working_time: bool = False
    confirm_in_working_time: bool = False


@dataclass(frozen=True, slots=True)
class Reservation:
    """Keeps a matter for a body; with `above`, only past those amounts (exclusive)."""

    ref: str
    matter: str
    clause: str
    body: str
    above: Mapping[str, Decimal] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    method: str = "majority"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    line: int = 0
    consult: tuple[Holder, ...] = ()
    inform: tuple[Holder, ...] = ()
    answer_within: timedelta | None = None
    answer_in_working_time: bool = False


ANY_PARTY = "*"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of a party's scheme.

    Args:
        party: the party's code; `*` is a template, for any party of the kind to adopt.
        taxonomy: code and edition of the matters that it speaks of: `health-2026`.
        residual: who decides what nothing else gives to anyone; a pooled scheme has none.
        clauses: what each clause says, by its number, where the file gives it.
    """

    code: str
    party: str
    edition: str
    title: str
    source: str
    taxonomy: str
    residual: Holder
    grants: tuple[Grant, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    pooled: bool = False  # a system's scheme: what its members have pooled
    clauses: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_template(self) -> bool:
        return self.party == ANY_PARTY
