"""The clock: real unless a demonstration or a test holds it, each thread for itself."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel import clock

NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
moments = st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.fixture(autouse=True)
def put_right():
    yield
    clock.set_to(None)


def test_it_is_the_present_and_aware():
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.now().utcoffset() == timedelta(0)


@given(moments)
def test_stopped_it_stands_still_and_runs_on_after(moment):
    with clock.stopped_at(moment):
        assert clock.now() == moment
        with clock.stopped_at(NIGHT):
            assert clock.now() == NIGHT
        assert clock.now() == moment
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_stopped_in_another_zone_it_says_utc():
    with clock.stopped_at(datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("Europe/London"))):
        assert clock.now() == datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


def test_a_fault_lets_it_run_again():
    with pytest.raises(ZeroDivisionError), clock.stopped_at(NIGHT):
        raise ZeroDivisionError
    assert clock.now() != NIGHT


def test_other_threads_keep_the_real_time():
    seen = []
    with clock.stopped_at(NIGHT):
        other = threading.Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0] != NIGHT


def test_set_it_runs_on_from_there():
    clock.set_to(NIGHT)
    assert timedelta(0) <= clock.now() - NIGHT < timedelta(seconds=5)
    clock.set_to(None)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_nothing_that_the_web_reaches_can_set_it():
    remit = Path(__file__).resolve().parents[2]
    setters = [
        str(file.relative_to(remit))
        for file in remit.rglob("*.py")
        if "tests" not in file.parts
        and re.search(r"\bclock\.set_to\(|import set_to\b", file.read_text(encoding="utf-8"))
    ]
    assert [file for file in setters if re.search(r"views|api|forms|middleware|queries|actions|urls", file)] == []
