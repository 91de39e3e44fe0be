"""What someone decides most."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db.models import Count

from remit.decisions.models import Decision


def matters_decided_by(person: UUID | None) -> Counter[str]:
    """How often a person has decided each matter. Only ever shown to that person."""
    if person is None:
        return Counter()
    rows = Decision.objects.filter(decided_by=person).order_by().values_list("matter").annotate(times=Count("id"))
    return Counter(dict(rows))
