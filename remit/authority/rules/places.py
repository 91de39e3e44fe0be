"""What a verdict names, by id and in words: rungs, people, co-signers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from remit.authority.rules.amounts import NO_LIMIT, amount
from remit.authority.rules.case import Id
from remit.authority.rules.eligibility import Found
from remit.authority.rules.holders import NOWHERE, Spec
from remit.authority.rules.matters import MatterFacts
from remit.authority.rules.rungs import Rung
from remit.authority.rules.taxonomy import Quantity
from remit.kernel.money import as_money
from remit.kernel.words import counted, joined
from remit.network.rules.moments import as_moment
from remit.network.rules.rows import Tenure
from remit.network.rules.snapshot import Snapshot

if TYPE_CHECKING:
    from remit.authority.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """Someone who may sign: on duty `from_at`, in the place of `in_place_of` where they deputise or act."""

    person_id: Id
    name: str
    title: str
    appointment_id: Id | None
    post_id: Id | None
    kind: str
    from_at: datetime | None
    in_place_of: Id | None


@dataclass(frozen=True, slots=True)
class CoSigner:
    """Who must sign as well: one of `people`, or a body."""

    words: str
    people: tuple[Asked, ...]
    body_id: Id | None


@dataclass(frozen=True, slots=True)
class Place:
    """A rung: a holder at a unit, with its limits. `ref` is the grant's, the delegation's or the reservation's."""

    unit_id: Id | None
    unit_name: str
    words: str
    clause: str
    ref: str
    limits: Mapping[str, Decimal]
    up_to: str
    party_id: Id
    scheme: str
    edition: str


def asked(found: Found, snapshot: Snapshot) -> Asked:
    """A person who can answer, by id."""
    people = snapshot.staffing.person_ids
    person = people[found.person]
    return Asked(
        person,
        snapshot.name(person),
        snapshot.title(found.post) if found.post >= 0 else "",
        found.seat,
        snapshot.staffing.post_ids[found.post] if found.post >= 0 else None,
        Tenure(found.kind).name.lower(),
        as_moment(found.soonest),
        people[found.instead_of] if found.instead_of >= 0 else None,
    )


def holder_words(rung: Rung, unit: int, snapshot: Snapshot, found: Found | None = None) -> str:
    """What a rung's holder is called: *ward manager*, *estates committee*, a person's name."""
    if rung.body is not None:
        return rung.body.name
    if rung.person >= 0:
        person = snapshot.staffing.person_ids[rung.person]
        return snapshot.name(person) or "the person named"
    if found is not None and found.post >= 0:
        return snapshot.title(found.post)
    if rung.posts:
        return snapshot.title(rung.posts[0])
    if unit >= 0 and not rung.mask & snapshot.staffing.roles_at[unit]:
        return role_words(rung.roles, rung.grant.holder.role_group, snapshot)
    if len(rung.roles) == 1 and unit >= 0 and len(posts := snapshot.staffing.posts(unit, rung.roles[0])) == 1:
        return snapshot.title(posts[0])
    titles = {snapshot.title(post) for role in rung.roles if unit >= 0 for post in snapshot.staffing.posts(unit, role)}
    return titles.pop() if len(titles) == 1 else role_words(rung.roles, rung.grant.holder.role_group, snapshot)


def role_words(roles: tuple[int, ...], group: str, snapshot: Snapshot) -> str:
    """What a role, or a group of roles, is called."""
    if len(roles) == 1:
        return snapshot.roles[roles[0]].name
    return group.replace("-", " ") if group else joined((snapshot.roles[role].name for role in roles), "or")


def spec_words(spec: Spec, group: str, snapshot: Snapshot) -> str:
    """What a holder named beside a rung is called."""
    return spec.body.name if spec.body is not None else role_words(spec.roles, group, snapshot)


def how_much(quantity: Quantity, units: int) -> str:
    """An amount with its noun: *£4,900*, *6 beds*."""
    value = amount(units)
    if quantity.is_money:
        return as_money(value)
    if value == value.to_integral_value():
        return counted(int(value), *quantity.words)
    return f"{value.normalize():f} {quantity.words[1]}"


def up_to(limits: tuple[int, ...], matter: MatterFacts) -> str:
    """The limits in words: *up to £5,000 and 6 beds*; empty where there is none."""
    known = matter.said.get(limits)
    if known is None:
        said = [
            how_much(quantity, limit)
            for quantity, limit in zip(matter.quantities, limits, strict=False)
            if limit < NO_LIMIT
        ]
        known = matter.said[limits] = f"up to {joined(said)}" if said else ""
    return known


def unit_of(rung: Rung, unit: int, snapshot: Snapshot) -> int:
    """The unit of a rung: in a pool, that of its post; -1 where it has none."""
    return snapshot.staffing.post_unit[rung.posts[0]] if unit < 0 and rung.posts else unit if unit >= 0 else NOWHERE


def limits_of(limits: tuple[int, ...], matter: MatterFacts) -> dict[str, Decimal]:
    """The limits by code; a quantity without one is left out."""
    return {code: amount(limit) for code, limit in zip(matter.codes, limits, strict=False) if limit < NO_LIMIT}


def place(rung: Rung, unit: int, verdict: Verdict) -> Place:
    """A rung as it is shown."""
    snapshot, scheme = verdict.world.snapshot, verdict.scheme.scheme
    where = unit_of(rung, unit, snapshot)
    return Place(
        unit_id=snapshot.tree.ids[where] if where >= 0 else None,
        unit_name=snapshot.tree.names[where] if where >= 0 else "",
        words=holder_words(rung, unit, snapshot),
        clause=rung.grant.clause,
        ref=rung.passed_on.delegation.ref if rung.passed_on is not None else rung.grant.ref,
        limits=limits_of(rung.limits, verdict.matter),
        up_to=up_to(rung.limits, verdict.matter),
        party_id=verdict.party_id,
        scheme=scheme.code,
        edition=scheme.edition,
    )
