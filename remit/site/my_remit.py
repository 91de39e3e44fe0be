"""*My remit*: what waits for me, what I can decide, what happens around me, what I promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from remit.authority.queries import Holding, holdings, opel_of
from remit.decisions.queries.habits import matters_decided_by
from remit.decisions.queries.lines import DecisionLine, WaitingLine
from remit.decisions.queries.lists import decisions_around, decisions_waiting_for
from remit.kernel.actor import Actor
from remit.network.queries import capacities
from remit.promises.queries import PromiseLine, promises_of

LATELY = timedelta(days=14)
MOST_WAITING = 8
MOST_HELD = 6
MOST_AROUND = 6
MOST_PROMISES = 6


@dataclass(frozen=True, slots=True)
class MyRemit:
    """The home page. `more_waiting` and `more_holdings` count what is not shown at first."""

    greeting: str
    level: str
    has_post: bool
    is_technical: bool
    waiting: tuple[WaitingLine, ...]
    more_waiting: int
    holdings: tuple[Holding, ...]
    more_holdings: tuple[Holding, ...]
    around: tuple[DecisionLine, ...]
    promises: tuple[PromiseLine, ...]
    offered: tuple[PromiseLine, ...]


def my_remit(name: str, *, seen_by: Actor, at: datetime, is_technical: bool = False) -> MyRemit:
    """The home page of someone signed in. `name`: how they are greeted."""
    posts = capacities(seen_by.person, acting=seen_by, at=at) if seen_by.person else []
    acting = next((post for post in posts if post.chosen), None)
    waiting = decisions_waiting_for(seen_by.person, seen_by=seen_by, at=at)
    held = _by_use(holdings(seen_by=seen_by, at=at), matters_decided_by(seen_by.person))
    around = (
        decisions_around([acting.unit_id], seen_by=seen_by, at=at, most=MOST_AROUND, within=LATELY) if acting else ()
    )
    mine = promises_of(seen_by.person, seen_by=seen_by, at=at)
    return MyRemit(
        greeting=_greeting(name, at=at),
        level=opel_of(acting.unit_id, at=at) if acting else "",
        has_post=acting is not None,
        is_technical=is_technical,
        waiting=waiting[:MOST_WAITING],
        more_waiting=max(0, len(waiting) - MOST_WAITING),
        holdings=tuple(held[:MOST_HELD]),
        more_holdings=tuple(held[MOST_HELD:]),
        around=around,
        promises=mine.owed_by_me[:MOST_PROMISES],
        offered=mine.offered,
    )


def _by_use(held: Iterable[Holding], used: Counter[str]) -> list[Holding]:
    return sorted(held, key=lambda holding: (-used[holding.matter], holding.title))


def _greeting(name: str, *, at: datetime) -> str:
    hour = at.astimezone(ZoneInfo(settings.TIME_ZONE)).hour
    first = name.split()[0] if name else ""
    words = (
        _("Good morning, %(name)s")
        if 5 <= hour < 12
        else _("Good afternoon, %(name)s")
        if 12 <= hour < 18
        else _("Good evening, %(name)s")
        if 18 <= hour < 23
        else _("Hello, %(name)s")
    )
    return (words % {"name": first}).rstrip(", ")
