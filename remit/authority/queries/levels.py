"""The OPEL levels of one's own organisations and systems, and who may set them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remit.authority.models import ConditionState
from remit.authority.rules.declaring import LEVELS, declarers
from remit.kernel import words
from remit.kernel.actor import Actor, ActorKind
from remit.network.access import STAFF, require
from remit.network.queries import present, uuid_of
from remit.network.rules.moments import epoch
from remit.network.rules.rows import Id


@dataclass(frozen=True, slots=True)
class Level:
    """One party's level now. `choices` is empty for whoever may not set it."""

    party_id: UUID
    party: str
    is_system: bool
    now: str  # *OPEL 4*, or that none is set
    since: str
    choices: tuple[int, ...]
    value: int


def levels(*, seen_by: Actor, at: datetime) -> list[Level]:
    """The levels that count where someone works, systems last. Raises: NotFound."""
    sight = require(seen_by, STAFF, at=at)
    parties = present(at=at).partnerships.parties
    mine = sorted([*sight.organisations], key=lambda p: parties[p].name)
    mine += sorted(sight.systems, key=lambda p: parties[p].name)
    running = {
        state.party_id: state
        for state in ConditionState.objects.filter(
            kind=ConditionState.Kind.OPEL, party__in=map(uuid_of, mine), starts_at__lte=at
        ).exclude(ends_at__lte=at)
    }
    found = []
    for party in mine:
        state = running.get(uuid_of(party))
        found.append(
            Level(
                party_id=uuid_of(party),
                party=parties[party].name,
                is_system=parties[party].kind == "system",
                now=f"OPEL {state.value}" if state else "No level is set",
                since=f"since {words.moment(state.starts_at, now=at)}" if state else "",
                choices=LEVELS if _may_set(seen_by, party, at=at) else (),
                value=int(state.value) if state else 0,
            )
        )
    return found


def _may_set(actor: Actor, party: Id, *, at: datetime) -> bool:
    snapshot = present(at=at)
    row = snapshot.partnerships.parties[party]
    place = row.convenor_id if row.kind == "system" else party
    if actor.kind is not ActorKind.APPOINTMENT or actor.person is None:
        return False
    return any(
        filled.appointment_id == actor.id
        and snapshot.post(post).role in declarers("opel")
        and snapshot.party_of(snapshot.staffing.post_unit[post]).id == place
        for filled in snapshot.appointments_of(actor.person, at)
        for post in (snapshot.staffing.post_number[filled.post_id],)
    )


def opel_of(unit_id: UUID, *, at: datetime) -> str:
    """The level that counts for a unit, in words; empty where none is set."""
    snapshot = present(at=at)
    party = snapshot.party_of(snapshot.unit(unit_id)).id
    places = {uuid_of(place) for place in (party, *snapshot.partnerships.systems(party, epoch(at)))}
    values = ConditionState.objects.filter(kind=ConditionState.Kind.OPEL, party__in=places, starts_at__lte=at).exclude(
        ends_at__lte=at
    )
    found = [int(value) for value in values.values_list("value", flat=True)]
    return f"OPEL {max(found)}" if found else ""
