"""The one reason why a rung was passed over, and the conditions it holds under, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from remit.authority.rules.amounts import Amounts
from remit.authority.rules.asking import Asking
from remit.authority.rules.eligibility import in_body, second_signatures, signers
from remit.authority.rules.matters import MatterFacts
from remit.authority.rules.places import how_much, spec_words
from remit.authority.rules.rungs import Rung, Test
from remit.authority.rules.scheme import ConditionKind
from remit.kernel.words import LONDON, joined, moment
from remit.network.rules.moments import NEVER, as_moment
from remit.network.rules.rows import BodyRow

_TO_YOU = {"is": "are", "has": "have", "does": "do"}
_HIGHEST = 4  # nothing stands above OPEL 4. Source: NHS England, OPEL framework 2024 to 2026.


class Why(StrEnum):
    """Why a rung or a grant is not the route."""

    ROUTE = "route"
    FURTHER = "further"
    OVER_LIMIT = "over-limit"
    NO_SUCH_POST = "no-such-post"
    VACANT = "vacant"
    CONFLICTED = "conflicted"
    AWAY = "away"
    OFF_DUTY = "off-duty"
    NO_SECOND = "no-second-signature"
    BODY_NOT_IN_TIME = "body-not-in-time"
    NOT_IN_DATE = "not-in-date"
    CONDITION = "condition"
    BROADER = "broader"
    ELSEWHERE = "elsewhere"
    VOID = "void"
    RESERVED = "reserved"
    SUBSTANTIVE_ONLY = "substantive-only"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code for machines and words that follow *who*: *is off duty until 07:00*."""

    why: Why
    words: str


def clock(second: int, asking: Asking) -> str:
    """A moment as near as the reader needs it, in the zone of the party that is asked."""
    hours = asking.snapshot.partnerships.parties[asking.party].hours
    return _clock(second, asking.at, hours.zone if hours is not None else LONDON.key)


@lru_cache(maxsize=4096)
def _clock(second: int, at: int, zone: str) -> str:
    when, now = as_moment(second), as_moment(at)
    return "" if when is None or now is None else moment(when, now=now, zone=ZoneInfo(zone))


def why_nobody(asking: Asking, rung: Rung, unit: int) -> Reason:
    """Why nobody on a rung whose limits suffice can decide in time."""
    before = asking.before(rung.answer_within)
    if rung.co_signers and signers(asking, rung._replace(co_signers=()), unit, before):
        return _no_second(asking, rung, unit, before)
    if rung.body is not None:
        return body_reason(asking, rung.body)
    snapshot = asking.snapshot
    if rung.person >= 0:
        return _person(asking, rung.person, unit, rung)
    posts: Sequence[int] = rung.posts
    if not posts and unit >= 0:
        posts = [post for role in rung.roles for post in snapshot.staffing.posts(unit, role)]
    if not posts:
        where = snapshot.tree.names[unit] if unit >= 0 else "the pool"
        return Reason(Why.NO_SUCH_POST, f"is not a post of {where}")
    vacant = True
    for post in posts:
        for kind, person, starts, ends, seat in snapshot.staffing.run(post):
            if starts <= asking.at < ends:
                if kind == 0 or rung.deputies:
                    return _absent(asking, person, post, snapshot.staffing.post_unit[post], seat)
                vacant = False
    if vacant:
        return Reason(Why.VACANT, "is vacant")
    return Reason(Why.SUBSTANTIVE_ONLY, "is vacant, and this is not for those who act or deputise")


def why_not(asking: Asking, rung: Rung, unit: int, person: int) -> Reason | None:
    """Why somebody who holds a rung cannot decide on it in time; None where they do not hold it."""
    snapshot, at = asking.snapshot, asking.at
    posts = rung.posts or tuple(p for role in rung.roles if unit >= 0 for p in snapshot.staffing.posts(unit, role))
    for seat in (seat for post in posts for seat in snapshot.staffing.seats(post)):
        if seat.person == person and seat.starts <= at < seat.ends and (seat.kind == 0 or rung.deputies):
            if rung.co_signers:
                return why_nobody(asking, rung, unit)
            return _absent(asking, person, seat.post, snapshot.staffing.post_unit[seat.post], seat.id)
    return why_nobody(asking, rung, unit) if rung.person == person >= 0 else None


def _person(asking: Asking, person: int, unit: int, rung: Rung) -> Reason:
    snapshot = asking.snapshot
    for post in snapshot.staffing.person_posts(person):
        for seat in snapshot.staffing.seats(post):
            if seat.person == person and seat.starts <= asking.at < seat.ends:
                return _absent(asking, person, post, snapshot.staffing.post_unit[post], seat.id)
    return _absent(asking, person, -1, unit, None)


def _absent(asking: Asking, person: int, post: int, unit: int, seat: object) -> Reason:
    """Why this person cannot: conflicted, away, or off duty."""
    presence, at = asking.snapshot.presence, asking.at
    if asking.conflicted(person):
        return Reason(Why.CONFLICTED, "has an interest in this")
    soonest = presence.soonest(person, post, unit, seat, at)
    if (presence.away or presence.away_from) and presence.back(person, seat, at) != at:
        return Reason(Why.AWAY, "is away" + (f" until {clock(soonest, asking)}" if soonest < NEVER else ""))
    if soonest >= NEVER:
        return Reason(Why.OFF_DUTY, "is off duty, and no next duty is known")
    return Reason(Why.OFF_DUTY, f"is off duty until {clock(soonest, asking)}")


def body_reason(asking: Asking, body: BodyRow) -> Reason:
    """Why a body cannot decide in time."""
    soonest = in_body(asking, body, NEVER)
    if soonest:
        return Reason(Why.BODY_NOT_IN_TIME, f"does not sit until {clock(soonest[0].soonest, asking)}")
    sits = any(sits >= asking.at for sits in asking.snapshot.bodies.sittings.get(body.id, ()))
    if sits or body.may_resolve_in_writing:
        conflicts = bool(asking.excluded or asking.concerns)
        without = " without those who have an interest" if conflicts else ""
        return Reason(Why.BODY_NOT_IN_TIME, f"cannot be quorate{without}")
    return Reason(Why.BODY_NOT_IN_TIME, "has no sitting planned")


def _no_second(asking: Asking, rung: Rung, unit: int, before: int) -> Reason:
    """Which co-signature is missing."""
    for second, holder in zip(second_signatures(asking, rung, unit, before), rung.grant.co_signers, strict=True):
        if not second.found:
            who = spec_words(second.spec, holder.role_group, asking.snapshot)
            return Reason(Why.NO_SECOND, f"cannot sign alone, and the {who} cannot sign in time")
    return Reason(Why.NO_SECOND, "cannot sign alone, and there is no different person to sign as well")


def over_limit(amounts: Amounts, limits: Amounts, matter: MatterFacts) -> Reason:
    """Which limit a case is over."""
    for quantity, given, limit in zip(matter.quantities, amounts, limits, strict=True):
        if given > limit:
            return Reason(
                Why.OVER_LIMIT, f"holds this up to {how_much(quantity, limit)}, and this is {how_much(quantity, given)}"
            )
    return Reason(Why.FURTHER, "")


def not_in_date(starts: int, ends: int, asking: Asking) -> Reason:
    """From or until when something counts."""
    if asking.at < starts:
        return Reason(Why.NOT_IN_DATE, f"counts only from {clock(starts, asking)}")
    return Reason(Why.NOT_IN_DATE, f"counted until {clock(ends, asking)}")


def unmet(when: Iterable[Test], asking: Asking) -> Reason:
    """Which condition does not hold."""
    for test in when:
        if not asking.passes(test):
            match test.kind:
                case ConditionKind.OPEL:
                    level = asking.level()[0]
                    now = f"it is at OPEL {level}" if level else "no OPEL level is declared"
                    words = f"counts only at OPEL {test.value}{_or_above(test.level)}; {now}"
                case ConditionKind.INCIDENT:
                    what = "an" if test.value == "any" else f"a {test.value.replace('-', ' ')}"
                    words = f"counts only while {what} incident is declared"
                case ConditionKind.FACT:
                    words = f"counts only where it is stated: {test.value.replace('-', ' ')}"
            return Reason(Why.CONDITION, words)
    return Reason(Why.FURTHER, "")


def while_words(when: Iterable[Test], asking: Asking) -> str:
    """The conditions that a grant rests on, as they hold: *while the system is at OPEL 4*."""
    said = []
    for test in when:
        match test.kind:
            case ConditionKind.OPEL:
                party = asking.snapshot.partnerships.parties[asking.level()[1]]
                who = "the system" if party.kind == "system" else party.name
                said.append(f"while {who} is at OPEL {test.value}{_or_above(test.level)}")
            case ConditionKind.INCIDENT:
                what = "an" if test.value == "any" else f"a {test.value.replace('-', ' ')}"
                said.append(f"while {what} incident is declared")
            case ConditionKind.FACT:
                pass  # said apart, in `stated`
    return joined(said)


def stated(when: Iterable[Test]) -> str:
    """The facts that a grant rests on: *as stated: risk assessed*."""
    facts = [test.value.replace("-", " ") for test in when if test.kind is ConditionKind.FACT]
    return f"as stated: {joined(facts)}" if facts else ""


def to_you(words: str) -> str:
    """A reason said to whom it is about: *are off duty until 07:00*."""
    first, _, rest = words.partition(" ")
    return f"{_TO_YOU.get(first, first)} {rest}"


def _or_above(level: int) -> str:
    return " or above" if level < _HIGHEST else ""
