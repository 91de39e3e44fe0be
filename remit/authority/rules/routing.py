"""Who may decide this: the question that everything else in Remit stands on.

`route` finds the units affected, sends the case to one organisation's scheme, to a pool or
to several at once, and returns a verdict that can explain itself. It is never partial:
what cannot be evaluated is a `CannotRoute` that says so.
Source: design, Authority, points 1 to 8.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from remit.authority.rules.case import Case, Id
from remit.authority.rules.joint import several, with_needed
from remit.authority.rules.matters import MatterFacts
from remit.authority.rules.own import own_route
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.verdict import Verdict
from remit.authority.rules.world import World
from remit.network.rules.moments import epoch


def route(case: Case, world: World, at: datetime) -> Verdict:
    """Find who may decide a case at a moment.

    Raises: CannotRoute, where anything that the answer hangs on cannot be evaluated.
    """
    second = epoch(at)
    tree = world.snapshot.tree
    number = tree.number
    try:
        units = [number[case.origin], *[number[unit] for unit in case.affected]]
    except KeyError as missing:
        raise CannotRoute(
            "This question names a unit that the network does not have at this moment. Choose the unit again.",
            about=str(missing.args[0]),
        ) from None
    party = tree.organisation[units[0]]
    matter = world.scheme(party, second).ladder(case.matter).matter
    if case.facts:
        _check_facts(case, matter)
    if matter.reaches_dependants:
        units += sorted(world.snapshot.partnerships.dependants([tree.inside(unit) for unit in units], second))

    if max(units) < tree.end[tree.root[min(units)]]:
        if case.shares:  # only several organisations have shares of anything
            case = replace(case, shares={})
        verdict = own_route(case, world, second, party, tuple(dict.fromkeys(units)))
    else:
        of: dict[Id, list[int]] = {}
        for unit in dict.fromkeys(units):
            of.setdefault(tree.organisation[unit], []).append(unit)
        verdict = several(case, world, second, of)
    return with_needed(case, world, second, verdict, matter.needs_party) if matter.needs_party else verdict


def _check_facts(case: Case, matter: MatterFacts) -> None:
    for fact in case.facts:
        if fact not in matter.facts:
            raise CannotRoute(
                f"“{fact}” is stated, and “{matter.matter.title}” does not ask for it. Leave it out.", about=fact
            )
