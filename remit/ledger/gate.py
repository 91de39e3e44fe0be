"""The writer's gate: on SQLite, one writer at a time, first come first served.

Within a process the leaver hands the gate to whoever has waited longest; between
processes a lock on a file beside the database is taken from before BEGIN until after
COMMIT. Without it writers starve under load (stack.md: a writer waited 4 s, with it
0.16 s). One gate per process and database; reentrant per thread.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections import deque


class Gate:
    """A fair lock across the threads of this process and, with `path`, across processes."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._owner: int | None = None
        self._depth = 0
        self._waiting: deque[tuple[int, threading.Lock]] = deque()
        self._descriptor: int | None = None
        self._pid = os.getpid()

    def enter(self) -> None:
        """Wait for a turn. A thread that is already inside goes one deeper."""
        me = threading.get_ident()
        with self._mutex:
            self._forget_the_parents_turn()
            if self._owner == me:
                self._depth += 1
                return
            if self._owner is None:
                self._owner, self._depth = me, 1
                turn = None
            else:
                turn = threading.Lock()
                turn.acquire()
                self._waiting.append((me, turn))
        if turn is not None:
            self._wait_for(turn)
        try:
            self._lock_file()
        except BaseException:
            self._hand_over()
            raise

    def leave(self) -> None:
        """Go one shallower; at the outside hand the gate to whoever has waited longest."""
        with self._mutex:
            if self._owner != threading.get_ident():
                raise RuntimeError("The gate was left by a thread that is not inside.")
            self._depth -= 1
            if self._depth:
                return
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        self._hand_over()

    def _wait_for(self, turn: threading.Lock) -> None:
        try:
            turn.acquire()  # handed over by the leaver, with owner and depth already set
        except BaseException:  # interrupted: give up the place, or the turn that just came
            with self._mutex:
                still_waiting = any(waiting is turn for _, waiting in self._waiting)
                self._waiting = deque(place for place in self._waiting if place[1] is not turn)
            if not still_waiting:
                self._hand_over()
            raise

    def _hand_over(self) -> None:
        with self._mutex:
            if self._waiting:
                self._owner, turn = self._waiting.popleft()
                self._depth = 1
                turn.release()
            else:
                self._owner, self._depth = None, 0

    def _lock_file(self) -> None:
        if self._path is None:
            return
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def _forget_the_parents_turn(self) -> None:
        # INVARIANT: a descriptor inherited through fork shares the parent's lock, and the
        # parent's threads do not exist here.
        if self._pid != os.getpid():
            self._pid = os.getpid()
            self._owner, self._depth, self._descriptor = None, 0, None
            self._waiting.clear()


_gates: dict[str, Gate] = {}
_gates_mutex = threading.Lock()


def gate_of(database: str) -> Gate:
    """The one gate of this process for a database file; memory databases share no file."""
    in_memory = database in ("", ":memory:") or "mode=memory" in database
    key = database if in_memory else os.path.realpath(database)
    with _gates_mutex:
        if key not in _gates:
            _gates[key] = Gate(None if in_memory else f"{key}.gate")
        return _gates[key]
