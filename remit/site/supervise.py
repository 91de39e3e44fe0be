"""Keep one web process serving, and the demonstration's history filling in beside it.

The supervisor holds the port, so a web process that dies is replaced without anybody
being refused. It stops its children when it is told to stop, and they stop should it die.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from remit.site.demonstration.personas import personas
from remit.site.first_page import FirstPage
from remit.site.readiness import NOT_READY, NotReady, Place, read_place

ROOT = Path(__file__).resolve().parents[2]
LOOK_EVERY_SECONDS = 0.05
STOP_WITHIN_SECONDS = 8
LONGEST_PAUSE_SECONDS = 3
STEADY_AFTER_SECONDS = 10
GIVE_UP_AFTER_FAILURES = 5
NEVER_UP_AFTER_FAILURES = 2
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG. Source: prctl(2)


@dataclass
class Child:
    """A process that is kept going: a server for ever, a task until it has ended well or failed too often.

    One that says it is not ready is not started again: it has told why, and a person must act.
    """

    name: str
    command: Sequence[str]
    for_ever: bool
    sockets: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    failures: int = 0
    refused: bool = False

    @property
    def given_up(self) -> bool:
        return not self.for_ever and self.failures >= GIVE_UP_AFTER_FAILURES

    def look(self, now: float) -> None:
        """Start it when it is due; when it has ended, settle when it is due again."""
        if self.process is None:
            if now >= self.due_at:
                self.process, self.started_at = start(self.command, self.sockets), now
        elif (code := self.process.poll()) is not None:
            self.process = None
            self._ended(code, now)

    def _ended(self, code: int, now: float) -> None:
        self.refused = code == NOT_READY
        if self.refused or (code == 0 and not self.for_ever):
            self.due_at = float("inf")
            return
        self.failures = 1 if now - self.started_at > STEADY_AFTER_SECONDS else self.failures + 1
        self.due_at = float("inf") if self.given_up else now + min(LONGEST_PAUSE_SECONDS, 0.1 * 2**self.failures)
        _say_wrong(
            f"{self.name} ended ({ending(code)}); {'not tried again' if self.given_up else 'starting it again'}."
        )


class Supervisor:
    """Watches its children until it is told to stop."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.stopping = False

    def stop_on_signals(self) -> None:
        for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(wanted, self._stop)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Look after the children until told to stop, until one refuses, or until `until` holds."""
        while not self.stopping and not until() and not any(child.refused for child in self.children):
            for child in self.children:
                child.look(time.monotonic())
            time.sleep(LOOK_EVERY_SECONDS)

    def stop(self) -> None:
        _stop_all([child.process for child in self.children if child.process])


def start(command: Sequence[str], sockets: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """Start a process that Ctrl-C does not reach, and that ends should this one be killed."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        pass_fds=sockets,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_end_with_parent(),
    )


def _end_with_parent() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _stop_all(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to stop at once; whatever has not by the time there is, is killed."""
    by = time.monotonic() + STOP_WITHIN_SECONDS
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(max(0.0, by - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ending(code: int) -> str:
    """How a process ended: *signal SIGKILL*, *exit 1*."""
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"


def serve(place: Place, listener: socket.socket, supervisor: Supervisor) -> int:
    """Serve until told to stop. Gives the exit code."""
    number = listener.fileno()
    web = Child(
        "The web process", [sys.executable, "-m", "remit.site.server", "--socket", str(number)], True, (number,)
    )
    supervisor.children.append(web)

    first_page = FirstPage(place.host, place.port)
    supervisor.watch(until=lambda: first_page.answered() or web.failures >= NEVER_UP_AFTER_FAILURES)
    if web.failures >= NEVER_UP_AFTER_FAILURES:
        _say_wrong("Remit could not start: its web process ends at once. What it said stands above.")
        return 1
    if not web.refused and not supervisor.stopping:
        print(welcome(place), flush=True)
        if place.demonstration:
            history = [sys.executable, "-m", "remit.site.command", "demonstration", "--stage", "history"]
            supervisor.children.append(Child("The demonstration's history", history, False))
        supervisor.watch()
    return 1 if web.refused else 0


def welcome(place: Place) -> str:
    what_next = "and choose who to sign in as" if place.demonstration else "and sign in"
    people = "".join(f"  {one.code:10}{one.name}: {one.about}\n" for one in personas()) if place.demonstration else ""
    return f"\nOpen {place.address} {what_next}.\n{people}The data is in {place.data}. Ctrl-C stops Remit."


def _say_wrong(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> int:
    supervisor = Supervisor()
    supervisor.stop_on_signals()
    try:
        place = read_place(os.environ, root=ROOT)
        place.check_data()
        os.environ |= {"REMIT_DATA": str(place.data), "REMIT_DEMONSTRATION": str(int(place.demonstration))}
        with place.listen() as listener:
            try:
                return serve(place, listener, supervisor)
            finally:
                supervisor.stop()
    except NotReady as refusal:
        _say_wrong(f"\n{refusal}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
