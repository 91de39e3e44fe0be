"""The world that decisions are tested in."""

from __future__ import annotations

import pytest

from remit.authority.queries import worlds
from remit.decisions.tests.world import make_world
from remit.network.queries.snapshots import forget


@pytest.fixture
def world(db):
    yield make_world()
    forget()
    worlds.forget()
