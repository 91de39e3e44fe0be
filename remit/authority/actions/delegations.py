"""Passing on part of a grant, in writing, for a time; and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from remit.authority.actions.versions import note
from remit.authority.errors import MayNotDelegate
from remit.authority.models import Delegation
from remit.authority.queries.worlds import world
from remit.authority.rules.holders import body_called
from remit.authority.rules.scheme import Grant
from remit.authority.rulings import grant_of, holds_grant, scheme_in_force
from remit.kernel.actor import Actor
from remit.kernel.errors import NotValid, WrongState
from remit.kernel.ids import new_id
from remit.kernel.words import day, joined
from remit.ledger.actions import action, record
from remit.network.models import Appointment, Party
from remit.network.rules.moments import epoch


@action
def delegate(
    party_id: UUID,
    of: str,
    *,
    starts_at: datetime,
    ends_at: datetime,
    document: str,
    by: Actor,
    at: datetime,
    to_post: UUID | None = None,
    to_person: UUID | None = None,
    to_body: str = "",
    within: UUID | None = None,
    limits: Mapping[str, Decimal] | None = None,
    passable: bool = False,
) -> Delegation:
    """Pass on part of a grant that one holds.

    Args:
        of: ref of the grant, or of the delegation under which one holds it.
        document: what it is written in, or its words.
    Raises: MayNotDelegate, where the scheme does not let it be passed on or one does not hold it; NotValid.
    """
    party = Party.objects.get(pk=party_id)
    if ends_at <= starts_at:
        raise NotValid("A delegation ends after it begins.", ends_at="is before the start")
    if not document.strip():
        raise NotValid("A delegation is made in writing. Say what it was written in.", document="is empty")
    if sum((to_post is not None, to_person is not None, bool(to_body))) != 1:
        raise NotValid("A delegation goes to one post, one person or one body.")
    scheme = scheme_in_force(party, at=at)
    upper = Delegation.objects.filter(party=party, ref=of).first()
    grant = grant_of(scheme, party=party, ref=of)
    if upper is not None and (upper.revoked_at is not None or (upper.ends_at is not None and upper.ends_at <= at)):
        raise MayNotDelegate(grant.clause if grant else of)
    if grant is None or not (upper.passable if upper else grant.delegable):
        raise MayNotDelegate(grant.clause if grant else of)
    mine = Appointment.objects.filter(pk=by.id).select_related("post").first() if by.id else None
    if mine is None or not holds_grant(mine, grant, upper, at=at):
        raise MayNotDelegate(grant.clause)
    _check_part(party, grant, limits or {}, to_body=to_body, within=within, at=at)
    row = Delegation.objects.create(
        party=party,
        ref=f"d-{new_id().hex[-12:]}",
        of=of,
        from_post=mine.post,
        to_post_id=to_post,
        to_person_id=to_person,
        to_body=to_body,
        within_id=within,
        limits={code: str(amount) for code, amount in (limits or {}).items()},
        passable=passable,
        document=document,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    note()
    _record("authority.delegated", row, grant.clause, by=by, at=at)
    return row


def _check_part(
    party: Party, grant: Grant, limits: Mapping[str, Decimal], *, to_body: str, within: UUID | None, at: datetime
) -> None:
    """Refuse a part that routing could not weigh, before it stands in the way of everybody. Raises: NotValid."""
    world_now = world(at=at)
    scheme = world_now.scheme(party.pk, epoch(at))
    counted = scheme.ladder(grant.matter).matter.codes
    if unknown := [code for code in limits if code not in counted]:
        raise NotValid(
            f"This matter counts {joined(counted) or 'nothing'}, not {joined(unknown)}.", limits="is unknown"
        )
    if any(limit < 0 for limit in limits.values()):
        raise NotValid("A limit cannot be below nought.", limits="is negative")
    if to_body and body_called(to_body, snapshot=world_now.snapshot, party=party.pk) is None:
        raise NotValid(f"There is no body “{to_body}”. Write its code, or party/body.", to_body="is not there")
    if within is not None and within not in world_now.snapshot.tree.number:
        raise NotValid("There is no such unit, or it is closed.", within="is not there")


@action
def revoke(delegation_id: UUID, *, by: Actor, at: datetime) -> Delegation:
    """Take back what one passed on; all that was passed on from it goes too.

    Raises: MayNotDelegate, for anybody but a holder of the post it came from; WrongState.
    """
    row = Delegation.objects.select_related("party").get(pk=delegation_id)
    grant = grant_of(scheme_in_force(row.party, at=at), party=row.party, ref=row.of)
    clause = grant.clause if grant else row.of
    held = Appointment.objects.filter(post=row.from_post, starts_at__lte=at).exclude(ends_at__lte=at)
    if by.id is None or not held.filter(pk=by.id).exists():
        raise MayNotDelegate(clause)
    if row.revoked_at is not None:
        raise WrongState(found="taken back", wanted="passed on")
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    note()
    _record("authority.revoked", row, clause, by=by, at=at)
    return row


def _record(verb: str, row: Delegation, clause: str, *, by: Actor, at: datetime) -> None:
    post, name = row.to_post, row.to_person.name if row.to_person else ""
    facts: dict[str, object] = {
        "clause": f"clause {clause}",
        "ref": row.ref,
        "ends_at": day(row.ends_at) if row.ends_at else "",
    }
    facts |= {"receiver": f"{post.title or post.role.name}, {post.unit.name}"} if post else {}
    facts |= {"receiver": row.to_body} if row.to_body else {}
    record(
        verb,
        subject=row,
        by=by,
        at=at,
        parties=[row.party_id],
        facts=facts,
        sealed={"document": row.document} | ({"receiver": name} if name else {}),
    )
