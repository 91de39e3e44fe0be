"""The one database reset that tests use: back to the moment after the migrations.

The ledger's triggers refuse Django's own flush, and no test may disable them. So the
migrated database is copied once, and a test that commits is undone by putting the
copy back: 10 ms on SQLite, up to 170 ms on PostgreSQL.
"""

from __future__ import annotations

import sqlite3

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_copies: dict[str, sqlite3.Connection] = {}


def keep_pristine(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Copy the database as it stands now. Once in a session, after the migrations."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(copy)
        _copies[alias] = copy
        return
    name, pristine = _names(connection)
    connection.close()
    _outside(connection, f"DROP DATABASE IF EXISTS {pristine}", f"CREATE DATABASE {pristine} TEMPLATE {name}")


def put_back(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Make the database what it was when it was copied."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        _copies[alias].backup(connection.connection)
        return
    name, pristine = _names(connection)
    connection.close()
    _outside(connection, f"DROP DATABASE {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {pristine}")


def drop_pristine(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Remove the copy."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        _copies.pop(alias).close()
        return
    _, pristine = _names(connection)
    _outside(connection, f"DROP DATABASE IF EXISTS {pristine}")


def _names(connection: BaseDatabaseWrapper) -> tuple[str, str]:
    """The database and its copy, quoted for SQL."""
    name = connection.settings_dict["NAME"]
    return connection.ops.quote_name(name), connection.ops.quote_name(f"{name}_pristine")


def _outside(connection: BaseDatabaseWrapper, *statements: str) -> None:
    """Run statements that must not be connected to the database that they concern."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
