"""One save with its entry in the record, beside the same save under two history packages and under none.

Every contender has the same table and the same SQLite settings (WAL, synchronous NORMAL);
they take turns in one process, in rounds, and each round gives one ratio. The peers write
through Django's own backend, to a database of their own, so that Remit alone pays for the
writer's gate.

All name who did it, the peers as their middleware tells them. All save row and history
in one transaction. The figures are those of a row changed; those of a row added stand
beside them.
"""

from __future__ import annotations

import json as json_format
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

ROUNDS = 60
SAVES = 25  # of each contender, in each round
PARTY = UUID("0192f3a4-5b6c-7d8e-9f01-23456789abcd")
PEERS = {"vs_simple_history": "simple-history", "vs_auditlog": "auditlog", "vs_plain_save": "plain"}
GOALS = {"vs_simple_history": 0.6, "vs_auditlog": 0.5}

MIDDLEWARE = ExitStack()  # what the peers' middleware has set up, for as long as this process runs

Save = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to save: a row changed, and a row added."""

    name: str
    change: Save
    add: Save


class Router:
    """Remit's own rows and record in `default`, everybody else's in `peers`."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "default" if model._meta.app_label in ("ledger", "recorded") else "peers"

    db_for_write = db_for_read

    def allow_relation(self, *pair: Any, **hints: Any) -> bool:
        return True


def set_up(folder: Path) -> None:
    """Configure Django and make both databases."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    def database(engine: str, name: str) -> dict[str, Any]:
        pragmas = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
        )
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {"ENGINE": engine, "NAME": str(folder / name), "OPTIONS": options}

    settings.configure(
        SECRET_KEY="bench",
        RECORD_KEY="bench",
        USE_TZ=True,
        DATABASES={
            "default": database("remit.ledger.sqlite", "remit.sqlite3"),
            "peers": database("django.db.backends.sqlite3", "peers.sqlite3"),
        },
        DATABASE_ROUTERS=["benchmarks.ledger.Router"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "simple_history",
            "auditlog",
            "remit.shell",
            "remit.ledger",
        ],
    )
    django.setup()
    for alias in ("default", "peers"):
        call_command("migrate", database=alias, verbosity=0)


def contenders() -> list[Contender]:
    """The same model four times, each kept in its own way."""
    from auditlog.context import set_actor
    from auditlog.registry import auditlog
    from django.contrib.auth import get_user_model
    from django.db import connections, models, transaction
    from simple_history.models import HistoricalRecords

    from remit.kernel.actor import KEEPER
    from remit.kernel.ids import new_id
    from remit.ledger.actions import action, record
    from remit.ledger.verbs import Verb, register

    class Ward(models.Model):
        id = models.UUIDField(primary_key=True, default=new_id)
        name = models.CharField(max_length=80)
        kind = models.CharField(max_length=40)
        beds = models.IntegerField()
        is_open = models.BooleanField(default=True)
        changed_at = models.DateTimeField()

        class Meta:
            abstract = True

    class PlainWard(Ward):
        class Meta:
            app_label = "plain"

    class HistoryWard(Ward):
        history = HistoricalRecords()

        class Meta:
            app_label = "simple_history"  # it must be an installed app

    class AuditedWard(Ward):
        class Meta:
            app_label = "audited"

    class RecordedWard(Ward):
        class Meta:
            app_label = "recorded"

    auditlog.register(AuditedWard)
    register(Verb("ward.changed", "{actor} changed the beds of a ward to {beds}"))

    def ward(model: type[Ward]) -> Ward:
        return model(name="Ward 7", kind="ward", beds=0, changed_at=datetime.now(UTC))

    user = get_user_model().objects.create(username="site manager")
    HistoricalRecords.context.request = SimpleNamespace(user=user)
    MIDDLEWARE.enter_context(set_actor(user))

    def saved(model: type[Ward]) -> tuple[Save, Save]:
        kept, numbers = ward(model), count(1)
        kept.save()

        def change() -> None:
            kept.beds, kept.changed_at = next(numbers), datetime.now(UTC)
            kept.save()

        def add() -> None:
            ward(model).save(force_insert=True)

        in_one_transaction = transaction.atomic(using="peers")
        return in_one_transaction(change), in_one_transaction(add)

    @action
    def save_recorded(kept: Ward, *, new: bool) -> None:
        kept.save(force_insert=new)
        facts = {"beds": kept.beds}
        record("ward.changed", subject=kept, by=KEEPER, at=kept.changed_at, parties=[PARTY], facts=facts)

    for alias, models_there in (
        ("default", [RecordedWard]),
        ("peers", [PlainWard, HistoryWard, HistoryWard.history.model, AuditedWard]),
    ):
        with connections[alias].schema_editor() as editor:
            for model in models_there:
                editor.create_model(model)
    kept, numbers = ward(RecordedWard), count(1)
    save_recorded(kept, new=True)

    def change_recorded() -> None:
        kept.beds, kept.changed_at = next(numbers), datetime.now(UTC)
        save_recorded(kept, new=False)

    return [
        Contender("plain", *saved(PlainWard)),
        Contender("simple-history", *saved(HistoryWard)),
        Contender("auditlog", *saved(AuditedWard)),
        Contender("remit", change_recorded, lambda: save_recorded(ward(RecordedWard), new=True)),
    ]


def rounds(saves: dict[str, Save]) -> Iterator[dict[str, float]]:
    """Seconds of one save of each contender, round by round: the median of its turn. The order turns too."""
    names = list(saves)
    for turn in range(-3, ROUNDS):  # three to warm up
        seconds = {}
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            seconds[name] = statistics.median(_timed(saves[name]) for _ in range(SAVES))
        if turn >= 0:
            yield seconds


def _timed(save: Save) -> float:
    began = time.perf_counter()
    save()
    return time.perf_counter() - began


def main(json: bool) -> int:
    """Measure, print, and fail where a goal is missed."""
    with tempfile.TemporaryDirectory(prefix="remit-bench-") as folder:
        set_up(Path(folder))
        field = contenders()
        runs = {
            "changed": list(rounds({contender.name: contender.change for contender in field})),
            "added": list(rounds({contender.name: contender.add for contender in field})),
        }
        whole = _is_whole()

    figures = {key: _ratio(runs["changed"], peer) for key, peer in PEERS.items()}
    missed = [key for key, goal in GOALS.items() if figures[key] > goal]
    if json:
        beside = {
            name: {"microseconds": _medians(turns)} | {key: _ratio(turns, peer) for key, peer in PEERS.items()}
            for name, turns in runs.items()
        }
        spread = {key: _quartiles(_ratios(runs["changed"], peer)) for key, peer in PEERS.items()}
        print(json_format.dumps(figures | {"middle_half": spread, "runs": beside, "record_whole": whole}))
    else:
        for name, turns in runs.items():
            _print_table(name, turns)
        for key, goal in GOALS.items():
            print(f"{key}: {figures[key]:.2f}, at most {goal} wanted")
        print("The record is whole." if whole else "THE RECORD IS NOT WHOLE.")
    return 1 if missed or not whole else 0


def _is_whole() -> bool:
    from remit.ledger.queries import find_faults

    return not list(find_faults())


def _ratios(runs: list[dict[str, float]], peer: str) -> list[float]:
    return [seconds["remit"] / seconds[peer] for seconds in runs]


def _ratio(runs: list[dict[str, float]], peer: str) -> float:
    return round(statistics.median(_ratios(runs, peer)), 3)


def _quartiles(values: list[float]) -> tuple[float, float]:
    low, _, high = statistics.quantiles(values, n=4)
    return round(low, 3), round(high, 3)


def _medians(runs: list[dict[str, float]]) -> dict[str, int]:
    return {name: round(1e6 * statistics.median(seconds[name] for seconds in runs)) for name in runs[0]}


def _print_table(title: str, runs: list[dict[str, float]]) -> None:
    print(f"A row {title}, microseconds, {ROUNDS} rounds of {SAVES} each in turn:")
    for name, median in _medians(runs).items():
        low, high = _quartiles(_ratios(runs, name))
        ratio = f"remit / this {_ratio(runs, name):.2f} (middle half of the rounds {low:.2f} to {high:.2f})"
        print(f"  {name:<15} {median:>6}  {ratio if name != 'remit' else ''}".rstrip())
