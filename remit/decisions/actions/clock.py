"""What the clock does to decisions: ends each whose time is over, one transaction each."""

from __future__ import annotations

from datetime import datetime

from remit.decisions.actions.standing import expire, lapse
from remit.decisions.rulings import over
from remit.kernel.actor import CLOCK

_ENDS = {"lapse": lapse, "expire": expire}


def end_what_is_over(*, at: datetime) -> int:
    """End every decision whose time is over. Run twice it does nothing more. Returns: how many it ended."""
    ended = over(at=at)
    for name, decision_id in ended:
        _ENDS[name](decision_id, by=CLOCK, at=at)
    return len(ended)
