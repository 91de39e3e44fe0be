"""A small made-up inside for a real trust: units, posts, people and bodies, the same each time."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from remit.network.rules.england.refusals import BadFile


@dataclass(frozen=True, slots=True)
class TemplateUnit:
    """A unit; `parent` is the code of the unit above, empty for the root. No hours: those of the unit above."""

    code: str
    parent: str
    kind: str
    name: str
    working_hours: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class TemplatePost:
    """A role at a unit; `code` is its own at that unit."""

    unit: str
    code: str
    role: str


@dataclass(frozen=True, slots=True)
class TemplatePerson:
    """A made-up person; `code` begins with the trust's."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TemplateAppointment:
    """A person in a post: `substantive` or `deputy`."""

    person: str
    post: TemplatePost
    kind: str


@dataclass(frozen=True, slots=True)
class TemplateBody:
    """A body with the posts that sit on it, the chair's first."""

    code: str
    name: str
    kind: str
    quorum: Mapping[str, Any]
    in_writing: bool
    seats: tuple[TemplatePost, ...]
    sits: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrustInside:
    """All that one trust is given. Units come after the unit above them."""

    units: tuple[TemplateUnit, ...]
    posts: tuple[TemplatePost, ...]
    people: tuple[TemplatePerson, ...]
    appointments: tuple[TemplateAppointment, ...]
    bodies: tuple[TemplateBody, ...]


@dataclass(frozen=True, slots=True)
class TrustTemplate:
    """The template file. `schemes` names the scheme that each sort of trust begins with, `taxonomy` its matters."""

    edition: str
    source: str
    since: date
    taxonomy: str
    vacant_share: float
    schemes: Mapping[str, str]
    units: Mapping[str, tuple[TemplateUnit, ...]]  # by the sort of trust
    posts: tuple[Mapping[str, Any], ...]
    bodies: tuple[Mapping[str, Any], ...]
    names: Mapping[str, tuple[str, ...]]


def read_template(text: str, *, file: str = "trust-template.toml") -> TrustTemplate:
    """Read a template file.

    Raises: BadFile when an entry is missing, or a unit lies in one that does not come before it.
    """
    try:
        raw = tomllib.loads(text)
        hours = raw.get("working_hours", {})
        units = {
            variant["sort"]: tuple(
                TemplateUnit(unit["code"], unit["in"], unit["kind"], unit["name"], tuple(hours.get(unit["kind"], ())))
                for unit in variant["units"]
            )
            for variant in raw["variant"]
        }
        template = TrustTemplate(
            edition=raw["edition"],
            source=raw["source"],
            since=raw["since"],
            taxonomy=raw["taxonomy"],
            vacant_share=float(raw["vacant_share"]),
            schemes={variant["sort"]: variant["scheme"] for variant in raw["variant"]},
            units=units,
            posts=tuple({"roles": post["roles"], **post} for post in raw["post"]),
            bodies=tuple({"seats": body["seats"], "sits": body["sits"], **body} for body in raw["body"]),
            names={part: tuple(syllables) for part, syllables in raw["names"].items()},
        )
    except tomllib.TOMLDecodeError as error:
        raise BadFile(file, f"this is not TOML: {error}.") from None
    except KeyError as error:
        raise BadFile(file, f"the entry {error.args[0]!r} is missing.") from None
    for sort, tree in units.items():
        above = {""}
        for unit in tree:
            if unit.parent not in above or unit.code in above:
                raise BadFile(
                    file, f"{sort}: {unit.code} stands twice, or before the unit {unit.parent!r} that it is in."
                )
            above.add(unit.code)
    return template


def inside_of(template: TrustTemplate, *, code: str, name: str, sort: str) -> TrustInside:
    """Make up the inside of one trust; the same trust is given the same each time.

    Args:
        code: the trust's official code, from which its people are made.
        sort: which variant of the template; an unknown sort has the first.
    """
    rng = Random(f"{template.edition}:{code}")
    tree = template.units.get(sort) or next(iter(template.units.values()))
    units = (
        TemplateUnit(code, "", "organisation", name),
        *(replace(unit, parent=unit.parent or code) for unit in tree),
    )
    people: list[TemplatePerson] = []
    appointments: list[TemplateAppointment] = []
    held: dict[tuple[str, str], list[TemplatePost]] = {}
    holder: dict[TemplatePost, str] = {}
    names = _names(template, rng)
    for unit, entry, post in _posts(template, units, sort):
        held.setdefault((unit.code, post.role), []).append(post)
        if entry.get("may_be_vacant") and rng.random() < template.vacant_share:
            continue
        person = _who_holds(entry, post, held[unit.code, post.role], held, holder, root=code)
        if person is None:
            person = f"{code}-{len(people) + 1:03}"
            people.append(TemplatePerson(person, next(names)))
        holder[post] = person
        appointments.append(TemplateAppointment(person, post, "substantive"))
        for stands_in_for in held.get((unit.code, entry.get("deputises", "")), ()):
            appointments.append(TemplateAppointment(person, stands_in_for, "deputy"))
    posts = tuple(post for at in held.values() for post in at)
    bodies = tuple(_body(body, held, root=code) for body in template.bodies)
    return TrustInside(units, posts, tuple(people), tuple(appointments), bodies)


def _posts(
    template: TrustTemplate, units: tuple[TemplateUnit, ...], sort: str
) -> Iterator[tuple[TemplateUnit, Mapping[str, Any], TemplatePost]]:
    for unit in units:
        for entry in template.posts:
            here = entry["unit"] == unit.code if "unit" in entry else entry.get("at") == unit.kind
            if not here or sort not in entry.get("sorts", (sort,)):
                continue
            count = entry.get("count", 1)
            for role in entry["roles"]:
                for n in range(1, count + 1):
                    yield unit, entry, TemplatePost(unit.code, role if count == 1 else f"{role}-{n}", role)


def _who_holds(
    entry: Mapping[str, Any],
    post: TemplatePost,
    same: list[TemplatePost],
    held: Mapping[tuple[str, str], list[TemplatePost]],
    holder: Mapping[TemplatePost, str],
    *,
    root: str,
) -> str | None:
    """Who holds this post beside their own, where the template says so."""
    roles = entry.get("held_by", ())
    if not roles:
        return None
    role = roles[same.index(post) % len(roles)]
    return next((holder[other] for other in held.get((root, role), ()) if other in holder), None)


def _body(body: Mapping[str, Any], held: Mapping[tuple[str, str], list[TemplatePost]], *, root: str) -> TemplateBody:
    seats: list[TemplatePost] = []
    for seat in body["seats"]:
        role, _, how_many = seat.partition(":")
        posts = held.get((root, role), [])
        seats += posts[: int(how_many)] if how_many else posts
    return TemplateBody(
        code=body["code"],
        name=body["name"],
        kind=body["kind"],
        quorum=body["quorum"],
        in_writing=bool(body.get("in_writing", False)),
        seats=tuple(seats),
        sits=body["sits"],
    )


def _names(template: TrustTemplate, rng: Random) -> Iterator[str]:
    parts = template.names
    used: set[str] = set()
    while True:
        given = rng.choice(parts["given"]) + rng.choice(parts["given_ends"])
        name = f"{given} {rng.choice(parts['family'])}{rng.choice(parts['family_ends'])}"
        if name not in used:
            used.add(name)
            yield name
