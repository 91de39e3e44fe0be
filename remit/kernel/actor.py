"""Who does something, by value: the record needs no table to say who acted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """In what capacity someone or something acts."""

    APPOINTMENT = "appointment"
    PERSON = "person"  # signed in, with no post chosen or none held
    GUEST = "guest"
    ANONYMOUS = "anonymous"
    CLOCK = "clock"
    KEEPER = "keeper"  # whoever runs the machine: imports, demonstration systems


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts, in one capacity.

    Args:
        kind: the capacity.
        id: the appointment, person or guest; None for the clock, a keeper and the anonymous.
        words: how the record says it without naming a person: *site manager, Fenmoor*.
        person: the natural person behind it, where there is one.
    """

    kind: ActorKind
    id: UUID | None
    words: str
    person: UUID | None = None


MADE_UP = " (made up)"  # ends the words of whoever acts in the past of a demonstration

CLOCK = Actor(ActorKind.CLOCK, None, "the clock")
KEEPER = Actor(ActorKind.KEEPER, None, "whoever keeps this system")
ANONYMOUS = Actor(ActorKind.ANONYMOUS, None, "someone")
