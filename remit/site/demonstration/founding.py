"""Loads a demonstration system: its network, and a way in for each persona."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps

from remit.kernel.actor import KEEPER
from remit.network.actions import give_account, load
from remit.site.demonstration.personas import personas
from remit.site.demonstration.rows import PersonaRow
from remit.site.demonstration.world import make_world

SYSTEM = "marchland"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Founded:
    """What a demonstration system was made from."""

    size: str
    seed: int
    made_on: date


def founded() -> Founded | None:
    """What the demonstration system here was made from; None where there is none."""
    source = apps.get_model("network.Party").objects.filter(code=SYSTEM).values_list("source", flat=True).first()
    if source is None:
        return None
    facts = dict(part.split("=", 1) for part in source.split() if "=" in part)
    return Founded(facts["size"], int(facts["seed"]), date.fromisoformat(facts["day"]))


def found(*, size: str, seed: int, at: datetime, say: Say) -> Founded:
    """Load the network unless it stands, then every account that is missing."""
    already = founded()
    if already is None:
        say("Making Marchland up ...")
        world = make_world(seed=seed, size=size, made_on=at.date())
        say(f"Loading {len(world.rows.people):,} made-up people, their posts and {len(world.rows.duty):,} turns ...")
        load(world.rows, by=KEEPER, at=at)
        already = Founded(size, seed, world.made_on)
    if missing := _without_account():
        say(f"Giving {len(missing)} of them a way in ...")
        _give_accounts(missing, at=at)
    return already


def _without_account() -> list[PersonaRow]:
    names = apps.get_model("network.Account").objects.values_list("username", flat=True)
    present = set(names.filter(username__in=[persona.code for persona in personas()]))
    return [persona for persona in personas() if persona.code not in present]


def _give_accounts(missing: list[PersonaRow], *, at: datetime) -> None:
    """INVARIANT: no password is ever set: a persona is signed in by the demonstration's own page alone."""
    people = apps.get_model("network.Person").objects
    ids = dict(people.filter(code__in=[persona.person for persona in missing]).values_list("code", "id"))
    for persona in missing:
        give_account(
            persona.code,
            person_id=ids[persona.person] if persona.person else None,
            by=KEEPER,
            at=at,
            technical=persona.technical,
            made_up=True,
        )


