"""Before the first page: is the database ours, is it up to date, do the made-up people stand?

The web process asks itself at every start; where all stands, the answer takes milliseconds.
"""

from __future__ import annotations

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from remit.authority.queries.worlds import world
from remit.kernel import clock
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
    world(at=clock.now())  # so that the first person need not wait for it


def migrations_of_a_newer_remit(executor: MigrationExecutor) -> list[str]:
    """The migrations that the database has had and this code does not hold, as *app.name*."""
    had = set(executor.loader.applied_migrations)
    return sorted(f"{app}.{name}" for app, name in had - set(executor.loader.disk_migrations))
