"""The writer's gate: in order of asking, and open again whatever happens inside."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction

from remit.ledger.gate import Gate, gate_of
from remit.ledger.tests.acts import make_group

PATIENCE = 10  # seconds, until a test gives up


@pytest.fixture
def gate(tmp_path):
    return Gate(str(tmp_path / "database.gate"))


def wait_for(condition):
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.001)


def can_enter(gate):
    """Whether another thread gets in within the time that a test has."""
    entered = threading.Event()

    def through():
        gate.enter()
        entered.set()
        gate.leave()

    threading.Thread(target=through, daemon=True).start()
    return entered.wait(1)


def test_threads_get_their_turn_in_the_order_in_which_they_asked(gate):
    order = []

    def through(number):
        gate.enter()
        order.append(number)
        gate.leave()

    gate.enter()
    threads = []
    for number in range(20):
        threads.append(threading.Thread(target=through, args=[number]))
        threads[-1].start()
        wait_for(lambda number=number: len(gate._waiting) == number + 1)
    gate.leave()
    for thread in threads:
        thread.join(PATIENCE)

    assert order == list(range(20))


def test_a_thread_inside_may_enter_again(gate):
    gate.enter()
    gate.enter()
    gate.leave()
    assert not can_enter(gate)
    gate.leave()
    wait_for(lambda: not gate._waiting)
    assert can_enter(gate)


def test_leaving_with_nobody_inside_is_an_error(gate):
    with pytest.raises(RuntimeError):
        gate.leave()


def test_a_wait_that_is_interrupted_gives_up_its_place(gate):
    inside, let_go = threading.Event(), threading.Event()

    def hold():
        gate.enter()
        inside.set()
        let_go.wait(PATIENCE)
        gate.leave()

    def interrupt(*_):
        raise KeyboardInterrupt

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(PATIENCE)
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt):
            gate.enter()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert not gate._waiting
    let_go.set()
    holder.join(PATIENCE)

    assert can_enter(gate)


def test_two_gates_on_one_file_keep_each_other_out(tmp_path):
    mine, theirs = Gate(str(tmp_path / "x.gate")), Gate(str(tmp_path / "x.gate"))
    mine.enter()
    entered = threading.Event()

    def through():
        theirs.enter()
        entered.set()
        theirs.leave()

    waiting = threading.Thread(target=through)
    waiting.start()

    assert not entered.wait(0.1)
    mine.leave()
    assert entered.wait(PATIENCE)
    waiting.join(PATIENCE)


def test_a_forked_child_neither_keeps_nor_frees_its_parents_turn(tmp_path):
    file = str(tmp_path / "forked.sqlite3")
    gate = gate_of(file)
    gate.enter()
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            gate.leave()  # the turn is its parent's: nothing happens
            os.write(write, b"l")
            gate_of(file).enter()
            os.write(write, b"e")
        finally:
            os._exit(0)

    assert os.read(read, 1) == b"l"
    time.sleep(0.1)
    os.set_blocking(read, False)
    with pytest.raises(BlockingIOError):
        os.read(read, 1)
    gate.leave()
    os.set_blocking(read, True)
    assert os.read(read, 1) == b"e"
    os.waitpid(child, 0)
    os.close(read)
    os.close(write)
    assert can_enter(gate)  # the child died inside, and its lock with it


def test_one_file_has_one_gate_whatever_it_is_called(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "database.sqlite3")

    assert gate_of(str(tmp_path / "link")) is gate_of(str(tmp_path / "database.sqlite3"))
    assert gate_of(":memory:") is gate_of(":memory:")


def wrapper() -> Any:
    """The connection itself, behind Django's proxy."""
    return connections[DEFAULT_DB_ALIAS]


sqlite_alone = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no gate")


@sqlite_alone
@pytest.mark.django_db(transaction=True)
class TestBackend:
    """The gate where Django sends BEGIN."""

    def inside(self):
        return wrapper()._inside is not None

    def test_inside_exactly_while_a_transaction_is_open(self):
        assert not self.inside()
        with transaction.atomic():
            assert self.inside()
            with transaction.atomic():
                assert self.inside()
            assert self.inside()
        assert not self.inside()

    def test_outside_again_after_a_rollback(self):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        assert not self.inside()

    def test_outside_again_after_the_connection_was_closed(self):
        with transaction.atomic():
            connection.close()
            assert not self.inside()
        make_group("red team")

    def test_outside_again_after_a_begin_that_failed(self, monkeypatch):
        connection.ensure_connection()
        with monkeypatch.context() as patched:
            patched.setattr(wrapper(), "transaction_mode", "NONSENSE")
            with pytest.raises(DatabaseError):
                make_group("blue team")
        assert not self.inside()
        make_group("red team")

    def test_a_commit_that_fails_lets_the_next_in(self):
        make_group("green team")
        missing = "INSERT INTO ledger_segment (stream_id, number, digest, mark) VALUES ('none', 1, '', '')"

        def refused_at_commit():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(missing)

        with pytest.raises(DatabaseError, match="FOREIGN KEY"):
            refused_at_commit()
        assert not self.inside()
        make_group("red team")

    def test_a_lone_write_takes_a_turn(self, monkeypatch):
        turns = []
        monkeypatch.setattr(Gate, "enter", lambda gate: turns.append("in"))
        monkeypatch.setattr(Gate, "leave", lambda gate: turns.append("out"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert not turns
            cursor.execute("UPDATE auth_group SET name = %s", ["blue team"])
            cursor.executemany("UPDATE auth_group SET name = %s", [["red team"], ["green team"]])

        assert turns == ["in", "out"] * 2
