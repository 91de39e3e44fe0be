"""What the network's actions ask for themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from remit.kernel.actor import Actor, ActorKind
from remit.network.access import SECRETARY
from remit.network.errors import NotKeeper
from remit.network.models import Appointment, Party


def require_keeper(by: Actor, party: UUID, *, at: datetime) -> None:
    """Raises: NotKeeper, unless `by` keeps the machine or is the party's governance secretary."""
    if by.kind is ActorKind.KEEPER:
        return
    if by.kind is not ActorKind.APPOINTMENT or by.id is None:
        raise NotKeeper
    party_ids = {party} | set(Party.objects.filter(pk=party, convenor__isnull=False).values_list("convenor", flat=True))
    mine = Appointment.objects.filter(
        pk=by.id, post__role__code=SECRETARY, post__unit__organisation__in=party_ids, starts_at__lte=at
    ).exclude(ends_at__lte=at)
    if not mine.exists():
        raise NotKeeper
