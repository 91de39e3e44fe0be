"""Codes that a scheme may use, where they are known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes of a network. None means that nobody has said, so nothing is checked."""

    roles: frozenset[str] | None = None
    role_groups: frozenset[str] | None = None
    unit_kinds: frozenset[str] | None = None
    units: frozenset[str] | None = None  # `party-code/unit-code`
    bodies: frozenset[str] | None = None


UNCHECKED = Vocabulary()
