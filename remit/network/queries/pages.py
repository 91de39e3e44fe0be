"""The pages of the network, each as one value: a system, an organisation, a unit, a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from remit.kernel import words
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound
from remit.network.access import STAFF, Sight, keeps, require
from remit.network.models import Body, Duty, Party, Person, Sitting
from remit.network.queries.snapshots import present, uuid_of
from remit.network.rules.moments import as_moment, epoch
from remit.network.rules.rows import Id
from remit.network.rules.snapshot import Filled, Snapshot
from remit.shell.presenters import Face, Link

MOST_NAMED = 3
SORTS = {"icb": "integrated care board", "ics": "integrated care system", "gp-federation": "GP federation"}
LEADING = frozenset({"manager", "executive-director", "service-lead-level", "team-lead-level"})  # shown first


@dataclass(frozen=True, slots=True)
class Seat:
    """A post and who fills it now. `face` is None where it is vacant."""

    title: str
    face: Face | None
    now: str  # on duty until 19:30 | from 07:00 | away
    on_duty: bool
    others: tuple[Face, ...] = ()  # acting and deputies


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree with all inside it."""

    name: str
    kind: str
    url: str
    vacant: int
    inside: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Where the network begins: one's own organisations, then systems and all others."""

    mine: tuple[Link, ...]
    systems: tuple[Link, ...]
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PartyPage:
    """An organisation or a system."""

    title: str
    sort: str
    crumbs: tuple[Link, ...]
    is_system: bool
    closed: str
    convenor: Link | None
    members: tuple[tuple[Link, str, str], ...]  # who, sort, since
    systems: tuple[Link, ...]
    tree: Branch | None
    bodies: tuple[tuple[str, str, str], ...]  # name, quorum, next sitting
    people: int
    units: int
    rules: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit: who runs it now, who is above it, what it relies on."""

    unit_id: UUID
    title: str
    kind: str
    crumbs: tuple[Link, ...]
    here_now: tuple[Seat, ...]
    posts: tuple[Seat, ...]
    vacant: int
    inside: tuple[Link, ...]
    on_call: tuple[Face, ...]
    relies_on: tuple[Link, ...]
    relied_on_by: tuple[Link, ...]
    ask_url: str

    @property
    def here_words(self) -> str:
        """Who is here now, in a sentence's own words."""
        faces = [seat.face for seat in self.here_now if seat.face]
        named = [f"{face.name} ({face.post[:1].lower()}{face.post[1:]})" for face in faces[:MOST_NAMED]]
        more = len(faces) - len(named)
        return words.joined([*named, *([words.counted(more, "other")] if more else [])])


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person: their posts, and when they are there."""

    title: str
    face: Face
    posts: tuple[tuple[Link, str, str], ...]  # post, unit's organisation, now
    away_until: str
    phone: str
    is_me: bool


def index_page(*, seen_by: Actor, at: datetime) -> IndexPage:
    """All organisations and systems, one's own first. Raises: NotFound."""
    sight = require(seen_by, STAFF, at=at)
    still_open = Q(closed_on=None) | Q(closed_on__gt=at.date())
    parties = list(Party.objects.filter(still_open).order_by("name"))
    return IndexPage(
        mine=_links(p for p in parties if p.pk in sight.organisations),
        systems=_links(p for p in parties if p.kind == Party.Kind.SYSTEM),
        others=_links(p for p in parties if p.kind != Party.Kind.SYSTEM and p.pk not in sight.organisations),
    )


def party_page(code: str, *, seen_by: Actor, at: datetime) -> PartyPage:
    """An organisation with its tree, or a system with its members. Raises: NotFound."""
    sight = require(seen_by, STAFF, at=at)
    snapshot, second = _snapshot(sight, at), epoch(at)
    if code not in snapshot.partnerships.party_ids:  # before the database sees it: it may hold any character
        raise NotFound("organisation")
    party = Party.objects.select_related("convenor").get(code=code)
    parties = snapshot.partnerships.parties
    members = [
        (_party_link(snapshot, member), _sort_words(parties[member].sort), _since(starts))
        for starts, ends, member in snapshot.partnerships.members_of.get(party.pk, ())
        if starts <= second < ends
    ]
    root = snapshot.tree.root_of.get(party.pk)
    units = snapshot.units_of(party.pk)
    return PartyPage(
        title=party.name,
        sort=_sort_words(party.sort),
        crumbs=(Link("Network", reverse("network:index")),),
        is_system=party.kind == Party.Kind.SYSTEM,
        closed=words.day(party.closed_on) if party.closed_on else "",
        convenor=_link(party.convenor) if party.convenor else None,
        members=tuple(sorted(members, key=lambda row: row[0].words)),
        systems=tuple(
            _party_link(snapshot, system)
            for starts, ends, system in snapshot.partnerships.systems_of.get(party.pk, ())
            if starts <= second < ends
        ),
        tree=None if root is None else _branch(snapshot, root, at),
        bodies=_bodies(party, at=at),
        people=len(_people_in(snapshot, units, second)),
        units=len(units),
        rules=_rules(party, keeper=keeps(seen_by, party.pk, of=snapshot, at=at)) if units else (),
    )


def unit_page(party_code: str, code: str, *, seen_by: Actor, at: datetime) -> UnitPage:
    """A unit with its posts, filled or vacant, and who is there now. Raises: NotFound."""
    snapshot = _snapshot(require(seen_by, STAFF, at=at), at)
    try:
        unit = snapshot.unit_by_code(f"{party_code}/{code}")
    except KeyError:
        raise NotFound("unit") from None
    tree = snapshot.tree
    seats = _seats(snapshot, unit, at=at)
    above = list(tree.ancestors(unit))[1:]
    unit_id = uuid_of(tree.ids[unit])
    return UnitPage(
        unit_id=unit_id,
        title=tree.names[unit],
        kind=tree.kinds[tree.kind[unit]],
        crumbs=(Link("Network", reverse("network:index")), *(_unit_link(snapshot, u) for u in reversed(above))),
        here_now=tuple(seat for seat in seats if seat.on_duty),
        posts=tuple(seats),
        vacant=sum(seat.face is None for seat in seats),
        inside=tuple(_unit_link(snapshot, u) for u in tree.children(unit)),
        on_call=_on_call(snapshot, [uuid_of(tree.ids[u]) for u in above], at=at),
        relies_on=tuple(_unit_link(snapshot, u) for u in _relies_on(snapshot, unit, at)),
        relied_on_by=tuple(
            _unit_link(snapshot, u) for u in sorted(snapshot.partnerships.dependants([tree.inside(unit)], epoch(at)))
        ),
        ask_url=f"/who/?unit={unit_id}",
    )


def person_page(person_id: UUID, *, seen_by: Actor, at: datetime) -> PersonPage:
    """A person with their posts. Phone numbers are for those who share a system. Raises: NotFound."""
    sight = require(seen_by, STAFF, at=at)
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound("person")
    snapshot, second = _snapshot(sight, at), epoch(at)
    posts, where = [], set()
    for filled in snapshot.appointments_of(person_id, at):
        post = snapshot.staffing.post_number[filled.post_id]
        unit = snapshot.staffing.post_unit[post]
        party = snapshot.party_of(unit)
        where.add(party.id)
        title = _titled(snapshot, post, filled)
        link = Link(f"{title}, {snapshot.tree.names[unit]}", _unit_link(snapshot, unit).url)
        posts.append((link, party.name, _now(snapshot, filled, at=at)[0]))
    away = snapshot.presence.back(snapshot.staffing.person_number[person_id], None, second)
    back = as_moment(away)
    near = person_id == seen_by.person or sight.shares_with(where, at=at)
    return PersonPage(
        title=person.name,
        face=Face(person.name, posts[0][0].words if posts else "no post now"),
        posts=tuple(posts),
        away_until="" if away == second else words.moment(back, now=at) if back else "a day that is not known",
        phone=person.phone if near else "",
        is_me=person_id == seen_by.person,
    )


def _snapshot(sight: Sight, at: datetime) -> Snapshot:
    return sight.of or present(at=at)


def _rules(party: Party, *, keeper: bool) -> tuple[Link, ...]:
    scheme = Link("Who may decide what: the scheme in force", reverse("authority:scheme", args=[party.code]))
    return (scheme, Link("The record", reverse("record", args=[party.code]))) if keeper else (scheme,)


def _link(party: Party) -> Link:
    return Link(party.name, reverse("network:party", args=[party.code]))


def _links(parties: Iterable[Party]) -> tuple[Link, ...]:
    return tuple(_link(party) for party in parties)


def _party_link(snapshot: Snapshot, party: Id) -> Link:
    row = snapshot.partnerships.parties[party]
    return Link(row.name, reverse("network:party", args=[row.code]))


def _unit_link(snapshot: Snapshot, unit: int) -> Link:
    code = snapshot.party_of(unit).code
    return Link(snapshot.tree.names[unit], reverse("unit", args=[code, snapshot.tree.codes[unit]]))


def _since(starts: int) -> str:
    moment = as_moment(starts)
    return words.day(moment.astimezone(words.LONDON)) if moment else ""


def _branch(snapshot: Snapshot, unit: int, at: datetime) -> Branch:
    tree, staffing, second = snapshot.tree, snapshot.staffing, epoch(at)
    vacant = sum(
        not any(seat.starts <= second < seat.ends for seat in staffing.seats(post))
        for post in range(staffing.first_post[unit], staffing.first_post[unit + 1])
    )
    return Branch(
        tree.names[unit],
        tree.kinds[tree.kind[unit]],
        _unit_link(snapshot, unit).url,
        vacant,
        tuple(_branch(snapshot, child, at) for child in tree.children(unit)),
    )


def _people_in(snapshot: Snapshot, units: range, second: int) -> set[int]:
    staffing = snapshot.staffing
    if not units:
        return set()
    posts = range(staffing.first_post[units.start], staffing.first_post[units.stop])
    return {seat.person for post in posts for seat in staffing.seats(post) if seat.starts <= second < seat.ends}


def _bodies(party: Party, *, at: datetime) -> tuple[tuple[str, str, str], ...]:
    following: dict[UUID, datetime] = {}
    for body, starts_at in Sitting.objects.filter(body__party=party, starts_at__gt=at).values_list("body", "starts_at"):
        following[body] = min(starts_at, following.get(body, starts_at))
    return tuple(
        (body.name, _quorum(body), words.moment(following[body.pk], now=at) if body.pk in following else "")
        for body in Body.objects.filter(party=party).order_by("name")
    )


def _quorum(body: Body) -> str:
    rule = body.quorum
    said = [f"{rule['number']}"] if "number" in rule else []
    said += [f"{rule['share']} of its members"] if "share" in rule else []
    said += [words.counted(n, group.replace("-", " ")) for group, n in rule.get("of", {}).items()]
    return words.joined(said)


def _sort_words(sort: str) -> str:
    """A sort of organisation as people say it."""
    return SORTS.get(sort, sort.replace("-", " "))


def _seats(snapshot: Snapshot, unit: int, *, at: datetime) -> list[Seat]:
    """The posts at a unit: those who lead first, then the rarest; among equals whoever is on duty."""
    staffing = snapshot.staffing
    seats = []
    posts = range(staffing.first_post[unit], staffing.first_post[unit + 1])
    leading = {
        snapshot.title(post)
        for post in posts
        if not LEADING.isdisjoint(snapshot.roles[staffing.post_role[post]].groups)
    }
    for post in posts:
        filling = snapshot.filling(staffing.post_ids[post], at)
        if not filling:
            seats.append(Seat(snapshot.title(post), None, "vacant", False))
            continue
        first, *rest = filling
        now, on_duty = _now(snapshot, first, at=at)
        seats.append(
            Seat(
                snapshot.title(post),
                _face(snapshot, first, note=now),
                now,
                on_duty,
                tuple(_face(snapshot, other, note=_now(snapshot, other, at=at)[0]) for other in rest[:4]),
            )
        )
    how_many = Counter(seat.title for seat in seats)
    return sorted(
        seats, key=lambda seat: (seat.title not in leading, how_many[seat.title], seat.title, not seat.on_duty)
    )


def _on_call(snapshot: Snapshot, units: list[UUID], *, at: datetime) -> tuple[Face, ...]:
    """Who is on call for these units now, the nearest unit first."""
    rows = Duty.objects.filter(
        kind=Duty.Kind.ON_CALL, post__unit__in=units, starts_at__lte=at, ends_at__gt=at
    ).values_list("person_id", "post_id", "post__unit_id")
    faces = []
    for person_id, post_id, unit_id in rows:
        held = [f for f in snapshot.filling(post_id, at) if f.person_id == person_id]
        if held:
            note = _now(snapshot, held[0], at=at)[0].replace("on duty", "on call")
            faces.append((units.index(unit_id), _face(snapshot, held[0], note=note)))
    return tuple(face for _, face in sorted(faces, key=lambda found: (found[0], found[1].name)))


def _face(snapshot: Snapshot, filled: Filled, *, note: str) -> Face:
    post = snapshot.staffing.post_number[filled.post_id]
    return Face(
        snapshot.name(filled.person_id),
        _titled(snapshot, post, filled),
        reverse("network:person", args=[filled.person_id]),
        note,
    )


def _titled(snapshot: Snapshot, post: int, filled: Filled) -> str:
    title = snapshot.title(post)
    return title if filled.kind == "substantive" else f"{filled.kind.capitalize()} {title[:1].lower()}{title[1:]}"


def _now(snapshot: Snapshot, filled: Filled, *, at: datetime) -> tuple[str, bool]:
    if snapshot.absent(filled.person_id, at, appointment_id=filled.appointment_id):
        return "away", False
    if snapshot.on_duty(filled.person_id, filled.post_id, at, appointment_id=filled.appointment_id):
        until = snapshot.watch_until(filled.person_id, filled.post_id, at)
        return (f"on duty until {words.moment(until, now=at)}" if until else "at work now"), True
    soon = snapshot.on_duty_from(filled.person_id, filled.post_id, at, appointment_id=filled.appointment_id)
    return (f"off duty until {words.moment(soon, now=at)}" if soon else "no duty planned"), False


def _relies_on(snapshot: Snapshot, unit: int, at: datetime) -> list[int]:
    second, partnerships = epoch(at), snapshot.partnerships
    return sorted(
        relied
        for relied, (starts, ends, who) in zip(partnerships.relied_on, partnerships.reliance, strict=True)
        if who == unit and starts <= second < ends
    )
