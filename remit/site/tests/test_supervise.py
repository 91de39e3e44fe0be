from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from remit.site.first_page import FirstPage
from remit.site.readiness import NOT_READY, Place
from remit.site.supervise import GIVE_UP_AFTER_FAILURES, Child, Supervisor, ending, welcome

pytestmark = pytest.mark.slow

ANSWERS = """
import socket, sys
listener = socket.socket(fileno=int(sys.argv[1]))
while True:
    asked, _ = listener.accept()
    asked.recv(4096)
    asked.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\n")
    asked.close()
"""


def python(program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", program, *arguments]


def within(seconds: float, holds: Callable[[], bool]) -> Callable[[], bool]:
    """Stop watching when `holds` does, and fail when it has not in time."""
    by = time.monotonic() + seconds

    def until() -> bool:
        assert time.monotonic() < by, "not in time"
        return holds()

    return until


@pytest.fixture
def supervisor():
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def test_a_server_that_is_killed_is_back_and_refuses_nobody_meanwhile(supervisor, listener):
    number = listener.fileno()
    web = Child("web", python(ANSWERS, str(number)), True, (number,))
    supervisor.children.append(web)
    supervisor.watch(until=within(10, FirstPage(*listener.getsockname()).answered))
    assert web.process
    first = web.process.pid

    web.process.kill()
    web.process.wait()
    asked_while_dead = FirstPage(*listener.getsockname())
    assert not asked_while_dead.answered()
    supervisor.watch(until=within(5, asked_while_dead.answered))

    assert web.process.pid != first


def test_a_task_that_ends_well_is_not_started_again(supervisor, tmp_path):
    marks = tmp_path / "marks"
    task = Child("task", python(f"open({str(marks)!r}, 'a').write('x')"), False)
    supervisor.children.append(task)

    supervisor.watch(until=within(10, lambda: task.due_at == float("inf")))

    assert marks.read_text() == "x"


def test_a_task_that_keeps_failing_is_given_up(supervisor, capfd):
    task = Child("The task", python("raise SystemExit(3)"), False, failures=GIVE_UP_AFTER_FAILURES - 2)
    supervisor.children.append(task)

    supervisor.watch(until=within(15, lambda: task.given_up))

    assert "The task ended (exit 3); not tried again." in capfd.readouterr().err


def test_a_server_that_is_not_ready_is_not_started_again(supervisor):
    web = Child("web", python(f"raise SystemExit({NOT_READY})"), True)
    supervisor.children.append(web)

    supervisor.watch(until=within(10, lambda: False))

    assert web.refused
    assert web.due_at == float("inf")


def test_being_told_to_stop_stops_the_children(supervisor):
    child = Child("child", python("import time; time.sleep(60)"), True)
    supervisor.children.append(child)
    supervisor.watch(until=within(10, lambda: child.process is not None))

    supervisor._stop(15, None)
    supervisor.watch()
    supervisor.stop()

    assert child.process
    assert child.process.poll() == -15


def test_an_ending_is_told_as_people_know_it():
    assert ending(-9) == "signal SIGKILL"
    assert ending(1) == "exit 1"


def test_the_welcome_says_where_and_what_next():
    place = Place("127.0.0.1", 8000, Path("/srv/remit"), demonstration=True)

    assert "Open http://127.0.0.1:8000 and choose who to sign in as." in welcome(place)
