"""The record of one party as its governance secretary reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from remit.decisions.models import Decision
from remit.decisions.queries.audience import visible
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound
from remit.ledger.queries import Line, find_faults, page_of, streams
from remit.network.access import STAFF, require
from remit.network.models import Party
from remit.network.rulings import require_keeper
from remit.promises.models import Promise
from remit.shell.presenters import Link

PAGE = 50


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Entries, newest first. `whole` is None where nobody asked."""

    party: Link
    entries: tuple[Line, ...]
    total: int
    older: str
    whole: bool | None
    fault: str
    check_url: str


def record_page(code: str, *, upto: int | None, check: bool, seen_by: Actor, at: datetime) -> RecordPage:
    """A page of a party's record; what is restricted stays sealed to whoever may not see it.

    Raises: NotFound; NotKeeper, for anyone but the governance secretary.
    """
    require(seen_by, STAFF, at=at, what="record")
    party = Party.objects.filter(code=code).first()
    if party is None:
        raise NotFound("record")
    require_keeper(seen_by, party.pk, at=at)
    hidden = _hidden(seen_by, at=at)
    entries = page_of(party.pk, upto=upto, limit=PAGE, withheld=hidden.__contains__)
    fault = next(iter(find_faults([party.pk])), None) if check else None
    here = reverse("record", args=[code])
    last = entries[-1].number - 1 if entries else 0
    return RecordPage(
        party=Link(party.name, reverse("network:party", args=[code])),
        entries=tuple(entries),
        total=dict(streams()).get(party.pk, 0),
        older=f"{here}?upto={last}" if last else "",
        whole=fault is None if check else None,
        fault=f"Entry {fault.sequence:,} {fault.words}." if fault else "",
        check_url=f"{here}?check=1",
    )


def _hidden(seen_by: Actor, *, at: datetime) -> frozenset[UUID]:
    """Restricted decisions that this reader may not see, with their cases and promises."""
    rows = Decision.objects.filter(restricted=True).exclude(pk__in=Decision.objects.filter(visible(seen_by, at=at)))
    found = {pk for row in rows.values_list("pk", "case_id") for pk in row}
    return frozenset(found | set(Promise.objects.filter(arising_id__in=found).values_list("pk", flat=True)))
