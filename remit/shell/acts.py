"""The registry of acts: what a decision does when it takes effect, by name.

An app that stands below `decisions` registers what may be done on the strength of a
decision (*adopt this scheme*); `decisions` runs it inside the transaction that closes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from remit.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Strength:
    """On what an act stands: the decision, by its id and that of its ledger entry."""

    decision_id: UUID
    entry_id: UUID


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a decision does.

    `run(**terms, strength, by, at)` changes and records; it raises a RemitError where it
    cannot, and then the decision is not taken either. `words(**terms)` says what it will do.
    """

    name: str
    matter: str
    run: Callable[..., None]
    words: Callable[..., str]


_acts: dict[str, Act] = {}


def register(act: Act) -> None:
    """Make an act known by its name. Each name has one act."""
    known = _acts.setdefault(act.name, act)
    if known is not act:
        raise ValueError(f"Two acts are called {act.name!r}.")


def find(name: str) -> Act:
    """Raises: KeyError for a name that nothing registered."""
    return _acts[name]


def run(name: str, terms: Mapping[str, Any], *, strength: Strength, by: Actor, at: datetime) -> None:
    """Do what the decision decided."""
    _acts[name].run(**terms, strength=strength, by=by, at=at)
