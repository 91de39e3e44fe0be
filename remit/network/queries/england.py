"""What stands of the NHS in England: for whoever keeps the machine, to compare with the official files."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from remit.ledger.queries import latest
from remit.network.models import Membership, Party
from remit.network.rules.england import England, Present, PresentOrganisation

LOADED = "network.england-loaded"  # the verb of the batch, in the stream of each region


def present_england(plan: England) -> Present:
    """The parties that came from the plan's register, or hold one of its codes, and who belongs where now."""
    codes = {s.code for s in plan.systems} | {o.code for o in plan.organisations}
    rows = Party.objects.values_list("code", "name", "closed_on", "source")
    memberships = Membership.objects.filter(ends_at=None).values_list("member__code", "system__code")
    return Present(
        {
            code: PresentOrganisation(code, name, closed_on)
            for code, name, closed_on, source in rows
            if code in codes or source.startswith(f"{plan.register},")
        },
        frozenset(memberships),
    )


def trusts_to_fill(plan: England) -> list[tuple[str, str, str]]:
    """Code, name and sort of each trust of the plan that stands, is open and has no units but its root."""
    wanted = {o.code for o in plan.organisations if o.is_trust}
    rows = Party.objects.filter(closed_on=None).exclude(units__parent__isnull=False).order_by("code")
    return [row for row in rows.values_list("code", "name", "sort") if row[0] in wanted]


def trusts_filled(plan: England) -> dict[str, list[UUID]]:
    """The open trusts of the plan that were given made-up people, by their sort."""
    wanted = {o.code for o in plan.organisations if o.is_trust}
    rows = Party.objects.filter(closed_on=None, units__posts__appointments__person__made_up=True).distinct()
    found: dict[str, list[UUID]] = {}
    for code, sort, party_id in rows.order_by("code").values_list("code", "sort", "id"):
        if code in wanted:
            found.setdefault(sort, []).append(party_id)
    return found


def regions_of(plan: England) -> list[UUID]:
    """The regions of the plan that stand: the batch goes into their streams."""
    codes = [system.code for system in plan.systems if system.convenor is None]
    return list(Party.objects.filter(code__in=codes).values_list("id", flat=True))


def loaded_as_of(plan: England) -> date | None:
    """For which day the newest file that was loaded speaks; None before the first."""
    lines = latest(regions_of(plan), limit=1, verbs_named=[LOADED])
    return date.fromisoformat(lines[0].facts["as_of"]) if lines else None
