"""What the clock asks for itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from remit.decisions.models import Decision
from remit.decisions.rules.states import BY_NAME, State


def over(*, at: datetime) -> list[tuple[str, UUID]]:
    """The decisions whose time is over, each with the move that ends it, longest over first."""
    lapsed = Decision.objects.filter(status=State.AWAITING_CONFIRMATION.value, confirm_by__lte=at)
    standing = [state.value for state in BY_NAME["expire"].starts]
    expired = Decision.objects.filter(status__in=standing, expires_at__lte=at)
    found = [(due, "lapse", pk) for pk, due in lapsed.values_list("pk", "confirm_by") if due]
    found += [(due, "expire", pk) for pk, due in expired.values_list("pk", "expires_at") if due]
    return [(name, pk) for _, name, pk in sorted(found)]
