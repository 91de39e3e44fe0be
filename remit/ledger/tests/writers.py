"""A process that tests start: threads that act on the record, or acts that are killed half-way.

    python -m remit.ledger.tests.writers write NAME THREADS ACTS
    python -m remit.ledger.tests.writers killed-at-every-step NAME
    python -m remit.ledger.tests.writers until-killed NAME

Each prints what the test needs to know, one JSON value a line.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import django

Step = Callable[..., Any]


def write(name: str, threads: str, acts: str) -> None:
    """Act from several threads; for each act the thread, the stream's length when it asked, and its place."""
    from django.db import connection

    from remit.ledger.queries import streams
    from remit.ledger.tests.acts import FENMOOR, make_group

    def one_thread(thread: int) -> list[tuple[str, int, int, str]]:
        done = []
        try:
            for number in range(int(acts)):
                asked = dict(streams()).get(FENMOOR, 0)
                group = f"{name}-{thread}-{number}"
                done.append((f"{name}-{thread}", asked, make_group(group).sequence, group))
        finally:
            connection.close()
        return done

    sys.stdin.readline()  # all begin together
    with ThreadPoolExecutor(int(threads)) as pool:
        for done in pool.map(one_thread, range(int(threads))):
            for act in done:
                print(json.dumps(act))


def killed_at_every_step(name: str) -> None:
    """Do one act in a process of its own, killed before its first step, before its second, and so on.

    The steps are the statements, BEGIN and COMMIT, and the way back out of COMMIT.
    """
    from django.db import connection

    connection.close()
    for step in count():
        child = os.fork()
        if not child:
            die = _killer(step)
            _watch_steps(die)
            _act(f"{name}-{step}")
            die()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        ended = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print(json.dumps([f"{name}-{step}", ended]), flush=True)
        if not ended:
            break


def until_killed(name: str) -> None:
    """Act for ever; says when it begins."""
    print(json.dumps("begun"), flush=True)
    for number in count():
        _act(f"{name}-{number}")


def _act(name: str) -> None:
    from remit.ledger.tests.acts import FENMOOR, MARCHLAND, make_group

    make_group(name, parties=(FENMOOR, MARCHLAND), sealed={"why": "to be killed"})


def _killer(step: int) -> Step:
    left = count(step, -1)

    def die(*_: Any) -> None:
        if not next(left):
            os.kill(os.getpid(), signal.SIGKILL)

    return die


def _watch_steps(die: Step) -> None:
    from django.db import connection

    def before(execute: Step, *statement: Any) -> Any:
        die()
        return execute(*statement)

    def around(method: Step) -> Step:
        def run(*given: Any) -> Any:
            die()
            result = method(*given)
            die()
            return result

        return run

    connection.ensure_connection()
    connection.execute_wrappers.append(before)
    connection.commit = around(connection.commit)  # type: ignore[method-assign]
    if connection.vendor == "sqlite":
        name = "_start_transaction_under_autocommit"
        setattr(connection, name, around(getattr(connection, name)))


if __name__ == "__main__":
    django.setup()
    jobs: dict[str, Step] = {"write": write, "killed-at-every-step": killed_at_every_step, "until-killed": until_killed}
    jobs[sys.argv[1]](*sys.argv[2:])
