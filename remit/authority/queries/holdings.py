"""What someone may decide in the post that they act in, as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from remit.authority.queries.naming import called
from remit.authority.queries.worlds import world
from remit.authority.rules.amounts import units
from remit.authority.rules.holders import unit_called
from remit.authority.rules.index import CompiledScheme
from remit.authority.rules.places import how_much
from remit.authority.rules.scheme import Condition, ConditionKind, Grant, Holder, May, Reservation
from remit.authority.rules.taxonomy import Quantity, Taxonomy
from remit.kernel import words
from remit.kernel.actor import Actor
from remit.network.queries import uuid_of
from remit.network.rules.moments import epoch
from remit.network.rules.rows import PostRow
from remit.network.rules.snapshot import Filled, Snapshot


@dataclass(frozen=True, slots=True)
class Holding:
    """One matter that is mine to decide: *Open escalation beds, up to 6 beds*."""

    matter: str
    title: str
    limit: str
    when: str  # *at OPEL 4 or above, together with the chief finance officer*
    clause: str
    url: str


def holdings(*, seen_by: Actor, at: datetime) -> list[Holding]:
    """What the chosen appointment may decide, by title; empty for someone without a post.

    Two statements where nothing changed. What holds only under a condition says which.
    """
    asked = world(at=at)
    mine = _chosen(asked.snapshot, seen_by, at)
    if mine is None:
        return []
    snapshot = asked.snapshot
    number = snapshot.staffing.post_number[mine.post_id]
    unit = snapshot.staffing.post_unit[number]
    scheme = asked.in_force(snapshot.party_of(unit).id, epoch(at))
    if scheme is None:
        return []
    post, groups = snapshot.post(number), snapshot.roles[snapshot.staffing.post_role[number]].groups
    held = [
        grant
        for grant in scheme.scheme.grants
        if grant.may is May.DECIDE
        and _in_date(grant, at)
        and _held(grant.holder, post, groups, snapshot, unit)
        and (grant.deputies or mine.kind == "substantive")
        and not any(_keeps_all(kept, grant, at) for kept in scheme.scheme.reservations)
    ]
    instead = _instead_of(mine, snapshot, at)
    unit_id = str(uuid_of(snapshot.tree.ids[unit]))
    widest: dict[tuple[str, tuple[Condition, ...]], Grant] = {}
    for grant in held:
        known = widest.setdefault((grant.matter, grant.when), grant)
        if _wider(grant, known):
            widest[grant.matter, grant.when] = grant
    found = [_holding(grant, scheme, snapshot, unit_id, instead) for grant in widest.values()]
    return sorted(found, key=lambda holding: holding.title)


def _wider(grant: Grant, known: Grant) -> bool:
    return all(code in known.limits and amount >= known.limits[code] for code, amount in grant.limits.items())


def _chosen(snapshot: Snapshot, actor: Actor, at: datetime) -> Filled | None:
    if actor.person is None:
        return None
    filled = snapshot.appointments_of(actor.person, at)
    return next((one for one in filled if one.appointment_id == actor.id), None)


def _in_date(said: Grant | Reservation, at: datetime) -> bool:
    return not (said.starts_at and said.starts_at > at) and not (said.ends_at and said.ends_at <= at)


def _keeps_all(kept: Reservation, grant: Grant, at: datetime) -> bool:
    """Whether a reservation leaves nothing of the matter to any grant."""
    return kept.matter == grant.matter and not kept.above and not kept.when and _in_date(kept, at)


def _instead_of(mine: Filled, snapshot: Snapshot, at: datetime) -> str:
    """Whose place it is that somebody acting or deputising takes; empty for the holder of the post."""
    if mine.kind == "substantive":
        return ""
    others = (one for one in snapshot.filling(mine.post_id, at) if one.kind == "substantive")
    names = [snapshot.name(one.person_id) for one in others if one.person_id != mine.person_id]
    return f"in the place of {words.joined(filter(None, names), 'or')}" if any(names) else ""


def _held(holder: Holder, post: PostRow, groups: Iterable[str], snapshot: Snapshot, unit: int) -> bool:
    if holder.body or not (holder.role == post.role or holder.role_group in groups):
        return False
    tree = snapshot.tree
    if holder.at_unit:
        return unit_called(holder.at_unit, snapshot=snapshot, party=tree.organisation[unit]) == unit
    return not holder.at_kind or holder.at_kind == tree.kinds[tree.kind[unit]]


def _holding(grant: Grant, scheme: CompiledScheme, snapshot: Snapshot, unit_id: str, instead: str) -> Holding:
    taxonomy = scheme.taxonomy
    matter = taxonomy.matters[grant.matter]
    seconds = [called(holder, snapshot, party=scheme.party_id) for holder in grant.co_signers]
    terms = [*map(_condition, grant.when), f"together with {words.joined(seconds)}" if seconds else "", instead]
    limits = [
        how_much(quantity, units(amount, of=code))
        for code, amount in grant.limits.items()
        if (quantity := quantity_of(taxonomy, grant.matter, code))
    ]
    return Holding(
        matter=grant.matter,
        title=matter.title,
        limit=f"up to {words.joined(limits)}" if limits else "",
        when=", ".join(filter(None, terms)),
        clause=grant.clause,
        url=f"{reverse('authority:who')}?{urlencode({'matter': grant.matter, 'unit': unit_id})}",
    )


def quantity_of(taxonomy: Taxonomy, path: str, code: str) -> Quantity | None:
    """A quantity as a matter, or a node above it, declares it."""
    while path:
        node = taxonomy.matters.get(path)
        for quantity in node.quantities if node else ():
            if quantity.code == code:
                return quantity
        path = path.rpartition("/")[0]
    return None


def _condition(condition: Condition) -> str:
    match condition.kind:
        case ConditionKind.OPEL:
            return f"at OPEL {condition.value} or above" if condition.value != "4" else "at OPEL 4"
        case ConditionKind.INCIDENT:
            return "in a declared incident"
        case ConditionKind.FACT:
            return f"as stated: {condition.value.replace('-', ' ')}"
