"""The database refuses to change the record, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from remit.ledger.tests.acts import make_group

pytestmark = pytest.mark.django_db

SQLITE_TRIGGERS = {
    "entry_not_deleted",
    "entry_not_replaced",
    "entry_not_updated",
    "sealed_not_replaced",
    "sealed_not_updated",
    "segment_not_deleted",
    "segment_not_replaced",
    "segment_not_updated",
    "stream_not_deleted",
    "stream_not_renamed",
    "stream_not_replaced",
    "stream_only_grows",
}
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of SQLite alone")
ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="a statement of PostgreSQL alone")
SEGMENT = "INSERT INTO ledger_segment (stream_id, number, digest, mark) SELECT party_id, 1, '', '' FROM ledger_stream"


def send(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET verb = 'group.unmade'",
        "UPDATE ledger_entry SET payload = payload",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_sealed SET text = 'other'",
        "UPDATE ledger_stream SET head_hash = 'other'",
        "UPDATE ledger_stream SET sequence = sequence - 1",
        "DELETE FROM ledger_stream",
        "UPDATE ledger_segment SET digest = 'other'",
        "DELETE FROM ledger_segment",
        pytest.param("INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry", marks=ON_SQLITE),
        pytest.param("INSERT OR REPLACE INTO ledger_sealed SELECT * FROM ledger_sealed", marks=ON_SQLITE),
        pytest.param("INSERT OR REPLACE INTO ledger_stream SELECT * FROM ledger_stream", marks=ON_SQLITE),
        pytest.param("INSERT OR REPLACE INTO ledger_segment SELECT * FROM ledger_segment", marks=ON_SQLITE),
        pytest.param("UPDATE OR REPLACE ledger_entry SET sequence = 1", marks=ON_SQLITE),
        pytest.param("TRUNCATE ledger_entry CASCADE", marks=ON_POSTGRESQL),
        pytest.param("TRUNCATE ledger_sealed", marks=ON_POSTGRESQL),
        pytest.param("TRUNCATE ledger_segment", marks=ON_POSTGRESQL),
        pytest.param("TRUNCATE ledger_stream CASCADE", marks=ON_POSTGRESQL),
        pytest.param("SET LOCAL session_replication_role = replica; DELETE FROM ledger_entry", marks=ON_POSTGRESQL),
    ],
)
def test_the_database_refuses(statement):
    make_group("red team", sealed={"why": "to see"})
    send(SEGMENT)
    connection.check_constraints()  # PostgreSQL truncates no table whose foreign keys still wait to be checked

    with pytest.raises(DatabaseError, match=r"append-only|never|only grows"):
        send(statement)


def test_a_sealed_text_can_be_erased():
    make_group("red team", sealed={"why": "a name"})

    send("DELETE FROM ledger_sealed")


@ON_SQLITE
def test_every_trigger_outlives_the_migrations():
    """A later migration that remakes a table on SQLite would lose them without a word."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%%'", [])
        assert {name for (name,) in cursor.fetchall()} == SQLITE_TRIGGERS
