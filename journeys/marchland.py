"""Marchland as the journeys find it: the same people, rotas and moments, on whatever day they run."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.management import call_command

from remit.authority.queries import worlds
from remit.kernel import clock
from remit.network.queries import snapshots
from remit.site.demonstration.founding import found

MADE_AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)  # a Sunday
NIGHT = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # Monday: offices are open, the matron is on duty

WARD_7 = "/network/fenmoor-hospitals/units/ward-7/"


def lay_down() -> None:
    """Make it, with nothing decided yet. Kept as the state that every journey begins from."""
    clock.set_to(MADE_AT)
    found(size="small", seed=2026, at=MADE_AT, say=lambda words: None)
    clock.set_to(None)
    snapshots.forget()
    worlds.forget()


def the_record_is_whole() -> bool:
    """What `remit verify-ledger` finds: it raises where something is wrong."""
    call_command("verify_ledger", verbosity=0)
    return True
