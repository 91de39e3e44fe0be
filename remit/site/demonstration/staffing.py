"""Fills the posts of a demonstration system, leaving some vacant and some covered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from remit.network.rules.arriving import AppointmentRow, PersonRow, PostRow, UnitRow
from remit.site.demonstration.files import either, local, table
from remit.site.demonstration.personas import claims

SPARE_POSTS_SHARE = 0.03  # vacant posts among staff, beside those that the data names


@dataclass(frozen=True, slots=True)
class Roster:
    """Those who share out the turns of one pattern in one role at one unit, by person and post."""

    pattern: str
    unit: str
    role: str
    places: tuple[tuple[str, str], ...]
    leads: bool  # every turn must be filled: nobody of these is ever away


class Staff:
    """The posts and appointments as they are filled, one step after another."""

    def __init__(self, rng: Random, *, made_on: date, units: Sequence[UnitRow], people: list[PersonRow]) -> None:
        self.rng, self.made_on, self.units, self.people = rng, made_on, units, people
        self.posts: dict[str, PostRow] = {}
        self.appointments: list[AppointmentRow] = []
        self.holders: dict[str, str] = {}  # post -> person, substantive or acting
        self.rosters: list[Roster] = []
        self.unplanned: set[str] = set()  # people whose absence leaves no turn unfilled
        self._numbers: dict[tuple[str, str], int] = defaultdict(int)

    def open_post(self, unit: str, role: str) -> str:
        """Open one more post of a role at a unit: *staff-nurse*, *staff-nurse-2* ..."""
        self._numbers[unit, role] += 1
        n = self._numbers[unit, role]
        code = role if n == 1 else f"{role}-{n}"
        row = PostRow(f"{unit}/{code}", unit, code, role)
        self.posts[row.ref] = row
        return row.ref

    def appoint(self, person: str, post: str, kind: str = "substantive") -> None:
        """Put a person in a post, since some day long enough ago."""
        days = self.rng.randrange(60, 180) if kind == "acting" else self.rng.randrange(400, 3_300)
        starts_at = local(self.made_on - timedelta(days=days))
        self.appointments.append(AppointmentRow(f"a{len(self.appointments):06}", person, post, kind, starts_at))
        if kind != "deputy":
            self.holders[post] = person

    def at(self, line: dict[str, str]) -> Iterator[UnitRow]:
        """The units that a line of the data means."""
        organisations = either(line["organisation"])
        for unit in self.units:
            named = unit.code == line["unit"] if line["unit"] else unit.kind == line["kind"]
            if named and (not organisations or unit.organisation in organisations):
                yield unit


def establish(staff: Staff, newcomers: Iterator[PersonRow], *, target: int) -> None:
    """Open every post and fill it.

    Args:
        target: how many people there are in the end, personas among them.
    """
    lines = [(line, unit) for line in table("establishment") for unit in staff.at(line)]
    opened = [
        (line, [staff.open_post(unit.ref, line["role"]) for _ in range(int(line["posts"]))]) for line, unit in lines
    ]

    def hire() -> str:
        person = next(newcomers)
        staff.people.append(person)
        return person.code

    _fill_as_named(staff)
    for line, posts in opened:
        if not line["held_by"]:
            _fill(staff, posts, hire)
    for line, posts in opened:
        if line["held_by"]:
            _fill_from_others(staff, posts, line["held_by"].split("|"))
    for line, posts in opened:
        if line["deputises"]:
            _deputise(staff, posts, line["deputises"])
        if line["pattern"]:
            _roster(staff, line["pattern"], posts, leads=True)
        else:
            staff.unplanned.update(staff.holders[post] for post in posts if post in staff.holders)
    _fill_the_ranks(staff, hire, target=target)
    _cover(staff)


def _fill_as_named(staff: Staff) -> None:
    """Appoint the personas, and keep open what is vacant, covered or filled from elsewhere."""
    for post, person in claims().items():
        if post in staff.posts:
            staff.appoint(person, post)
    for gap in table("gaps"):
        staff.holders[f"{gap['organisation']}/{gap['unit']}/{gap['role']}"] = ""
    for line in table("elsewhere"):
        staff.holders[line["post"]] = ""


def _fill(staff: Staff, posts: Sequence[str], hire: Callable[[], str]) -> None:
    for post in posts:
        if post not in staff.holders:
            staff.appoint(hire(), post)


def _fill_from_others(staff: Staff, posts: Sequence[str], roles: Sequence[str]) -> None:
    """Fill posts with people of the organisation who hold one of the roles already, in that order."""
    organisation = posts[0].split("/")[0]
    already = {staff.holders.get(post, "") for post in posts}
    others = [
        person
        for role in roles
        for post, person in staff.holders.items()
        if person and post.startswith(f"{organisation}/") and staff.posts[post].role == role
    ]
    free = (person for person in dict.fromkeys(others) if person not in already)
    for post in posts:
        if post not in staff.holders and (person := next(free, "")):
            staff.appoint(person, post)


def _deputise(staff: Staff, posts: Sequence[str], whose: str) -> None:
    """Make the holders deputies of a post at their unit, or with `@organisation` at its root."""
    role, _, where = whose.partition("@")
    unit = staff.posts[posts[0]].unit
    organisation = unit.split("/")[0]
    above = f"{organisation}/{organisation}/{role}" if where else f"{unit}/{role}"
    for post in posts:
        person = staff.holders.get(post)
        if person and above in staff.posts and staff.holders.get(above) != person:
            staff.appoint(person, above, "deputy")


def _cover(staff: Staff) -> None:
    """Fill what is covered by someone acting, and the second posts of those who work in two places."""
    for gap in table("gaps"):
        if gap["state"] == "acting":
            organisation = gap["organisation"]
            covering = staff.holders[f"{organisation}/{gap['covered_by']}"]
            staff.appoint(covering, f"{organisation}/{gap['unit']}/{gap['role']}", "acting")
    for line in table("elsewhere"):
        staff.appoint(staff.holders[line["holder"]], line["post"])


def _roster(staff: Staff, pattern: str, posts: Sequence[str], *, leads: bool) -> None:
    places = tuple((staff.holders[post], post) for post in posts if staff.holders.get(post))
    first = staff.posts[posts[0]]
    staff.rosters.append(Roster(pattern, first.unit, first.role, places, leads))


def _fill_the_ranks(staff: Staff, hire: Callable[[], str], *, target: int) -> None:
    """Share out everybody who is still to come, by the weights of the data."""
    lines = [(line, unit) for line in table("workforce") for unit in staff.at(line)]
    weights = [int(line["weight"]) for line, _ in lines]
    taken = claims()
    wanted = target - len(staff.people) + sum(post not in staff.posts for post in taken)
    for (line, unit), count in zip(lines, shared_out(wanted, weights), strict=True):
        posts = [staff.open_post(unit.ref, line["role"]) for _ in range(count)]
        for post in posts:
            staff.appoint(taken.get(post) or hire(), post)
            staff.unplanned.add(staff.holders[post])
        if line["pattern"] and posts:
            _roster(staff, line["pattern"], posts, leads=False)
        for _ in range(count):
            if staff.rng.random() < SPARE_POSTS_SHARE:
                staff.open_post(unit.ref, line["role"])


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """Share a whole number by weights, so that the parts add up to it (largest remainders first)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
