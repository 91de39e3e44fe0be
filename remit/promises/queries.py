"""Reading promises: mine, those of one thing, those at one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remit.kernel import clock
from remit.kernel import words as wording
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound
from remit.network.access import Audience, Sight, sight_of
from remit.network.queries import present
from remit.promises.models import Promise, PromiseSet
from remit.promises.rules.owed import Capacities, capacities
from remit.promises.rules.states import Move, State, moves_open
from remit.shell import subjects

MOST = 200  # on one page
_STATES = {
    State.MADE: "Promised",
    State.KEPT: "Kept",
    State.NOT_KEPT: "Not kept",
    State.RELEASED: "No longer needed",
    State.PASSED_ON: "Passed on",
}


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise as pages show it. `moves` are those that the reader may make now."""

    id: UUID
    words: str
    made_by: str
    made_as: str
    owed_to: str
    due_at: datetime
    due: str
    is_late: bool
    status: str
    status_words: str
    reason: str
    arising_words: str
    arising_address: str
    offered_to: str
    ended: str
    moves: tuple[Move, ...]
    address: str

    @property
    def is_open(self) -> bool:
        return self.status == State.MADE.value


@dataclass(frozen=True, slots=True)
class MyPromises:
    """What somebody has promised, is owed, and has been asked to take over. Soonest first."""

    owed_by_me: tuple[PromiseLine, ...]
    owed_to_me: tuple[PromiseLine, ...]
    offered: tuple[PromiseLine, ...]
    ended: tuple[PromiseLine, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could take a promise over."""

    id: UUID
    words: str


def promises_of(person: UUID | None, *, seen_by: Actor, at: datetime | None = None) -> MyPromises:
    """A person's promises and what is owed to them. At most four statements and the snapshot's."""
    at = at or clock.now()
    reader = _Reader.of(seen_by, at)
    mine = capacities(present(at=at), person, at=at)
    if person is None:
        return MyPromises((), (), (), ())
    rows = _rows()
    open_rows = rows.filter(status=State.MADE.value)
    return MyPromises(
        owed_by_me=reader.lines(open_rows.filter(made_by=person)),
        owed_to_me=reader.lines(open_rows.owed_to(mine).exclude(made_by=person)),
        offered=reader.lines(open_rows.filter(offered_to=person)),
        ended=reader.lines(rows.filter(made_by=person).exclude(status=State.MADE.value).order_by("-ended_at"), most=20),
    )


def promises_from(subject_id: UUID, *, seen_by: Actor, at: datetime | None = None) -> tuple[PromiseLine, ...]:
    """The promises that arise from one thing: a decision, a meeting. Soonest due first."""
    return _Reader.of(seen_by, at or clock.now()).lines(_rows().filter(arising_id=subject_id))


def promises_at(unit: UUID, *, seen_by: Actor, at: datetime | None = None) -> tuple[PromiseLine, ...]:
    """The open promises of one unit. Soonest due first."""
    return _Reader.of(seen_by, at or clock.now()).lines(_rows().filter(unit=unit, status=State.MADE.value))


def promise_page(promise_id: UUID, *, seen_by: Actor, at: datetime | None = None) -> PromiseLine:
    """One promise. Raises: NotFound, also where it is not for this reader."""
    found = _Reader.of(seen_by, at or clock.now()).lines(_rows().filter(pk=promise_id))
    if not found:
        raise NotFound("promise")
    return found[0]


def colleagues(*, seen_by: Actor, at: datetime) -> tuple[Colleague, ...]:
    """Those who work where the reader works, or in the unit that holds it: whom to ask to take something over."""
    snapshot = present(at=at)
    mine = capacities(snapshot, seen_by.person, at=at)
    units = {snapshot.unit(unit) for unit in mine.units}
    units |= {above for unit in units for above in [snapshot.tree.parent[unit]] if above >= 0}
    found: dict[UUID, str] = {}
    for unit in sorted(units):
        for post in snapshot.posts_at(snapshot.tree.ids[unit]):
            title = snapshot.title(snapshot.staffing.post_number[post.id])
            for filled in snapshot.filling(post.id, at):
                person = filled.person_id
                if isinstance(person, UUID) and person != seen_by.person:
                    found.setdefault(person, f"{snapshot.name(person)}, {title}")
    return tuple(Colleague(person, words) for person, words in sorted(found.items(), key=lambda item: item[1])[:MOST])


def _rows() -> PromiseSet:
    return Promise.objects.select_related("made_by", "offered_to")


@dataclass(frozen=True, slots=True)
class _Reader:
    sight: Sight
    mine: Capacities
    at: datetime

    @classmethod
    def of(cls, seen_by: Actor, at: datetime) -> _Reader:
        return cls(sight_of(seen_by, at=at), capacities(present(at=at), seen_by.person, at=at), at)

    def lines(self, rows: PromiseSet, *, most: int = MOST) -> tuple[PromiseLine, ...]:
        return tuple(self.line(row) for row in rows[:most] if self.sight.sees(_audience(row)))

    def line(self, row: Promise) -> PromiseLine:
        state = State(row.status)
        return PromiseLine(
            id=row.pk,
            words=row.words,
            made_by=row.made_by.name,
            made_as=row.made_as,
            owed_to=row.owed_to_words,
            due_at=row.due_at,
            due=wording.moment(row.due_at, now=self.at),
            is_late=state is State.MADE and self.at > row.due_at,
            status=row.status,
            status_words=_STATES[state],
            reason=row.reason,
            arising_words=row.arising_words,
            arising_address=subjects.address(row.arising_kind, row.arising_id),
            offered_to=row.offered_to.name if row.offered_to else "",
            ended=wording.moment(row.ended_at, now=self.at) if row.ended_at else "",
            moves=moves_open(state, row.parts_of(self.mine)),
            address=subjects.address("promises.promise", row.pk),
        )


def _audience(row: Promise) -> Audience:
    """Everyone in the organisation in whose record it stands, and those whom it ties."""
    return Audience(
        organisations=frozenset({row.party_id, row.owed_to_party_id} - {None}),
        systems=frozenset({row.party_id, row.owed_to_party_id} - {None}),
        units=frozenset({row.owed_to_unit_id} - {None}),
        bodies=frozenset({row.owed_to_body_id} - {None}),
        people=frozenset({row.made_by_id, row.owed_to_person_id, row.offered_to_id} - {None}),
    )
