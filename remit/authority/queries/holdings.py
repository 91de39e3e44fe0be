"""What someone may decide in the post that they act in, as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from remit.authority.queries.worlds import world
from remit.authority.rules.amounts import units
from remit.authority.rules.places import how_much
from remit.authority.rules.scheme import Condition, ConditionKind, Grant, Holder, May
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
    when: str  # *at OPEL 4 or above*
    clause: str
    url: str


def holdings(*, seen_by: Actor, at: datetime) -> list[Holding]:
    """What the chosen appointment may decide alone, by title; empty for someone without a post.

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
        and (grant.deputies or mine.kind != "deputy")
    ]
    unit_id = str(uuid_of(snapshot.tree.ids[unit]))
    widest: dict[tuple[str, tuple[Condition, ...]], Grant] = {}
    for grant in held:
        known = widest.setdefault((grant.matter, grant.when), grant)
        if _wider(grant, known):
            widest[grant.matter, grant.when] = grant
    found = [_holding(grant, scheme.taxonomy, unit_id) for grant in widest.values()]
    return sorted(found, key=lambda holding: holding.title)


def _wider(grant: Grant, known: Grant) -> bool:
    return all(code in known.limits and amount >= known.limits[code] for code, amount in grant.limits.items())


def _chosen(snapshot: Snapshot, actor: Actor, at: datetime) -> Filled | None:
    if actor.person is None:
        return None
    filled = snapshot.appointments_of(actor.person, at)
    return next((one for one in filled if one.appointment_id == actor.id), None)


def _in_date(grant: Grant, at: datetime) -> bool:
    return not (grant.starts_at and grant.starts_at > at) and not (grant.ends_at and grant.ends_at <= at)


def _held(holder: Holder, post: PostRow, groups: Iterable[str], snapshot: Snapshot, unit: int) -> bool:
    if holder.body or not (holder.role == post.role or holder.role_group in groups):
        return False
    tree = snapshot.tree
    if holder.at_unit:
        return holder.at_unit.rpartition("/")[2] == tree.codes[unit]
    return not holder.at_kind or holder.at_kind == tree.kinds[tree.kind[unit]]


def _holding(grant: Grant, taxonomy: Taxonomy, unit_id: str) -> Holding:
    matter = taxonomy.matters[grant.matter]
    limits = [
        how_much(quantity, units(amount, of=code))
        for code, amount in grant.limits.items()
        if (quantity := quantity_of(taxonomy, grant.matter, code))
    ]
    return Holding(
        matter=grant.matter,
        title=matter.title,
        limit=f"up to {words.joined(limits)}" if limits else "",
        when=words.joined(filter(None, (_condition(condition) for condition in grant.when))),
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
            return ""
