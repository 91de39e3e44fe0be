"""A holder as a scheme names it, found in the network."""

from __future__ import annotations

from typing import NamedTuple

from remit.authority.rules.case import Id
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.scheme import Holder
from remit.network.rules.rows import BodyRow
from remit.network.rules.snapshot import Snapshot

NOWHERE = -1
EVERYWHERE = -2  # neither a kind nor a unit is named: the nearest unit that has such a post


class Spec(NamedTuple):
    """A holder in numbers.

    Args:
        roles: numbers of the roles; empty for a body.
        kind, unit: where, EVERYWHERE where that one is not named; NOWHERE for a kind that no unit has.
        mask: one bit for each role, all bits for a body, to hold against the roles at a unit.
    """

    roles: tuple[int, ...]
    kind: int
    unit: int
    body: BodyRow | None
    mask: int


def spec(holder: Holder, *, snapshot: Snapshot, party: Id, clause: str) -> Spec:
    """Find a holder in the network. Raises: CannotRoute, naming what is not there."""
    if holder.body:
        found = body_called(holder.body, snapshot=snapshot, party=party)
        if found is None:
            raise _unknown("body", holder.body, clause)
        return Spec((), EVERYWHERE, EVERYWHERE, found, -1)
    if holder.role_group:
        roles = snapshot.groups.get(holder.role_group, ())
        if not roles:
            raise _unknown("role group", holder.role_group, clause)
    elif holder.role in snapshot.role_number:
        roles = (snapshot.role_number[holder.role],)
    else:
        raise _unknown("role", holder.role, clause)
    unit = kind = EVERYWHERE
    if holder.at_unit:
        where = unit_called(holder.at_unit, snapshot=snapshot, party=party)
        if where is None:
            raise _unknown("unit", holder.at_unit, clause)
        unit = where
    elif holder.at_kind:
        kinds = snapshot.tree.kinds
        kind = kinds.index(holder.at_kind) if holder.at_kind in kinds else NOWHERE
    return Spec(roles, kind, unit, None, sum(1 << role for role in roles))


def unit_called(code: str, *, snapshot: Snapshot, party: Id) -> int | None:
    """The number of a unit written as a code of this party, or as *party/unit*."""
    if (party, code) in snapshot.unit_codes:
        return snapshot.unit_codes[party, code]
    owner, _, code = code.partition("/")
    return snapshot.unit_codes.get((snapshot.partnerships.party_ids.get(owner), code))


def body_called(code: str, *, snapshot: Snapshot, party: Id) -> BodyRow | None:
    """A body written as a code of this party, or as *party/body*."""
    if (party, code) in snapshot.bodies.by_code:
        return snapshot.bodies.by_code[party, code]
    owner, _, code = code.partition("/")
    return snapshot.bodies.by_code.get((snapshot.partnerships.party_ids.get(owner), code))


def seat_of(body: BodyRow, *, snapshot: Snapshot, party: Id) -> int:
    """The unit at which a body stands in a party's scheme: its own, else the root; -1 in a system's.

    One of a system, or of another party, stands at the root of whoever gives it something.
    """
    tree = snapshot.tree
    if body.unit_id is not None and tree.organisation[tree.number[body.unit_id]] == party:
        return tree.number[body.unit_id]
    return tree.root_of.get(party, NOWHERE)


def unit_for(found: Spec, unit: int, snapshot: Snapshot) -> int:
    """Where a holder named beside a rung sits, seen from the rung's unit; -1 where nowhere above it."""
    if found.unit >= 0:
        return found.unit
    for above in snapshot.tree.ancestors(unit):
        if snapshot.tree.kind[above] == found.kind:
            return above
        if found.kind == EVERYWHERE and snapshot.staffing.roles_at[above] & found.mask:
            return above
    return NOWHERE


def _unknown(what: str, code: str, clause: str) -> CannotRoute:
    return CannotRoute(
        f"Clause {clause} names the {what} “{code}”, which the network does not have, so no answer can be given. "
        "Tell the governance secretary.",
        about=code,
    )
