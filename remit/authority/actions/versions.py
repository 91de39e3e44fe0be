"""One version for each change of a scheme, a delegation or a condition."""

from __future__ import annotations

from django.db import connection

from remit.authority.models import State
from remit.network.queries.snapshots import let_go


def note() -> int:
    """Count one version up. Holds the row until commit, so versions are committed in order."""
    states = State.objects.select_for_update() if connection.features.has_select_for_update else State.objects
    state, _ = states.get_or_create(pk=1)
    state.version += 1
    state.save(update_fields=["version"])
    let_go()
    return state.version
