"""Who can answer in time: in post, not away, without an interest, on duty before the answer is needed.

Source: design, Authority, point 5.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from remit.authority.rules.asking import Asking
from remit.authority.rules.case import Id
from remit.authority.rules.holders import Spec, unit_for
from remit.authority.rules.rungs import Rung
from remit.network.rules.bodies import BodySeat, quorate
from remit.network.rules.moments import NEVER
from remit.network.rules.rows import BodyRow, Tenure

_SUBSTANTIVE, _ACTING = int(Tenure.SUBSTANTIVE), int(Tenure.ACTING)


class Found(NamedTuple):
    """Someone who can answer, in numbers; sorts by who is soonest, then by post.

    Args:
        soonest: the second from which they are on duty.
        turn: place among those in the same post.
        person, post: -1 for a body; a post is -1 where a person was named without one.
        instead_of: the person whose place is taken, -1 where nobody's.
    """

    soonest: int
    post: int
    turn: int
    person: int
    kind: int
    seat: Id
    instead_of: int


class Second(NamedTuple):
    """A co-signature and who can give it."""

    spec: Spec
    unit: int
    found: tuple[Found, ...]


def in_posts(asking: Asking, posts: Iterable[int], before: int, *, deputies: bool) -> list[Found]:
    """Who can answer for these posts: of each the substantive, else who acts, else a deputy."""
    found = [one for post in posts for one in _in_turn(asking, post, before, deputies=deputies)]
    found.sort()
    return found


def in_role(asking: Asking, unit: int, role: int, before: int, *, deputies: bool) -> list[Found]:
    """Who can answer for the posts of one role at one unit: as `in_posts`, with the posts found on the way."""
    staffing, presence, at = asking.snapshot.staffing, asking.snapshot.presence, asking.at
    post_role, first_seat, slow = staffing.post_role, staffing.first_seat, asking.guarded or bool(staffing.changed)
    end = staffing.first_post[unit + 1]
    post = bisect_left(post_role, role, staffing.first_post[unit], end)
    found: list[Found] = []
    while post < end and post_role[post] == role:
        seat, last = first_seat[post], first_seat[post + 1]
        if slow or last - seat > 1:
            found += _in_turn(asking, post, before, deputies=deputies)
        elif last > seat:
            kind, person, starts, ends = staffing.seat_rows[4 * seat : 4 * last].tolist()  # one seat: no turn to keep
            if starts <= at < ends and (deputies or not kind):
                seat_id = staffing.seat_ids[seat] if presence.away_from else None
                soonest = presence.soonest(person, post, unit, seat_id, at, before if before < ends else ends)
                if soonest < NEVER:
                    found.append(Found(soonest, post, 0, person, kind, staffing.seat_ids[seat], -1))
        post += 1
    if len(found) > 1:
        found.sort()
    return found


def _in_turn(asking: Asking, post: int, before: int, *, deputies: bool) -> list[Found]:
    """Who can answer for one post: those of the first tenure of which anybody can."""
    presence, at = asking.snapshot.presence, asking.at
    unit = asking.snapshot.staffing.post_unit[post]
    found: list[Found] = []
    tier = first = owner = -1
    for turn, (kind, person, starts, ends, seat_id) in enumerate(asking.snapshot.staffing.run(post)):
        if not starts <= at < ends:
            continue
        if tier >= 0 and kind > tier:
            break  # someone nearer to the post can answer
        if kind > _SUBSTANTIVE and not deputies:
            break
        if first < 0:
            first, owner = kind, person
        if asking.guarded and asking.conflicted(person):
            continue
        soonest = presence.soonest(person, post, unit, seat_id, at, before if before < ends else ends)
        if soonest < NEVER:
            tier = kind
            found.append(Found(soonest, post, turn, person, kind, seat_id, owner if kind > first else -1))
    return found


def in_person(asking: Asking, person: int, unit: int, before: int) -> list[Found]:
    """A person to whom authority was passed on, in whichever of their posts they are on duty soonest."""
    if asking.conflicted(person):
        return []
    snapshot, at = asking.snapshot, asking.at
    found: list[Found] = []
    for post in snapshot.staffing.person_posts(person):
        for turn, seat in enumerate(snapshot.staffing.seats(post)):
            if seat.person == person and seat.starts <= at < seat.ends:
                soonest = snapshot.presence.soonest(
                    person, post, snapshot.staffing.post_unit[post], seat.id, at, before=min(before, seat.ends)
                )
                found.append(Found(soonest, post, turn, person, seat.kind, seat.id, -1))
    if not found:
        soonest = snapshot.presence.soonest(person, -1, unit, None, at, before)
        found.append(Found(soonest, -1, 0, person, _SUBSTANTIVE, None, -1))
    best = min(found)
    return [best] if best.soonest < NEVER else []


def in_body(asking: Asking, body: BodyRow, before: int) -> list[Found]:
    """When a body can decide, in writing or at its next quorate sitting in time; empty where it cannot."""
    bodies, at = asking.snapshot.bodies, asking.at
    seats = bodies.seats.get(body.id, ())
    moments: list[int] = [at] if body.may_resolve_in_writing else []
    moments += [sits for sits in bodies.sittings.get(body.id, ()) if at <= sits and (sits < before or sits == at)]
    for moment in moments:
        there = [seat for seat in seats if seat.starts <= moment < seat.ends]
        if quorate(body, there, lambda seat, moment=moment: _taken(asking, seat, moment)):  # type: ignore[misc]
            return [Found(moment, -1, 0, -1, _SUBSTANTIVE, body.id, -1)]
    return []


def _taken(asking: Asking, seat: BodySeat, moment: int) -> int:
    """Who can take a seat at a moment: its person, or the post's substantive or acting holder; -1 is nobody."""
    presence = asking.snapshot.presence
    if seat.post < 0:
        free = not asking.conflicted(seat.person) and presence.back(seat.person, None, moment) == moment
        return seat.person if free else -1
    for _, kind, person, starts, ends, seat_id in asking.snapshot.staffing.seats(seat.post):
        in_post = kind <= _ACTING and starts <= moment < ends
        if in_post and not asking.conflicted(person) and presence.back(person, seat_id, moment) == moment:
            return person
    return -1


def signers(asking: Asking, rung: Rung, unit: int, before: int) -> list[Found]:
    """Who can decide on this rung in time, soonest first; empty where nobody can, or a second signature is missing."""
    if len(rung.roles) == 1 and unit >= 0:
        found = in_role(asking, unit, rung.roles[0], before, deputies=rung.deputies)
    elif rung.body is not None:
        found = in_body(asking, rung.body, before)
    elif rung.person >= 0:
        found = in_person(asking, rung.person, unit, before)
    else:
        posts: Sequence[int] = rung.posts
        if not posts and unit >= 0:
            posts = [post for role in rung.roles for post in asking.snapshot.staffing.posts(unit, role)]
        found = in_posts(asking, posts, before, deputies=rung.deputies)
    if found and rung.co_signers:
        seconds = second_signatures(asking, rung, unit, before)
        found = [lead for lead in found if distinct(seconds, {lead.person} if lead.person >= 0 else set())]
    return found


def second_signatures(asking: Asking, rung: Rung, unit: int, before: int) -> list[Second]:
    """For each co-signature, who can give it in time."""
    return [held_by(asking, spec, unit, before, deputies=rung.deputies) for spec in rung.co_signers]


def held_by(asking: Asking, spec: Spec, unit: int, before: int, *, deputies: bool) -> Second:
    """Who can answer for a holder named beside a rung, seen from the rung's unit."""
    if spec.body is not None:
        return Second(spec, -1, tuple(in_body(asking, spec.body, before)))
    where = unit_for(spec, unit, asking.snapshot) if unit >= 0 or spec.unit >= 0 else -1
    if where < 0:
        return Second(spec, where, ())
    posts = [post for role in spec.roles for post in asking.snapshot.staffing.posts(where, role)]
    return Second(spec, where, tuple(in_posts(asking, posts, before, deputies=deputies)))


def distinct(seconds: Sequence[Second], taken: set[int]) -> bool:
    """Whether every signature can come from a different natural person."""
    if not seconds:
        return True
    first, rest = seconds[0], seconds[1:]
    if first.spec.body is not None:
        return bool(first.found) and distinct(rest, taken)
    return any(one.person not in taken and distinct(rest, taken | {one.person}) for one in first.found)
