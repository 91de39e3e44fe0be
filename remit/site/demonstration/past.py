"""What happened in a demonstration system before it was made, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PastPromise:
    """Something promised on the strength of a decision. `ended_at` None: still open; a reason: not kept."""

    words: str
    made_at: datetime
    due_at: datetime
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class PastReview:
    """What came of a decision, as the review said: `worked`, `partly` or `no`."""

    at: datetime
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class PastDecision:
    """Something decided by whoever the scheme gave it to at that moment.

    Args:
        asked_at: when the question was put; it was decided at `decided_at`, or waits where that is None.
        asker: the post of whoever asked; somebody at the unit where it is empty.
        measure, baseline, expected: what would show that it worked, by `review_at`.
        agreed: or else declined, for the reason in `because`.
        advice: what those who were consulted said.
        reversed_at: when it was undone, if it was, for the reason in `because`.
    """

    asked_at: datetime
    decided_at: datetime | None
    asker: str
    unit: str
    matter: str
    quantities: Mapping[str, Decimal]
    facts: tuple[str, ...]
    purpose: str
    supplier: str
    title: str
    why: str
    agreed: bool
    advice: str
    measure: str
    baseline: str
    expected: str
    review_at: datetime
    review: PastReview | None
    promise: PastPromise | None
    reversed_at: datetime | None
    because: str


@dataclass(frozen=True, slots=True)
class PastLevel:
    """An OPEL level that was set for a party, by somebody in one of these roles."""

    at: datetime
    party: str
    level: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastDelegation:
    """Part of a grant that the holder of a post passed on to another post, for a time."""

    at: datetime
    until: datetime
    grant: str
    from_post: str
    to_post: str
    limits: Mapping[str, Decimal]
    words: str
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Past:
    """All of it, each list in the order of time."""

    decisions: tuple[PastDecision, ...]
    levels: tuple[PastLevel, ...]
    delegations: tuple[PastDelegation, ...]
