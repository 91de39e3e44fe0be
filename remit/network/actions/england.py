"""Making the network as the official files of the NHS in England have it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from remit.kernel.actor import Actor
from remit.kernel.words import counted, joined
from remit.ledger.actions import action, nothing_to_change, record
from remit.network.actions.loading import load
from remit.network.actions.parties import close_party, join, leave, rename_party
from remit.network.errors import OlderFile
from remit.network.models import Membership, Party
from remit.network.queries.england import LOADED, loaded_as_of, present_england, regions_of
from remit.network.rules.england import Changes, England, arrivals_of, beginning_of, compare, end_of


@action
def load_england(plan: England, *, by: Actor, at: datetime) -> Changes:
    """Add, rename, close and move what the plan says, whole or not at all.

    One entry for the batch, with the digest of each file read, stands in the stream of every
    region; what happened to one party stands in its own.

    Raises: OlderFile, where a newer file was loaded before.
    """
    changes = compare(plan, present_england(plan))
    if changes.nothing_to_do:
        nothing_to_change()
        return changes
    loaded = loaded_as_of(plan)
    if loaded and loaded > plan.as_of:
        raise OlderFile(loaded=loaded, given=plan.as_of)
    if changes.added:
        load(arrivals_of(plan, set(changes.added)), by=by, at=at)
    parties = dict(Party.objects.values_list("code", "id"))
    for renamed in changes.renamed:
        rename_party(parties[renamed.code], renamed.after, by=by, at=at)
    open_ended = _open_memberships()
    for closed in changes.closed:
        close_party(parties[closed.code], closed_on=closed.on, by=by, at=at)
        for membership in open_ended[closed.code].values():
            _leave(membership, end_of(closed.on), by=by, at=at)
    for moved in changes.moved:
        for system in moved.left:
            _leave(open_ended[moved.code][system], beginning_of(plan.as_of), by=by, at=at)
        for system in moved.joined:
            starts_at = beginning_of(_since(plan, moved.code, system))
            join(parties[system], parties[moved.code], starts_at=starts_at, by=by, at=at)
    _record(plan, changes, regions_of(plan), by=by, at=at)
    return changes


def _open_memberships() -> dict[str, dict[str, Membership]]:
    found: dict[str, dict[str, Membership]] = defaultdict(dict)
    for membership in Membership.objects.filter(ends_at=None).select_related("member", "system"):
        found[membership.member.code][membership.system.code] = membership
    return found


def _leave(membership: Membership, ends_at: datetime, *, by: Actor, at: datetime) -> None:
    leave(membership.pk, ends_at=max(ends_at, membership.starts_at), by=by, at=at)


def _since(plan: England, member: str, system: str) -> date:
    planned = {(m.member, m.system): m.starts_on for m in plan.memberships}
    return max(plan.as_of, planned[member, system])


def _record(plan: England, changes: Changes, regions: list[UUID], *, by: Actor, at: datetime) -> None:
    done = {
        "added": len(changes.added),
        "renamed": len(changes.renamed),
        "closed": len(changes.closed),
        "moved": len(changes.moved),
    }
    record(
        LOADED,
        subject=("network.party", min(regions)),
        by=by,
        at=at,
        parties=regions,
        facts={
            "words": joined(f"{n} {what}" for what, n in done.items() if n),
            "register": plan.register,
            "as_of": plan.as_of.isoformat(),
            "edition": plan.edition,
            "files": dict(plan.files),
            **done,
            "listed": counted(len(plan.listed), "row"),
        },
    )
