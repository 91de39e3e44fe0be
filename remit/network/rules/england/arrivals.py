"""What the plan of England brings in, as rows that can be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import UTC, date, datetime, time, timedelta

from remit.kernel.words import LONDON
from remit.network.rules.arriving import (
    AppointmentRow,
    Arrivals,
    BodyRow,
    GroupRow,
    MemberRow,
    MembershipRow,
    PartyRow,
    PersonRow,
    PostRow,
    RoleRow,
    SittingRow,
    UnitRow,
)
from remit.network.rules.england.plan import England
from remit.network.rules.england.template import TemplateBody, TemplatePost, TrustInside, TrustTemplate


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins in England."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return beginning_of(day + timedelta(days=1))


def arrivals_of(plan: England, added: Set[str]) -> Arrivals:
    """The parties of the plan that are new, with their memberships; an organisation has a root to grow from."""
    source = f"{plan.register}, as of {plan.as_of}"
    new = [o for o in plan.organisations if o.code in added]
    systems = [s for s in plan.systems if s.code in added]
    return Arrivals(
        source=source,
        parties=(
            *(PartyRow(o.code, o.name, "organisation", o.kind, "", o.opened_on, o.closed_on) for o in new),
            *(PartyRow(s.code, s.name, "system", s.kind, s.convenor or "", s.starts_on) for s in systems),
        ),
        memberships=tuple(
            MembershipRow(m.system, m.member, beginning_of(m.starts_on), end_of(m.ends_on) if m.ends_on else None)
            for m in plan.memberships
            if m.member in added
        ),
        units=tuple(UnitRow(f"{o.code}/{o.code}", o.code, o.code, "", "organisation", o.name, 0) for o in new),
    )


def arrivals_within(
    template: TrustTemplate,
    insides: Iterable[tuple[str, TrustInside]],
    *,
    today: date,
    groups: tuple[GroupRow, ...],
    roles: tuple[RoleRow, ...],
) -> Arrivals:
    """What some trusts are given by the template, all of it marked as made up.

    Args:
        insides: the code of each trust, and what it is given.
        today: from when on bodies have sittings planned.
        groups, roles: the words of the network, for those that it does not know yet.
    """
    since = beginning_of(template.since)
    units: list[UnitRow] = []
    posts: list[PostRow] = []
    people: list[PersonRow] = []
    appointments: list[AppointmentRow] = []
    bodies: list[BodyRow] = []
    members: list[MemberRow] = []
    sittings: list[SittingRow] = []
    for code, inside in insides:
        places: dict[str, int] = {}
        for unit in inside.units:
            place = places[unit.parent] = places.get(unit.parent, -1) + 1
            parent = f"{code}/{unit.parent}" if unit.parent else ""
            units.append(
                UnitRow(f"{code}/{unit.code}", code, unit.code, parent, unit.kind, unit.name, place, unit.working_hours)
            )
        posts += [PostRow(_ref(code, post), f"{code}/{post.unit}", post.code, post.role) for post in inside.posts]
        people += [PersonRow(person.code, person.name) for person in inside.people]
        appointments += [
            AppointmentRow(f"{a.person}:{a.post.unit}:{a.post.code}", a.person, _ref(code, a.post), a.kind, since)
            for a in inside.appointments
        ]
        for body in inside.bodies:
            row = BodyRow(code, body.code, body.name, body.kind, body.quorum, body.in_writing, joint=False)
            bodies.append(row)
            members += [MemberRow(row.ref, _ref(code, seat), i == 0, since) for i, seat in enumerate(body.seats)]
            sittings += _sittings(row.ref, body, today)
    return Arrivals(
        source=f"{template.source} Edition {template.edition}",
        groups=groups,
        roles=roles,
        units=tuple(units),
        posts=tuple(posts),
        people=tuple(people),
        appointments=tuple(appointments),
        bodies=tuple(bodies),
        members=tuple(members),
        sittings=tuple(sittings),
        made_up=True,
    )


def _ref(trust: str, post: TemplatePost) -> str:
    return f"{trust}/{post.unit}/{post.code}"


def _sittings(ref: str, body: TemplateBody, today: date) -> Iterator[SittingRow]:
    """A year of sittings, the first in the week that follows."""
    first = today + timedelta(days=7 - today.weekday() + body.sits["weekday"])
    for weeks in range(0, 52, body.sits["every_weeks"]):
        on = datetime.combine(first + timedelta(weeks=weeks), body.sits["at"], LONDON)
        yield SittingRow(ref, on.astimezone(UTC), body.sits["public"])
