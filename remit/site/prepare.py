"""Before the first page: is the database ours, is it up to date, do the made-up people stand?

A process of its own, so that the supervisor stays small and its memory free of Django.
"""

from __future__ import annotations

import os
import sys

import django
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from remit.site.readiness import NotReady


def prepare(*, demonstration: bool) -> None:
    """Bring the database up to date, and make the demonstration system's people and schemes.

    Raises: NotReady.
    """
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as refusal:
        raise NotReady(
            f"The database cannot be opened: {str(refusal).strip()}. "
            "Check DATABASE_URL, or REMIT_DATA for the folder of the SQLite file; a backup may be needed."
        ) from refusal
    if unknown := migrations_of_a_newer_remit(executor):
        raise NotReady(
            f"This database was last used by a newer Remit: it holds {unknown[0]}, which this one does not know. "
            "Nothing was changed. Start that newer Remit, or name another folder: REMIT_DATA=/path/to/folder ./run"
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Bringing the database up to date ...", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    if demonstration:
        call_command("demonstration", stage="network")


def migrations_of_a_newer_remit(executor: MigrationExecutor) -> list[str]:
    """The migrations that the database has had and this code does not hold, as *app.name*."""
    had = set(executor.loader.applied_migrations)
    return sorted(f"{app}.{name}" for app, name in had - set(executor.loader.disk_migrations))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.site.settings")
    django.setup()
    from django.conf import settings

    try:
        prepare(demonstration=settings.DEMONSTRATION)
    except NotReady as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
