"""What a real trust is given to be tried at once."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime

import pytest

from remit.network.rules.england import (
    BadFile,
    Kind,
    TrustInside,
    TrustTemplate,
    arrivals_within,
    inside_of,
    read_template,
)
from remit.network.tests.england_files import DATA

SORTS = [Kind.ACUTE, Kind.OTHER, Kind.AMBULANCE]


@pytest.fixture(scope="module")
def template() -> TrustTemplate:
    return read_template((DATA / "trust-template.toml").read_text(encoding="utf-8"))


def made(template: TrustTemplate, sort: str, code: str = "RAA") -> TrustInside:
    return inside_of(template, code=code, name="Ashen NHS Trust", sort=sort)


@pytest.mark.parametrize("sort", SORTS)
def test_a_tree_has_one_root_and_every_unit_follows_the_one_above(template, sort):
    above = {""}
    for unit in made(template, sort).units:
        assert unit.parent in above
        above.add(unit.code)
    assert [unit.code for unit in made(template, sort).units if not unit.parent] == ["RAA"]
    assert 14 <= len(above) <= 20


@pytest.mark.parametrize("sort", SORTS)
def test_the_same_trust_is_given_the_same_and_another_other_people(template, sort):
    assert made(template, sort) == made(template, sort)
    assert made(template, sort).people != made(template, sort, "RBB").people


@pytest.mark.parametrize("sort", SORTS)
def test_names_and_codes_stand_once(template, sort):
    inside = made(template, sort)

    assert len({person.code for person in inside.people}) == len(inside.people)
    assert len({person.name for person in inside.people}) == len(inside.people)
    assert len(set(inside.posts)) == len(inside.posts)


@pytest.mark.parametrize("sort", SORTS)
def test_everyone_who_decides_is_there(template, sort):
    inside = made(template, sort)
    filled = {a.post for a in inside.appointments if a.kind == "substantive"}
    vacant = {post.role for post in inside.posts if post not in filled}

    assert vacant <= {"staff-nurse", "healthcare-assistant"}
    assert {"chief-executive", "chair", "divisional-director", "service-lead", "on-call-director"} <= {
        post.role for post in inside.posts
    }


def test_the_nurse_in_charge_deputises_for_the_ward_manager(template):
    deputies = {(a.post.role, a.person) for a in made(template, Kind.ACUTE).appointments if a.kind == "deputy"}

    assert {role for role, _ in deputies} == {"ward-manager"}


def test_the_director_on_call_is_an_executive(template):
    holders: dict[str, set[str]] = {}
    for a in made(template, Kind.ACUTE).appointments:
        holders.setdefault(a.post.role, set()).add(a.person)

    assert holders["on-call-director"] == holders["chief-operating-officer"] | holders["chief-nurse"]


@pytest.mark.parametrize("sort", SORTS)
def test_every_word_is_one_of_the_network(template, sort):
    words = tomllib.loads((DATA / "roles.toml").read_text(encoding="utf-8"))
    roles, kinds = ({one["code"] for one in words[part]} for part in ("role", "kind"))

    assert {post.role for post in made(template, sort).posts} <= roles
    assert {unit.kind for unit in made(template, sort).units} <= kinds


@pytest.mark.parametrize("sort", SORTS)
def test_a_hospital_is_staffed_round_the_clock_and_what_lies_in_it_is_not(template, sort):
    units = made(template, sort).units
    hours = {unit.code: unit.working_hours for unit in units}
    round_the_clock = {unit.code for unit in units if any("sunday" in span["days"] for span in unit.working_hours)}

    assert round_the_clock == {unit.code for unit in units if unit.kind == "hospital"}
    assert all(hours[unit.code] for unit in units if unit.parent in round_the_clock)


def test_bodies_have_a_year_of_sittings_ahead(template):
    today = date(2026, 11, 22)
    arrivals = arrivals_within(template, [("RAA", made(template, Kind.ACUTE))], today=today, groups=(), roles=())
    boards = [sitting for sitting in arrivals.sittings if sitting.body == "RAA/board"]

    assert len(boards) == 13
    assert boards[0].starts_at == datetime(2026, 11, 26, 13, tzinfo=UTC)
    assert boards[6].starts_at == datetime(2027, 5, 13, 12, tzinfo=UTC)  # summer time
    assert {row.body for row in arrivals.sittings} == {row.ref for row in arrivals.bodies}


@pytest.mark.parametrize("sort", SORTS)
def test_bodies_have_seats_and_a_chair_first(template, sort):
    bodies = {body.code: body for body in made(template, sort).bodies}

    assert bodies["board"].seats[0].role == "chair"
    assert len(bodies["board"].seats) == 12
    assert len(bodies["finance-committee"].seats) == 7


def test_some_posts_are_vacant(template):
    inside = [made(template, Kind.ACUTE, f"R{n:02}") for n in range(20)]
    filled = [sum(1 for a in one.appointments if a.kind == "substantive") for one in inside]

    assert sum(len(one.posts) for one in inside) > sum(filled)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("vacant_share = 0.05", "", "the entry 'vacant_share' is missing"),
        (
            'in = "main-hospital", kind = "division", name = "Medicine"',
            'in = "x", kind = "division", name = "M"',
            "stands twice",
        ),
        ("[[variant]]", "[[variant", "not TOML"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(before, after, words):
    text = (DATA / "trust-template.toml").read_text(encoding="utf-8").replace(before, after, 1)

    with pytest.raises(BadFile, match=words):
        read_template(text)
