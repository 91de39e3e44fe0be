"""On PostgreSQL writers meet at the ends of streams; none loses, and a deadlock is run again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError, connection, transaction

from remit.ledger.actions import action
from remit.ledger.queries import count_entries, find_faults
from remit.ledger.tests.acts import FENMOOR, MARCHLAND, make_group, note

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite the gate lets one writer in at a time"),
]


def all_at_once(*functions):
    def then_close(function):
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(functions)) as pool:
        return [done.result(30) for done in [pool.submit(then_close, function) for function in functions]]


def test_writers_who_begin_one_stream_together_follow_one_another():
    together = threading.Barrier(4)

    def begin(number):
        together.wait(10)
        return make_group(f"group {number}").sequence

    places = all_at_once(*[lambda number=number: begin(number) for number in range(4)])

    assert sorted(places) == [1, 2, 3, 4]
    assert not list(find_faults())


def crossing(first, then, met):
    runs = []

    @action
    def cross():
        runs.append(1)
        Group.objects.create(name=f"group {first}")
        note("one", parties=(first,))
        if len(runs) == 1:
            met.wait(10)
        note("other", parties=(then,))
        return len(runs)

    return cross


def test_acts_that_wait_for_each_other_are_run_again():
    make_group("before", parties=(FENMOOR, MARCHLAND))
    met = threading.Barrier(2)

    runs = all_at_once(crossing(FENMOOR, MARCHLAND, met), crossing(MARCHLAND, FENMOOR, met))

    assert sorted(runs) == [1, 2]
    assert count_entries() == 2 + 4
    assert Group.objects.count() == 3
    assert not list(find_faults())


def test_an_act_that_stands_is_not_run_again_for_what_came_after_it():
    runs = []

    class Deadlock(Exception):
        sqlstate = "40P01"

    def afterwards():
        raise OperationalError("in somebody else's act") from Deadlock()

    @action
    def act():
        runs.append(1)
        note("one")
        transaction.on_commit(afterwards)

    with pytest.raises(OperationalError):
        act()

    assert len(runs) == count_entries() == 1
