"""Marchland holds together: the same for a seed, whole, invented, and of the size that it says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from remit.site.demonstration.files import toml
from remit.site.demonstration.staffing import shared_out
from remit.site.demonstration.world import make_world
from remit.site.tests.marchland import MADE_ON, marchland

ROLES = Path(__file__).resolve().parents[2] / "network" / "data" / "roles.toml"


def test_a_seed_makes_one_world() -> None:
    assert make_world(seed=7, size="small", made_on=MADE_ON) == marchland()
    assert make_world(seed=8, size="small", made_on=MADE_ON).rows.people != marchland().rows.people


@pytest.mark.parametrize(("size", "units", "people"), [("small", 120, 1_200), ("large", 450, 9_000)])
def test_it_is_as_large_as_it_says(size: str, units: int, people: int) -> None:
    world = marchland(size)

    assert abs(len(world.rows.units) - units) <= 5
    assert len(world.rows.people) == people
    assert sum(party.kind == "organisation" for party in world.rows.parties) == 7
    everyone = {person.code for person in world.rows.people}
    assert {appointment.person for appointment in world.rows.appointments} == everyone


def test_every_word_is_in_the_vocabulary() -> None:
    words = tomllib.loads(ROLES.read_text(encoding="utf-8"))
    groups = {group["code"] for group in words["group"]}

    assert {unit.kind for unit in marchland("large").rows.units} <= {kind["code"] for kind in words["kind"]}
    assert {post.role for post in marchland("large").rows.posts} <= {role["code"] for role in words["role"]}
    assert {group for role in words["role"] for group in role.get("groups", ())} <= groups
    assert {group for body in marchland().rows.bodies for group in body.quorum.get("of", {})} <= groups


@pytest.mark.parametrize("size", ["small", "large"])
def test_every_reference_is_to_something(size: str) -> None:
    world = marchland(size)
    parties = {party.code for party in world.rows.parties}
    units = [unit.ref for unit in world.rows.units]
    posts = {post.ref for post in world.rows.posts}
    people = {person.code for person in world.rows.people}
    bodies = {body.ref for body in world.rows.bodies}

    assert len(set(units)) == len(units)
    assert len(posts) == len(world.rows.posts)
    assert len(people) == len(world.rows.people)
    assert len({appointment.code for appointment in world.rows.appointments}) == len(world.rows.appointments)
    assert all(unit.parent == "" or unit.parent in units[:n] for n, unit in enumerate(world.rows.units))
    assert {post.unit for post in world.rows.posts} <= set(units)
    assert {ref for row in world.rows.dependencies for ref in (row.unit, row.relies_on)} <= set(units)
    assert {unit for site in world.rows.sites for unit in site.units} <= set(units)
    assert {row.post for row in world.rows.appointments} <= posts
    assert {row.person for row in world.rows.appointments} <= people
    assert {row.person for row in world.rows.duty} <= people
    assert {row.post for row in world.rows.duty} <= posts | {""}
    assert {row.person for row in world.rows.absences} | {row.person for row in world.rows.interests} <= people
    assert {row.party for row in world.rows.interests} <= parties | {""}
    assert {row.body for row in world.rows.members} | {row.body for row in world.rows.sittings} <= bodies
    assert {row.post for row in world.rows.members} <= posts
    assert {code for row in world.rows.memberships for code in (row.system, row.member)} <= parties
    assert len([unit for unit in world.rows.units if not unit.parent]) == 7


def test_nobody_in_it_is_anybody() -> None:
    lists = toml("names")["tradition"]
    personas = {persona.name for persona in marchland("large").personas}
    names = [person.name for person in marchland("large").rows.people if person.name not in personas]

    pairs = {f"{given} {family}" for names in lists for given in names["given"] for family in names["family"]}
    assert set(names) <= pairs
    assert len(set(names)) == len(names)
    assert all(person.phone.startswith("01632 960") for person in marchland("large").rows.people)


def test_some_posts_are_vacant_and_some_are_covered() -> None:
    world = marchland()
    filled = {row.post for row in world.rows.appointments if row.kind != "deputy"}
    acting = {row.post for row in world.rows.appointments if row.kind == "acting"}

    assert "fenmoor-hospitals/surgery/divisional-nurse" not in filled
    assert "fenmoor-hospitals/ward-10/ward-manager" in acting
    assert 20 <= len(world.rows.posts) - len(filled) <= 80


def test_somebody_works_in_two_organisations_and_somebody_serves_two_systems() -> None:
    world = marchland()
    where: dict[str, set[str]] = {}
    for row in world.rows.appointments:
        where.setdefault(row.person, set()).add(row.post.split("/")[0])
    systems: dict[str, set[str]] = {}
    for membership in world.rows.memberships:
        systems.setdefault(membership.member, set()).add(membership.system)

    assert where["adaeze"] == {"marchland-gps", "marchland-icb"}
    assert sum(len(organisations) == 2 for organisations in where.values()) == 2
    assert len(systems["marchland-ambulance"]) == len(systems["larkfield-hospice"]) == 2


def test_every_body_can_be_quorate_and_sits() -> None:
    world = marchland()
    sat = {row.body for row in world.rows.sittings}

    for body in world.rows.bodies:
        seats = sum(row.body == body.ref for row in world.rows.members)
        assert seats >= body.quorum.get("number", 2), body.ref
        assert body.ref in sat
        assert sum(row.chair for row in world.rows.members if row.body == body.ref) == 1
    board = [row for row in world.rows.members if row.body == "marchland-icb/board"]
    assert len(board) == 22


def test_what_is_shared_out_adds_up() -> None:
    assert shared_out(10, [1, 1, 1]) == [4, 3, 3]
    assert shared_out(7, [5, 0, 2]) == [5, 0, 2]
