"""A demonstration system as values: what the network loads, and whom a visitor may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.network.rules.arriving import Arrivals


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
    rows: Arrivals
    personas: tuple[PersonaRow, ...]
