"""The transaction of an action: one from gate to COMMIT, or nothing at all."""

from __future__ import annotations

import inspect
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from remit.ledger.errors import NothingRecorded, NotKept, OutsideAction

ATTEMPTS = 4
LOST_A_RACE = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock
APART = (0.02, 0.1)  # seconds before the next attempt, so that whoever was let through has gone

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(eq=False, slots=True)
class Acting:
    """An action under way, or one that has joined it."""

    database: BaseDatabaseWrapper
    savepoints: int
    recorded: bool = False
    unchanged: bool = False

    def __call__(self) -> None:
        """Nothing: it may stand among Django's after-commit calls, which a rolled-back savepoint loses."""


class _Thread(threading.local):
    """INVARIANT: as Django's connections are per thread, so is what is open on them."""

    acting: tuple[Acting, ...] = ()  # outermost first


_thread = _Thread()


class _LostARace(Exception):
    """This transaction was ended so that another could go on."""


def action(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function an action: atomic, recorded, joined by the actions it calls.

    Where PostgreSQL breaks a deadlock by ending this transaction, the action runs again
    from the start, so it works from what it reads and leaves its arguments as they are.

    Raises: NothingRecorded where the body kept quiet; NotKept where the database would
        roll back behind its back.
    """
    if inspect.iscoroutinefunction(function) or inspect.isgeneratorfunction(function):
        raise TypeError(f"{function.__qualname__} cannot be an action: it would run after its transaction.")

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if _thread.acting:
            with transaction.atomic():
                return _inside(function, args, kwargs)
        for further in reversed(range(ATTEMPTS)):
            try:
                with transaction.atomic(durable=True):
                    try:
                        return _inside(function, args, kwargs)
                    except OperationalError as fault:
                        # Only what fails before COMMIT comes by here: an act that stands is never run again.
                        if further and getattr(fault.__cause__, "sqlstate", None) in LOST_A_RACE:
                            raise _LostARace from fault
                        raise
            except _LostARace:
                time.sleep(random.uniform(*APART))
        raise AssertionError("the last attempt returns or raises")

    return run


def _inside(function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    database, around = transaction.get_connection(), _thread.acting
    mine = Acting(database, len(database.savepoint_ids))
    _thread.acting = (*around, mine)
    try:
        result = function(*args, **kwargs)
    finally:
        _thread.acting = around
    if database.needs_rollback or database.closed_in_transaction:
        # Django would end this transaction without a word, and the caller would think it done.
        raise NotKept(function.__name__)
    mine.recorded = mine.recorded or any(waiting[1] is mine for waiting in database.run_on_commit)
    if around:
        around[-1].recorded |= mine.recorded
        around[-1].unchanged |= mine.unchanged
    if mine.recorded:
        return result
    if mine.unchanged:
        transaction.set_rollback(True)
    elif not around:
        raise NothingRecorded(function.__name__)
    return result


def nothing_to_change() -> None:
    """Say that the world already is as wanted: what the action did is rolled back, unless it recorded something."""
    require_action("nothing").unchanged = True


def require_action(verb: str) -> Acting:
    """The action that is under way here.

    Raises: OutsideAction.
    """
    if not _thread.acting:
        raise OutsideAction(verb)
    return _thread.acting[-1]


def note_entry(acting: Acting) -> None:
    """Remember that an action has recorded."""
    if len(acting.database.savepoint_ids) == acting.savepoints:
        acting.recorded = True
    else:
        transaction.on_commit(acting)  # in a savepoint of the body's own, which may yet be lost
