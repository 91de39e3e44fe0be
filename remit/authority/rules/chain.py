"""What a delegation comes to, worked out along its chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from remit.authority.rules.case import Id
from remit.authority.rules.delegation import Delegation
from remit.authority.rules.holders import NOWHERE, body_called, seat_of, spec
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.scheme import Grant
from remit.network.rules.moments import ALWAYS, NEVER, closing, opening
from remit.network.rules.rows import BodyRow
from remit.network.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Effective:
    """A delegation as it counts: `limits` of every link, `starts` and `ends` that all links share.

    `unit` is where its rung stands; post and person are numbers, -1 where it is not theirs.
    `void` says why it counts for nothing, whatever the moment.
    """

    delegation: Delegation
    grant: Grant
    chain: tuple[Delegation, ...]
    limits: tuple[Mapping[str, Decimal], ...]
    starts: int
    ends: int
    unit: int
    post: int
    person: int
    body: BodyRow | None
    void: str = ""


def effective(
    delegations: Sequence[Delegation], grants: Mapping[str, Grant], *, snapshot: Snapshot, party: Id
) -> Iterator[Effective]:
    """Every delegation that goes back to one of these grants. Raises: CannotRoute, where one goes round in a ring."""
    by_ref = {delegation.ref: delegation for delegation in delegations}
    for delegation in delegations:
        chain = [delegation]
        while chain[-1].of in by_ref and chain[-1].of not in grants:
            if len(chain) > len(by_ref):
                raise CannotRoute(f"Delegation {delegation.ref} passes itself on.", about=delegation.ref)
            chain.append(by_ref[chain[-1].of])
        grant = grants.get(chain[-1].of)
        if grant is not None:
            yield _along(tuple(chain), grant, snapshot=snapshot, party=party)


def _along(chain: tuple[Delegation, ...], grant: Grant, *, snapshot: Snapshot, party: Id) -> Effective:
    """Follow a chain from its last link back to the grant."""
    last, first = chain[0], chain[-1]
    gone = next(filter(None, (_gone(link, snapshot) for link in reversed(chain))), "")
    if gone:
        return Effective(last, grant, chain, (), ALWAYS, NEVER, NOWHERE, -1, -1, None, gone)
    unit, void = _scope(first, grant, snapshot=snapshot, party=party)
    if not grant.delegable:
        void = f"clause {grant.clause} may not be passed on"
    for link in reversed(chain):
        if link is not last and not link.passable:
            void = void or f"{link.document or link.ref} may not be passed on again"
        if link.within is not None:
            inner = snapshot.tree.number[link.within]
            if not void and inner not in snapshot.tree.inside(unit):
                void = "it names a unit outside what was passed on"
            unit = inner
    body = body_called(last.to_body, snapshot=snapshot, party=party) if last.to_body else None
    if last.to_body and body is None:
        raise CannotRoute(
            f"Delegation {last.ref} names the body “{last.to_body}”, which the network does not have.", about=last.ref
        )
    spells = [
        (opening(grant.starts_at), closing(grant.ends_at)),
        *((opening(link.starts_at), min(closing(link.ends_at), closing(link.revoked_at))) for link in chain),
    ]
    return Effective(
        delegation=last,
        grant=grant,
        chain=chain,
        limits=tuple(link.limits for link in chain),
        starts=max(starts for starts, _ in spells),
        ends=min(ends for _, ends in spells),
        unit=unit,
        post=-1 if last.to_post is None else snapshot.staffing.post_number[last.to_post],
        person=-1 if last.to_person is None else snapshot.staffing.person_number[last.to_person],
        body=body,
        void=void,
    )


def _gone(link: Delegation, snapshot: Snapshot) -> str:
    """What a link names and the network does not have at this moment: a post or unit closed since, or not yet made."""
    posts = {link.from_post, link.to_post} - {None}
    if any(post not in snapshot.staffing.post_number for post in posts):
        return "it names a post that is not there"
    if link.within is not None and link.within not in snapshot.tree.number:
        return "it names a unit that is not there"
    if link.to_person is not None and link.to_person not in snapshot.staffing.person_number:
        return "it names a person who is not there"
    return ""


def _scope(first: Delegation, grant: Grant, *, snapshot: Snapshot, party: Id) -> tuple[int, str]:
    """The unit whose authority is passed on, and why it is none."""
    holder = spec(grant.holder, snapshot=snapshot, party=party, clause=grant.clause)
    if holder.body is not None:
        return seat_of(holder.body, snapshot=snapshot, party=party), ""
    if first.from_post is None:
        raise CannotRoute(f"Delegation {first.ref} does not say whose authority is passed on.", about=first.ref)
    post = snapshot.staffing.post_number[first.from_post]
    unit = snapshot.staffing.post_unit[post]
    own = snapshot.tree.organisation[unit] == party
    holds = (
        own
        and snapshot.staffing.post_role[post] in holder.roles
        and (holder.unit == unit if holder.unit >= 0 else holder.kind == snapshot.tree.kind[unit])
    )
    return unit, "" if holds else f"who passed it on does not hold clause {grant.clause}"
