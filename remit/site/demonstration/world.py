"""Makes one demonstration system whole, from data, a seed and a day."""

from __future__ import annotations

from datetime import date
from random import Random

from remit.network.rules.arriving import Arrivals
from remit.site.demonstration import bodies, personas, rota, tree
from remit.site.demonstration.files import toml
from remit.site.demonstration.people import made_up_people
from remit.site.demonstration.rows import World
from remit.site.demonstration.staffing import Staff, establish

SIZES = ("small", "large")


def make_world(*, seed: int, size: str, made_on: date) -> World:
    """Make Marchland up.

    Args:
        size: `small`, about 120 units and 1,200 people, or `large`, about 450 and 9,000.
        made_on: the day around which rotas and sittings lie.
    """
    facts = toml("marchland")
    rng = Random(f"{seed} {size}")
    who = personas.personas()
    units = tree.units(size)
    staff = Staff(rng, made_on=made_on, units=units, people=list(personas.their_people()))
    establish(
        staff,
        made_up_people(rng, taken=frozenset(persona.name for persona in who)),
        target=facts["people"][size],
    )
    needed = {person for roster in staff.rosters if roster.leads for person, _ in roster.places}
    needed.update(persona.person for persona in who)
    away = rota.absences(rng, sorted(staff.unplanned - needed), made_on=made_on)
    rows = Arrivals(
        source=f"Marchland, made up: edition={facts['edition']} size={size} seed={seed} day={made_on}",
        groups=tree.groups(),
        roles=tree.roles(),
        parties=tree.parties(),
        memberships=tree.memberships(),
        units=units,
        dependencies=tree.dependencies(units),
        sites=tree.sites(),
        posts=tuple(staff.posts.values()),
        people=tuple(staff.people),
        appointments=tuple(staff.appointments),
        absences=away,
        interests=bodies.interests(staff.holders),
        duty=rota.duty(rng, staff.rosters, made_on=made_on, away=away),
        bodies=bodies.bodies(),
        members=bodies.members(staff.posts),
        sittings=bodies.sittings(made_on),
        made_up=True,
    )
    return World(size, seed, made_on, facts["edition"], rows, who)
