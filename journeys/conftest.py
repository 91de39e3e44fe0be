"""Fixtures of the journeys: one browser, one Marchland, a clock that can be set, windows of two sizes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from journeys.keyboards import KeyboardWindow
from journeys.marchland import MORNING, lay_down
from journeys.timings import Timings
from journeys.windows import DESK, PATIENCE_MS, PHONE, Window
from remit.authority import models as authority
from remit.authority.queries import worlds
from remit.kernel import clock
from remit.network import models as network
from remit.network.queries import snapshots
from remit.testing.pristine import drop_pristine, keep_pristine
from tooling.chromium import chromium

# Playwright keeps an event loop running in the thread of the test, beside the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

_timings = Timings()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Marchland stands in the copy that every journey is put back to."""
    with django_db_blocker.unblock():
        lay_down()
        drop_pristine()
        keep_pristine()


@pytest.fixture(autouse=True)
def fresh_pictures(transactional_db: None) -> Iterator[None]:
    """A journey that changed the network or an authority leaves no picture of it; after others, pictures stay warm."""
    before = versions()
    yield
    if versions() != before:
        snapshots.forget()
        worlds.forget()


def versions() -> list[int]:
    """How often the network and the authorities have changed."""
    return [state.objects.values_list("version", flat=True).get() for state in (network.State, authority.State)]


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    """The page on which one chooses whom to be is open."""
    settings.DEMONSTRATION = True
    settings.LOGIN_URL = settings.LOGOUT_REDIRECT_URL = "sign_in_as"


@pytest.fixture(autouse=True)
def stand_at() -> Iterator[Callable[[datetime], None]]:
    """Set the clock of the server. Every journey begins on Monday morning."""
    clock.set_to(MORNING)
    yield clock.set_to
    clock.set_to(None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "The journeys need Chromium."
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=as_root)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Open windows, each with a session of its own, and close them at the end."""
    with ExitStack() as ends:

        def open_window(kind: type[Window] = Window, **options: Any) -> Window:
            context = browser.new_context(**{"viewport": PHONE, "locale": "en-GB", **options})
            ends.callback(context.close)
            context.set_default_timeout(2 * PATIENCE_MS)
            scripts = bool(options.get("java_script_enabled", True))
            return kind(context.new_page(), live_server.url, scripts=scripts)

        yield open_window


@pytest.fixture
def phone_of(opened: Callable[..., Window]) -> Callable[[str], Window]:
    """A window of a phone's size, used with a finger, without scripts or with the keyboard alone."""

    def open_phone(used_with: str) -> Window:
        match used_with:
            case "keyboard":
                return opened(KeyboardWindow)
            case "no scripts":
                return opened(java_script_enabled=False)
            case _:
                return opened(device_scale_factor=2, has_touch=True)

    return open_phone


@pytest.fixture
def phone(phone_of: Callable[[str], Window]) -> Window:
    return phone_of("finger")


@pytest.fixture
def desk(opened: Callable[..., Window]) -> Window:
    return opened(viewport=DESK)


@pytest.fixture
def timings() -> Timings:
    return _timings


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how long pages took; nothing is asserted of it."""
    if _timings.taken:
        terminalreporter.write_sep("-", "server time of pages, Marchland small")
        for line in _timings.lines():
            terminalreporter.write_line(line)
