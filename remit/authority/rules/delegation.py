"""Authority passed on, in writing, for a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from remit.authority.rules.case import Id


@dataclass(frozen=True, slots=True)
class Delegation:
    """Part of a grant, passed on by one who holds it. Limits and dates are never copied into it.

    What it comes to is worked out along the chain: the least of the limits, the latest
    start, the earliest end. Taking one away takes all that was passed on from it.

    Args:
        ref: unique in its party.
        party: code of the party whose scheme the chain begins in.
        of: ref of the grant, or of the delegation, that is passed on.
        from_post: the holder's post, which gives the unit; empty where a body passes its grant on.
        to_post, to_person, to_body: exactly one; a body is written `code`, or `party/code` for another's.
        within: a unit inside the holder's, where less than the whole is passed on.
        passable: whether who receives it may pass it on again.
        document: what it was written in.
    """

    ref: str
    party: str
    of: str
    from_post: Id | None = None
    to_post: Id | None = None
    to_person: Id | None = None
    to_body: str = ""
    within: Id | None = None
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    revoked_at: datetime | None = None
    passable: bool = False
    document: str = ""
