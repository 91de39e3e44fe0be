"""Makes up people: names that no one has to have, from lists, by chance."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from remit.network.rules.arriving import PersonRow
from remit.site.demonstration.files import toml


def made_up_people(rng: Random, *, taken: frozenset[str]) -> Iterator[PersonRow]:
    """Make up one person after another, no two of the same name.

    Args:
        taken: the names of the personas.
    Source: telephone numbers are of Ofcom's range kept for drama, 01632 960000 to 960999.
    """
    traditions = toml("names")["tradition"]
    shares = [tradition["share"] for tradition in traditions]
    used = set(taken)
    n = 0
    while True:
        (tradition,) = rng.choices(traditions, shares)
        name = f"{rng.choice(tradition['given'])} {rng.choice(tradition['family'])}"
        if name in used:
            continue
        used.add(name)
        n += 1
        yield PersonRow(f"p{n:05}", name, phone(rng))


def phone(rng: Random) -> str:
    """A telephone number that never rings."""
    return f"01632 960{rng.randrange(1000):03}"
