"""England as it would stand once loaded: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort an organisation is. A trust that has patient shares is an acute one."""

    BOARD = "icb"
    ACUTE = "acute-trust"
    OTHER = "community-and-mental-health-trust"
    AMBULANCE = "ambulance-service"


@dataclass(frozen=True, slots=True)
class System:
    """A region or an ICS: it convenes, it never commands. `convenor` is an organisation's code."""

    code: str
    name: str
    kind: str
    starts_on: date
    convenor: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A trust or a board. `closed_on` is the last day it was open; `region` is that of a trust's own code."""

    code: str
    name: str
    kind: Kind
    opened_on: date | None = None
    closed_on: date | None = None
    region: str = ""

    @property
    def is_trust(self) -> bool:
        return self.kind is not Kind.BOARD

    def is_open(self, on: date) -> bool:
        return self.closed_on is None or on <= self.closed_on


@dataclass(frozen=True, slots=True)
class Membership:
    """An organisation or a system in a system. `ends_on` is the last day; None is open-ended."""

    member: str
    system: str
    starts_on: date
    because: str
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A row that was not placed, and why: for a person to look at."""

    code: str
    name: str
    reason: str
    file: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """From `on`, what `old` did is done by each of `new`."""

    old: str
    new: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class England:
    """The plan. `register` is whose codes these are; `as_of` is the day for which the file of
    trusts speaks; `files` holds each file read with its SHA-256."""

    edition: str
    register: str
    source: str
    as_of: date
    systems: tuple[System, ...]
    organisations: tuple[Organisation, ...]
    memberships: tuple[Membership, ...]
    listed: tuple[Listed, ...]
    outside: tuple[Listed, ...]
    successions: tuple[Succession, ...]
    files: tuple[tuple[str, str], ...]

    def counts(self) -> dict[str, int]:
        """How many of each the plan holds. A region is a system that no organisation convenes."""
        trusts = [o for o in self.organisations if o.is_trust]
        return {
            "regions": sum(1 for s in self.systems if s.convenor is None),
            "systems": sum(1 for s in self.systems if s.convenor),
            "boards": len(self.organisations) - len(trusts),
            "trusts": len(trusts),
            "closed": sum(1 for o in trusts if o.closed_on),
            "memberships": len(self.memberships),
            "listed": len(self.listed),
            "outside": len(self.outside),
        }
