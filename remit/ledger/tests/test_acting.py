"""An action is one transaction, or nothing; what joins it vanishes whole where it fails."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, IntegrityError, connection, transaction

from remit.ledger.actions import action, nothing_to_change
from remit.ledger.errors import NothingRecorded, NotKept
from remit.ledger.models import Entry
from remit.ledger.queries import count_entries, find_faults, is_whole
from remit.ledger.tests.acts import FENMOOR, MARCHLAND, make_group, note


class Refused(Exception):
    """Something went wrong on the way."""


def note_and_lose(name: str) -> None:
    """Record inside a savepoint of one's own, and lose it."""
    try:
        with transaction.atomic():
            note(name)
            raise Refused
    except Refused:
        return


def names() -> set[str]:
    return set(Group.objects.values_list("name", flat=True))


@pytest.mark.django_db
def test_an_action_that_records_nothing_changes_nothing():
    @action
    def forgetful():
        Group.objects.create(name="red team")

    with pytest.raises(NothingRecorded):
        forgetful()

    assert not names()


@pytest.mark.django_db
def test_nothing_to_change_is_allowed_and_keeps_nothing():
    @action
    def unchanging():
        Group.objects.create(name="red team")
        nothing_to_change()
        return "as it was"

    assert unchanging() == "as it was"
    assert not names()
    assert not count_entries()


@pytest.mark.django_db
def test_an_action_that_fails_leaves_neither_change_nor_entry():
    @action
    def failing():
        make_group("red team")
        raise Refused

    with pytest.raises(Refused):
        failing()

    assert not names()
    assert not count_entries()
    make_group("blue team")
    assert not list(find_faults())


@pytest.mark.django_db
def test_nested_actions_join_the_outer_one():
    @action
    def outer():
        make_group("red team")
        make_group("blue team")

    outer()

    assert names() == {"red team", "blue team"}
    assert [row.sequence for row in Entry.objects.filter(stream=FENMOOR).order_by("sequence")] == [1, 2]


@pytest.mark.django_db
@pytest.mark.parametrize("begun", [False, True])
def test_an_inner_action_that_fails_and_is_caught_vanishes_whole(begun):
    @action
    def inner():
        make_group("red team", parties=(FENMOOR, MARCHLAND))
        raise Refused

    @action
    def outer():
        if begun:
            make_group("green team")
        with pytest.raises(Refused):
            inner()
        make_group("blue team")

    outer()

    assert names() == {"blue team"} | ({"green team"} if begun else set())
    assert count_entries() == 1 + begun
    assert not list(find_faults())


@pytest.mark.django_db
def test_an_entry_lost_with_a_savepoint_does_not_count():
    @action
    def careless():
        Group.objects.create(name="red team")
        note_and_lose("red team")

    with pytest.raises(NothingRecorded):
        careless()

    assert not names()


@pytest.mark.django_db
def test_an_entry_after_a_lost_savepoint_follows_on():
    @action
    def careful():
        note("green team")
        note_and_lose("red team")
        note("blue team")

    careful()

    assert count_entries() == 2
    assert is_whole(FENMOOR)


@pytest.mark.django_db
def test_an_inner_action_with_nothing_to_change_leaves_the_outer_ones_work():
    @action
    def inner():
        Group.objects.create(name="red team")
        nothing_to_change()

    @action
    def outer():
        make_group("blue team")
        inner()

    outer()

    assert names() == {"blue team"}


@pytest.mark.django_db
def test_a_transaction_that_the_database_gave_up_is_refused_aloud():
    @action
    def swallowing():
        make_group("red team")
        try:
            Group(name="red team").save()
        except IntegrityError:
            return "done"

    with pytest.raises(NotKept):
        swallowing()

    assert not names()


@pytest.mark.django_db(transaction=True)
def test_a_connection_closed_inside_is_refused_aloud():
    @action
    def closing():
        make_group("red team")
        connection.close()

    with pytest.raises(NotKept):
        closing()

    assert not names()
    make_group("blue team")
    assert is_whole(FENMOOR)


@pytest.mark.django_db(transaction=True)
def test_an_action_does_not_run_inside_somebody_elses_transaction():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        make_group("red team")


@pytest.mark.django_db(transaction=True)
def test_what_runs_after_commit_may_act_itself():
    @action
    def announced():
        make_group("red team")
        transaction.on_commit(lambda: make_group("blue team"))

    announced()

    assert names() == {"red team", "blue team"}
    assert is_whole(FENMOOR)


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_leaves_nothing_and_lets_the_next_in(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(connection, "commit", _failing)
        with pytest.raises(DatabaseError):
            make_group("red team")

    assert not names()
    make_group("blue team")
    assert is_whole(FENMOOR)


def _failing():
    raise DatabaseError("the disk is full")


def test_what_runs_later_cannot_be_an_action():
    async def later():
        """Runs when awaited."""

    def bit_by_bit():
        yield

    for function in (later, bit_by_bit):
        with pytest.raises(TypeError, match="after its transaction"):
            action(function)
