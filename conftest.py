"""Fixtures and habits of every test: one database reset, three Hypothesis profiles, PostgreSQL on request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from remit.testing.small_system import SmallSystem

SLOW_TO_START = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=15, deadline=None, suppress_health_check=SLOW_TO_START)
settings.register_profile("default", max_examples=50, deadline=None, suppress_health_check=SLOW_TO_START)
settings.register_profile(
    "ci", max_examples=150, deadline=None, derandomize=True, suppress_health_check=SLOW_TO_START, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

ON_POSTGRESQL = os.environ.get("REMIT_TEST_DATABASE") == "postgresql"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup", "child_environment"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what never touches a database: it ran on SQLite just the same."""
    if not ON_POSTGRESQL:
        return
    with_database = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _touches_database(item)])
    items[:] = with_database


def _touches_database(item: pytest.Item) -> bool:
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
        or hasattr(getattr(item, "cls", None), "databases")
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix() -> None:
    """Nothing: the test settings give each worker a database of its own already."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Migrate once, and keep a copy that every test which commits is put back to."""
    from remit.testing.pristine import drop_pristine, keep_pristine

    with django_db_blocker.unblock():
        keep_pristine()
    yield
    with django_db_blocker.unblock():
        drop_pristine()


@pytest.fixture
def child_environment(transactional_db: None) -> dict[str, str]:
    """The environment with which a process that a test starts works on the test's own database."""
    from django.db import connection

    environment = dict(os.environ, DJANGO_SETTINGS_MODULE="remit.site.settings")
    if ON_POSTGRESQL:
        at = connection.settings_dict
        environment["DATABASE_URL"] = f"postgresql://postgres@/{at['HOST']}/{at['NAME']}"  # a folder: its socket
    return environment


@pytest.fixture(autouse=True)
def fresh_pictures() -> None:
    """Each test begins without the pictures that a process keeps of its database."""
    from remit.authority.queries import worlds
    from remit.network.queries import snapshots

    snapshots.forget()
    worlds.forget()


@pytest.fixture
def small(db: None) -> SmallSystem:
    """A small system with schemes in force; see `remit.testing.small_system`."""
    from remit.testing.small_system import small_system

    return small_system()
