"""The world that a question is asked in: network, schemes, delegations and conditions, kept for each process."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from remit.authority.models import ConditionState, Delegation, SchemeVersion, State, TaxonomyVersion
from remit.authority.rules import delegation as passed_on
from remit.authority.rules.case import Conditions, Id
from remit.authority.rules.reading import adopted_by, read_scheme, read_taxonomy
from remit.authority.rules.scheme import Scheme
from remit.authority.rules.taxonomy import Taxonomy
from remit.authority.rules.world import World
from remit.network.queries import present
from remit.network.queries.snapshots import held, hold
from remit.network.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Spell:
    """A level or an incident of a party, from a moment to a moment."""

    party: UUID
    kind: str
    value: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    snapshot: Snapshot
    spells: tuple[Spell, ...]
    world: World


MOST_KEPT = 4  # worlds: of the present trees, and of earlier editions

_kept: dict[Id, _Kept] = {}  # by the edition of the trees, the one used longest ago first
_mutex = threading.Lock()


def world(*, at: datetime) -> World:
    """The world as it stood, under the conditions of a moment. Two statements where nothing changed."""
    snapshot = present(at=at)
    name = f"world {snapshot.edition}"
    kept: _Kept | None = held(name)
    if kept is None or kept.snapshot is not snapshot:
        kept = _newest(snapshot)
        hold(name, kept)
    return kept.world.under(conditions(kept.spells, at=at))


def _newest(snapshot: Snapshot) -> _Kept:
    version = State.objects.filter(pk=1).values_list("version", flat=True).first() or 0
    kept = _kept.get(snapshot.edition)
    if kept is None or kept.version != version or kept.snapshot is not snapshot:
        with _mutex:
            kept = _caught_up(_kept.pop(snapshot.edition, None), version, snapshot)
            _kept[snapshot.edition] = kept
            while len(_kept) > MOST_KEPT:
                _kept.pop(next(iter(_kept)))
    return kept


def forget() -> None:
    """Drop what is kept: tests that put another database in place call this."""
    _kept.clear()


def _caught_up(kept: _Kept | None, version: int, snapshot: Snapshot) -> _Kept:
    if kept is not None and kept.version == version:
        if kept.snapshot is snapshot:
            return kept
        if kept.snapshot.tree is snapshot.tree:
            return _Kept(version, snapshot, kept.spells, kept.world.seen_in(snapshot))
    spells = tuple(
        Spell(*row) for row in ConditionState.objects.values_list("party_id", "kind", "value", "starts_at", "ends_at")
    )
    built = World.of(
        snapshot,
        taxonomies=taxonomies(),
        schemes=adopted_schemes(),
        delegations=[one for one in delegations() if _can_be_placed(one, snapshot)],
        conditions=Conditions(),
    )
    return _Kept(version, snapshot, spells, built)


def _can_be_placed(one: passed_on.Delegation, snapshot: Snapshot) -> bool:
    """Whether the posts and the unit that a delegation names are there: what was passed to a closed post is not."""
    posts = {one.from_post, one.to_post} - {None}
    return posts <= snapshot.staffing.post_number.keys() and (one.within is None or one.within in snapshot.tree.number)


def conditions(spells: Iterable[Spell], *, at: datetime) -> Conditions:
    """What holds at a moment."""
    opel: dict[Id, int] = {}
    incidents: dict[Id, set[str]] = defaultdict(set)
    for spell in spells:
        if spell.starts_at <= at and (spell.ends_at is None or at < spell.ends_at):
            if spell.kind == ConditionState.Kind.OPEL:
                opel[spell.party] = max(int(spell.value), opel.get(spell.party, 0))
            else:
                incidents[spell.party].add(spell.value)
    return Conditions(opel=dict(opel), incidents={party: frozenset(kinds) for party, kinds in incidents.items()})


def taxonomies() -> list[Taxonomy]:
    """Every edition of the matters that is read in."""
    return [
        _taxonomy(text, key) for text, key in TaxonomyVersion.objects.order_by("read_at").values_list("text", "key")
    ]


def adopted_schemes() -> list[Scheme]:
    """Every scheme that was ever adopted, with the dates between which it was in force."""
    rows = SchemeVersion.objects.filter(status=SchemeVersion.Status.ADOPTED).select_related("party", "taxonomy")
    return [scheme_of(row) for row in rows.order_by("party__code", "starts_at")]


def scheme_of(row: SchemeVersion) -> Scheme:
    """A stored version as values, with its party's own units and dates."""
    template = _template(row.text, row.taxonomy.text, row.taxonomy.key, row.party.time_zone)
    return adopted_by(template, row.party.code, starts_at=row.starts_at, ends_at=row.ends_at)


@lru_cache(maxsize=512)
def _template(text: str, taxonomy: str, key: str, zone: str) -> Scheme:
    return read_scheme(text, file="scheme", taxonomy=_taxonomy(taxonomy, key), zone=ZoneInfo(zone))


@lru_cache(maxsize=32)
def _taxonomy(text: str, key: str) -> Taxonomy:
    return read_taxonomy(text, file=key)


def delegations() -> list[passed_on.Delegation]:
    """Everything that was ever passed on; dates and revocations are weighed at the moment asked about."""
    return [
        passed_on.Delegation(
            ref=row.ref,
            party=row.party.code,
            of=row.of,
            from_post=row.from_post_id,
            to_post=row.to_post_id,
            to_person=row.to_person_id,
            to_body=row.to_body,
            within=row.within_id,
            limits={code: Decimal(amount) for code, amount in row.limits.items()},
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            revoked_at=row.revoked_at,
            passable=row.passable,
            document=row.document,
        )
        for row in Delegation.objects.select_related("party").order_by("id")
    ]
