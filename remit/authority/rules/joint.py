"""Several organisations: pools, joint routes, and a party whose own decision is needed as well.

Source: design, Authority, point 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from remit.authority.rules.amounts import units as in_units
from remit.authority.rules.asking import Asking
from remit.authority.rules.case import Case, Id
from remit.authority.rules.eligibility import in_body, signers
from remit.authority.rules.index import CompiledScheme
from remit.authority.rules.outcomes import NotPooled, Outcome
from remit.authority.rules.own import own_route
from remit.authority.rules.places import how_much
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.verdict import Verdict
from remit.authority.rules.walk import Stand, mentioned, pooled, reserved
from remit.authority.rules.world import World
from remit.kernel.words import joined


def several(case: Case, world: World, at: int, units: Mapping[Id, Sequence[int]]) -> Verdict:
    """Route a case that affects units of several organisations: one pool, or each by its own scheme."""
    _check_shares(case, world, at, units)
    chosen = _pool(case, world, at, units)
    if isinstance(chosen, Verdict):
        chosen.affected_numbers = tuple(unit for party in units for unit in units[party])
        return chosen
    mutual = replace(case, concerns=case.concerns | set(units))  # an interest in one counts in each of the others
    parts = [own_route(mutual, world, at, party, units[party]) for party in _by_code(units, world)]
    return _joint(parts, chosen)


def with_needed(case: Case, world: World, at: int, verdict: Verdict, needs: str) -> Verdict:
    """Add the parties whose own decision the matter needs. Raises: CannotRoute, where none is found."""
    affected = {part.party_id for part in verdict.parts} or {verdict.party_id}
    affected |= {world.snapshot.tree.organisation[unit] for unit in verdict.affected_numbers}
    needed = _needed(world, at, affected, needs)
    if not needed:
        names = joined(sorted(_name(world, party) for party in affected))
        what = needs.replace("-", " ")
        raise CannotRoute(
            f"“{verdict.matter.matter.title}” needs the {what} as well, and none is found through the systems "
            f"that {names} belong{'s' if len(affected) == 1 else ''} to.",
            about=needs,
        )
    more = [party for party in _by_code(needed, world) if party not in affected]
    if not more:
        return verdict
    roots = world.snapshot.tree.root_of
    for party in more:
        if party not in roots:
            raise CannotRoute(f"{_name(world, party)} must decide as well, and has no units here.", about=needs)
    mutual = replace(case, concerns=case.concerns | affected)
    parts = [own_route(mutual, world, at, party, [roots[party]]) for party in more]
    why = verdict.not_pooled if verdict.parts else NotPooled.NEEDED
    return _joint([*(verdict.parts or [verdict]), *parts], why, needed=True)


def _joint(parts: Sequence[Verdict], why: NotPooled | None, *, needed: bool = False) -> Verdict:
    first = parts[0]
    affected = tuple(dict.fromkeys(unit for part in parts for unit in part.affected_numbers))
    return Verdict(
        Outcome.JOINT, first.world, first.asking, first.scheme, first.ladder_, -1, -1, first.amounts, affected,
        parts=tuple(parts), not_pooled=why, needed=needed,
    )  # fmt: skip


def _pool(case: Case, world: World, at: int, units: Mapping[Id, Sequence[int]]) -> Verdict | NotPooled:
    """The pool's answer, or why there is none."""
    parties = list(units)
    origin = units[parties[0]][0]
    partnerships = world.snapshot.partnerships
    shared = set.intersection(*(partnerships.systems(party, at) for party in parties))
    pools: list[tuple[int, str, CompiledScheme, Asking, int]] = []
    for system in shared:
        scheme = world.in_force(system, at)
        if scheme is None or not scheme.scheme.pooled or case.matter not in scheme.taxonomy.matters:
            continue
        ladder = scheme.ladder(case.matter)
        asking = Asking(
            case,
            world.snapshot,
            world.conditions,
            at=at,
            party=system,
            unit=origin,
            answer_within=ladder.matter.answer_within,
        )
        depth = mentioned(scheme, ladder, asking)
        if depth >= 0:
            size = len(partnerships.organisations(system, at))
            pools.append((size, partnerships.parties[system].code, scheme, asking, depth))
    if not pools:
        return NotPooled.NO_POOL
    if any(_keeps(case, world, at, party) for party in parties):
        return NotPooled.RESERVED
    _, _, scheme, asking, depth = min(pools, key=lambda pool: pool[:2])
    return _by_pool(case, world, scheme, asking, depth)


def _by_pool(case: Case, world: World, scheme: CompiledScheme, asking: Asking, depth: int) -> Verdict | NotPooled:
    """Walk one pool."""
    ladder = scheme.ladder(case.matter)
    stairs = scheme.stairs(ladder, depth)
    amounts = ladder.matter.amounts(case.quantities, missing=-1)
    kept = reserved(stairs, asking, amounts)
    if kept is not None:
        found = in_body(asking, kept.body, asking.before(kept.answer_within))
        if not found:
            return NotPooled.NOT_IN_TIME
        return Verdict(Outcome.POOL, world, asking, scheme, ladder, depth, -1, amounts, found=found, kept=kept)
    passed: list[Stand] = []
    stands = pooled(stairs, asking, amounts)
    for stand in stands:
        rung, unit = stand
        found = signers(asking, rung, unit, asking.before(rung.answer_within))
        if found:
            return Verdict(
                Outcome.POOL, world, asking, scheme, ladder, depth, -1, amounts,
                rung=rung, unit=unit, found=found, passed=passed, _rest=stands,
            )  # fmt: skip
        passed.append(stand)
    return NotPooled.NOT_IN_TIME if passed else NotPooled.USED_UP


def _check_shares(case: Case, world: World, at: int, units: Mapping[Id, Sequence[int]]) -> None:
    """Raises: CannotRoute, where each has its share and part of the whole is in none."""
    if not case.shares:
        return
    matter = world.scheme(next(iter(units)), at).ladder(case.matter).matter
    for quantity in matter.quantities:
        whole = case.quantities.get(quantity.code, Decimal(0))
        given = [case.shares.get(party, {}).get(quantity.code) for party in units]
        shared = sum((share for share in given if share is not None), Decimal(0))
        if None not in given and shared < whole:
            few, all_of_it = (how_much(quantity, in_units(one, of=quantity.code)) for one in (shared, whole))
            raise CannotRoute(
                f"The shares come to {few}, and the whole is {all_of_it}. Share out all of it.", about=quantity.code
            )


def _keeps(case: Case, world: World, at: int, party: Id) -> bool:
    """Whether a member's own scheme reserves the case."""
    scheme = world.scheme(party, at)
    ladder = scheme.ladder(case.matter)
    asking = Asking(
        case, world.snapshot, world.conditions, at=at, party=party, unit=0, answer_within=ladder.matter.answer_within
    )
    depth = mentioned(scheme, ladder, asking)
    if depth < 0:
        return False
    amounts = ladder.matter.amounts(case.share_of(party), missing=-1)
    return reserved(scheme.stairs(ladder, depth), asking, amounts) is not None


def _needed(world: World, at: int, affected: set[Id], needs: str) -> set[Id]:
    """The parties of a system that a code names: *commissioning-X* is the convenor of sort X."""
    partnerships = world.snapshot.partnerships
    systems = set().union(*(partnerships.systems(party, at) for party in affected))
    convenors = {partnerships.parties[system].convenor_id for system in systems} - {None}
    before, _, sort = needs.partition("-")
    if before == "commissioning":
        return {party for party in convenors if partnerships.parties[party].sort == sort}
    within = convenors.union(*(partnerships.organisations(system, at) for system in systems))
    return {p for p in within if needs in (partnerships.parties[p].sort, partnerships.parties[p].code)}


def _by_code(parties: Mapping[Id, object] | set[Id], world: World) -> list[Id]:
    return sorted(parties, key=lambda party: world.snapshot.partnerships.parties[party].code)


def _name(world: World, party: Id) -> str:
    return world.snapshot.partnerships.parties[party].name
