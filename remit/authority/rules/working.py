"""The working: every rung walked, every grant considered, and the one reason each is not the route."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import gt
from typing import TYPE_CHECKING, NamedTuple

from remit.authority.rules.eligibility import Found, signers
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.places import Asked, Place, asked, holder_words, place
from remit.authority.rules.reasons import Reason, Why, not_in_date, over_limit, unmet, why_nobody
from remit.authority.rules.rungs import Kept, Node, Rung, Stairs
from remit.authority.rules.scheme import Grant, Reservation

if TYPE_CHECKING:
    from remit.authority.rules.verdict import Verdict

_BROADER = Reason(Why.BROADER, "is about a broader matter, and the scheme speaks of this one more closely")
_ELSEWHERE = Reason(Why.ELSEWHERE, "is held at a unit that this does not lie in")
_ROUTE = Reason(Why.ROUTE, "may decide this")


class Step(NamedTuple):
    """One rung of the staircase, nearest first. `people` are those who could sign, for the route and further up."""

    verdict: Verdict
    rung: Rung
    unit: int
    reason: Reason
    found: tuple[Found, ...]

    @property
    def place(self) -> Place:
        return place(self.rung, self.unit, self.verdict)

    @property
    def people(self) -> tuple[Asked, ...]:
        return tuple(asked(one, self.verdict.world.snapshot) for one in self.found if one.person >= 0)

    @property
    def words(self) -> str:
        """The holder and the reason, as one sentence without its full stop."""
        who = holder_words(self.rung, self.unit, self.verdict.world.snapshot, self.found[0] if self.found else None)
        return f"{who[:1].upper()}{who[1:]} {self.reason.words}"


class Aside(NamedTuple):
    """A grant, reservation or delegation of this matter that makes no rung here, and why."""

    said: Grant | Reservation
    ref: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Working:
    """Everything that was looked at, in order."""

    steps: tuple[Step, ...]
    aside: tuple[Aside, ...]


def working(verdict: Verdict) -> Working:
    """Walk every rung again, this time without stopping, and account for every grant on the matter's path."""
    if verdict.outcome is Outcome.JOINT:
        parts = [working(part) for part in verdict.parts]
        return Working(
            tuple(step for part in parts for step in part.steps), tuple(one for part in parts for one in part.aside)
        )
    steps: tuple[Step, ...] = ()
    aside: list[Aside] = []
    for depth, node in enumerate(verdict.ladder_.nodes):
        if depth == verdict.depth:
            stairs = verdict.scheme.stairs(verdict.ladder_, depth)
            steps = tuple(_steps(verdict, stairs))
            aside += _elsewhere(verdict, node, stairs, steps)
            aside += _reserved(verdict, stairs)
        elif verdict.depth < 0 or depth < verdict.depth:
            aside += _not_mentioning(verdict, node, verdict.scheme.stairs(verdict.ladder_, depth))
        else:
            aside += [Aside(said, said.ref, _BROADER) for said in node.competing]
        aside += [
            Aside(said, said.ref, Reason(Why.BESIDE, f"lets its holder {said.may} this, not decide it"))
            for said in node.beside
        ]
    return Working(steps, tuple(aside))


def every_rung(verdict: Verdict, stairs: Stairs) -> Iterator[tuple[Rung, int]]:
    """All rungs from the covering unit up to the root, whatever their limits."""
    if verdict.cover < 0:
        yield from ((rung, -1) for rung in stairs.pooled)
        return
    tree = verdict.world.snapshot.tree
    for unit in tree.ancestors(verdict.cover):
        yield from ((rung, unit) for rung in stairs.here(unit, tree.kind[unit]))


def _steps(verdict: Verdict, stairs: Stairs) -> Iterator[Step]:
    asking, snapshot, amounts = verdict.asking, verdict.world.snapshot, verdict.amounts
    roles_at, at = snapshot.staffing.roles_at, asking.at
    none_here: dict[int, Reason] = {}
    nearer = ""
    for rung, unit in every_rung(verdict, stairs):
        found: tuple[Found, ...] = ()
        if not rung.starts <= at < rung.ends:
            reason = not_in_date(rung.starts, rung.ends, asking)
        elif rung.when and not asking.holds(rung.when):
            reason = unmet(rung.when, asking)
        elif unit >= 0 and rung.mask >= 0 and not rung.mask & roles_at[unit]:
            reason = none_here.get(unit) or none_here.setdefault(
                unit, Reason(Why.NO_SUCH_POST, f"is not a post of {snapshot.tree.names[unit]}")
            )
        elif any(map(gt, amounts, rung.limits)):
            reason = over_limit(amounts, rung.limits, verdict.matter)
        elif verdict.kept is not None:
            reason = Reason(Why.RESERVED, f"may not: it is reserved to the {verdict.kept.body.name}")
        elif rung is verdict.rung and unit == verdict.unit:
            found, reason = tuple(verdict.found), _ROUTE
            nearer = holder_words(rung, unit, verdict.world.snapshot, found[0])
            nearer = nearer if rung.person >= 0 else f"the {nearer}"
        else:
            found = tuple(signers(asking, rung, unit, asking.before(rung.answer_within)))
            reason = Reason(Why.FURTHER, f"could, but {nearer} is nearer") if found else why_nobody(asking, rung, unit)
        yield Step(verdict, rung, unit, reason, found)


def _elsewhere(verdict: Verdict, node: Node, stairs: Stairs, steps: Sequence[Step]) -> Iterator[Aside]:
    met = {id(step.rung.grant) for step in steps if step.rung.passed_on is None}
    for grant in node.decide:
        if id(grant) not in met:
            yield Aside(grant, grant.ref, _ELSEWHERE)
    inside = verdict.world.snapshot.tree.inside
    for unit, flight in stairs.by_unit.items() if verdict.scheme.delegations else ():
        if verdict.cover >= 0 and verdict.cover not in inside(unit):
            yield from (
                Aside(rung.grant, rung.key[-1], _ELSEWHERE) for rung in flight.rungs if rung.passed_on is not None
            )
    for passed in stairs.void:
        yield Aside(passed.grant, passed.delegation.ref, Reason(Why.VOID, f"counts for nothing: {passed.void}"))


def _reserved(verdict: Verdict, stairs: Stairs) -> Iterator[Aside]:
    asking = verdict.asking
    for kept in stairs.kept:
        if kept is verdict.kept:
            reason = _ROUTE
        elif not kept.starts <= asking.at < kept.ends:
            reason = not_in_date(kept.starts, kept.ends, asking)
        elif not asking.holds(kept.when):
            reason = unmet(kept.when, asking)
        else:
            reason = _below(verdict, kept)
        yield Aside(kept.reservation, kept.reservation.ref, reason)


def _below(verdict: Verdict, kept: Kept) -> Reason:
    if kept.catches(verdict.amounts):
        return Reason(Why.FURTHER, "reserves this from a smaller amount on, and another reservation comes first")
    return Reason(Why.OVER_LIMIT, "reserves this only above its amounts, and this is not above them")


def _not_mentioning(verdict: Verdict, node: Node, stairs: Stairs) -> Iterator[Aside]:
    """What stands on a deeper node that counts for nothing at this moment."""
    asking = verdict.asking
    flights = (*stairs.by_kind.values(), *stairs.by_unit.values())
    rungs = [*(rung for flight in flights for rung in flight.rungs), *stairs.pooled]
    laid: list[Rung | Kept] = [*(r for r in rungs if r.passed_on is None), *stairs.kept]
    for said in laid:
        if not said.starts <= asking.at < said.ends:
            reason = not_in_date(said.starts, said.ends, asking)
        else:
            reason = unmet(said.when, asking)
        source = said.grant if isinstance(said, Rung) else said.reservation
        yield Aside(source, source.ref, reason)
