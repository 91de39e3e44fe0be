"""Remit as `./run` starts it, in processes of its own: what people see when all goes well and when it does not."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.slow

UP_WITHIN_SECONDS = 90  # on a machine as busy as it likes; `./bench start` measures how long it takes
STOPPED_WITHIN_SECONDS = 60


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder with a database that is up to date, made once."""
    folder = tmp_path_factory.mktemp("data")
    done = subprocess.run(
        [sys.executable, "-m", "remit.site.command", "migrate"],
        env=environment(folder, 8000),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def data(prepared, tmp_path):
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def environment(data: Path, port: int) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("REMIT_", "DATABASE_", "DJANGO_"))
    }
    return {**kept, "REMIT_DATA": str(data), "PORT": str(port), "REMIT_DEMONSTRATION": "0"}


@contextmanager
def serving(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "remit.site.supervise"]
    process = subprocess.Popen(command, env=environment(data, port), stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait(STOPPED_WITHIN_SECONDS)


def refused(data: Path, port: int) -> str:
    """What is said when Remit does not start."""
    command = [sys.executable, "-m", "remit.site.supervise"]
    done = subprocess.run(command, env=environment(data, port), capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


def page(port: int, *, within: float) -> int:
    """The status of the first page, once it comes."""
    by = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=max(0.1, by - time.monotonic())) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            assert time.monotonic() < by, f"no page within {within} seconds"
            time.sleep(0.05)


def test_a_start_on_a_database_that_stands_gives_the_first_page(data, port):
    with serving(data, port):
        assert page(port, within=UP_WITHIN_SECONDS) < 500


def test_a_killed_web_process_is_back_and_all_stops_when_told(data, port):
    with serving(data, port) as supervisor:
        page(port, within=UP_WITHIN_SECONDS)
        [web] = psutil.Process(supervisor.pid).children()

        web.kill()
        web.wait()
        assert page(port, within=UP_WITHIN_SECONDS) < 500
        [following] = psutil.Process(supervisor.pid).children()

        supervisor.send_signal(signal.SIGINT)
        assert supervisor.wait(STOPPED_WITHIN_SECONDS) == 0
        assert not following.is_running()
    socket.create_server(("127.0.0.1", port)).close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_nothing_outlives_a_supervisor_that_is_killed(data, port):
    with serving(data, port) as supervisor:
        page(port, within=UP_WITHIN_SECONDS)
        [web] = psutil.Process(supervisor.pid).children()

        supervisor.kill()

        web.wait(STOPPED_WITHIN_SECONDS)


def test_a_port_in_use_is_refused(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert f"Port {port} is in use" in refused(data, port)


def test_a_database_of_a_newer_remit_is_refused_and_left_alone(data, port):
    database = sqlite3.connect(data / "remit.sqlite3")
    with database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_later', '2030-01-01')"
        )
    database.close()

    said = refused(data, port)

    assert "last used by a newer Remit" in said
    assert "ledger.9999_later" in said


def test_a_file_that_is_no_database_is_refused(data, port):
    for file in data.glob("remit.sqlite3*"):
        file.unlink()
    (data / "remit.sqlite3").write_text("not a database " * 100)

    assert "The database cannot be opened" in refused(data, port)
