"""The route within one organisation.

Source: design, Authority, points 3 to 6.
"""

from __future__ import annotations

from collections.abc import Sequence

from remit.authority.rules.asking import Asking
from remit.authority.rules.case import Case, Id
from remit.authority.rules.eligibility import Found, in_body, signers
from remit.authority.rules.holders import unit_for
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.verdict import Verdict
from remit.authority.rules.walk import Stand, mentioned, reserved, sufficing
from remit.authority.rules.world import World


def own_route(case: Case, world: World, at: int, party: Id, units: Sequence[int]) -> Verdict:
    """Route a case by one organisation's own scheme, for these of its units.

    Raises: CannotRoute, where anything that the answer hangs on cannot be evaluated.
    """
    scheme = world.scheme(party, at)
    ladder = scheme.ladder(case.matter)
    matter = ladder.matter
    amounts = matter.amounts(case.share_of(party), missing=-1)
    cover = units[0] if len(units) == 1 else world.snapshot.tree.covering(units)
    asking = Asking(
        case, world.snapshot, world.conditions, at=at, party=party, unit=cover, answer_within=matter.answer_within
    )
    depth = mentioned(scheme, ladder, asking)
    affected = tuple(units)

    passed: list[Stand] = []
    if depth >= 0:
        stairs = scheme.stairs(ladder, depth)
        kept = reserved(stairs, asking, amounts) if stairs.kept else None
        if kept is not None:
            found = in_body(asking, kept.body, asking.before(kept.answer_within))
            outcome = Outcome.RUNG if found else Outcome.HOLD
            return Verdict(
                outcome, world, asking, scheme, ladder, depth, cover, amounts, affected, found=found, kept=kept
            )
        stands = sufficing(stairs, asking, cover, amounts)
        for stand in stands:
            rung, unit = stand
            found = signers(asking, rung, unit, asking.by if asking.by >= 0 else asking.before(rung.answer_within))
            if found:
                return Verdict(
                    Outcome.RUNG, world, asking, scheme, ladder, depth, cover, amounts, affected,
                    rung=rung, unit=unit, found=found, passed=passed, _rest=stands,
                )  # fmt: skip
            passed.append(stand)
    if passed:
        return Verdict(Outcome.HOLD, world, asking, scheme, ladder, depth, cover, amounts, affected, passed=passed)

    rung, holder = scheme.residual()
    unit = cover if holder.body is not None else unit_for(holder, cover, world.snapshot)
    if unit < 0:
        raise CannotRoute(
            f"No clause covers this, and {scheme.scheme.title} names nobody whom the network has for all else. "
            "Tell the governance secretary.",
            about=scheme.scheme.code,
        )
    left: list[Found] = signers(asking, rung, unit, asking.before(None))
    outcome = Outcome.RESIDUAL if left else Outcome.HOLD
    return Verdict(
        outcome,
        world,
        asking,
        scheme,
        ladder,
        depth,
        cover,
        amounts,
        affected,
        rung=rung,
        unit=unit,
        found=left,
        gap=True,
    )
