"""Loads a demonstration system: its network and schemes, and a way in for each persona."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.apps import apps

from remit.authority.actions import adopt_first, draft_scheme, read_in_taxonomy
from remit.kernel.actor import KEEPER
from remit.kernel.words import joined
from remit.network.actions import give_account, load
from remit.site.demonstration.files import local, toml
from remit.site.demonstration.personas import personas
from remit.site.demonstration.rows import PersonaRow
from remit.site.demonstration.world import make_world

SYSTEM = "marchland"
AUTHORITY = Path(__file__).parents[2] / "authority" / "data"

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


def opened_at(made_on: date) -> datetime:
    """The moment at which the demonstration's record begins: before all that is made up."""
    days: int = toml("marchland")["past"]["days"]
    return local(made_on - timedelta(days=days + 1), "06:00")


def found(*, size: str, seed: int, at: datetime, say: Say) -> Founded:
    """Load the network unless it stands, then every scheme and account that is missing.

    Args:
        at: now; rotas lie around it, and the record begins some months before.
    """
    already = founded()
    if already is None:
        say("Making Marchland up ...")
        world = make_world(seed=seed, size=size, made_on=at.date())
        say(f"Loading {len(world.rows.people):,} made-up people, their posts and {len(world.rows.duty):,} turns ...")
        load(world.rows, by=KEEPER, at=opened_at(world.made_on))
        already = Founded(size, seed, world.made_on)
    _adopt_schemes(at=opened_at(already.made_on), say=say)
    if missing := _without_account():
        say(f"Giving {len(missing)} of them a way in ...")
        _give_accounts(missing, at=opened_at(already.made_on))
    return already


def _adopt_schemes(*, at: datetime, say: Say) -> None:
    """Read in the matters, and bring into force the scheme of each party that has none."""
    versions = apps.get_model("authority.SchemeVersion").objects
    parties = dict(apps.get_model("network.Party").objects.values_list("code", "id"))
    facts = toml("marchland")
    without = [
        party
        for party in (*facts["organisation"], *facts["system"])
        if "scheme" in party and not versions.filter(party=parties[party["code"]], status="adopted").exists()
    ]
    if without:
        say(f"Adopting the schemes of {joined(party['name'] for party in without)} ...")
        for taxonomy in sorted((AUTHORITY / "taxonomies").glob("*.toml")):
            read_in_taxonomy(taxonomy.read_text(encoding="utf-8"), file=taxonomy.name, by=KEEPER, at=at)
    for party in without:
        party_id = parties[party["code"]]
        file = AUTHORITY / "schemes" / f"{party['scheme']}.toml"
        draft = versions.filter(party=party_id).first() or draft_scheme(
            party_id, file.read_text(encoding="utf-8"), file=file.name, by=KEEPER, at=at
        )
        adopt_first(draft.pk, by=KEEPER, at=at)


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
