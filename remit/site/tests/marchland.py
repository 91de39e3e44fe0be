"""Marchland as the tests use it, made once."""

from __future__ import annotations

from datetime import date
from functools import cache

from remit.site.demonstration.rows import World
from remit.site.demonstration.world import make_world

MADE_ON = date(2026, 11, 22)


@cache
def marchland(size: str = "small", seed: int = 7) -> World:
    """One world of each size and seed."""
    return make_world(seed=seed, size=size, made_on=MADE_ON)
