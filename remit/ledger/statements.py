"""The few statements that every act sends, written out: they are the price of each save.

The same text runs on both databases. Only PostgreSQL needs the end of a stream locked;
on SQLite the writer's gate has done that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from remit.ledger.errors import StreamMoved
from remit.ledger.models import Entry, Segment
from remit.ledger.rules.chain import BEGINNING, SEGMENT, head_mark, segment_digest, segment_mark

END = "SELECT sequence, head_hash FROM ledger_stream WHERE party_id = %s"
BEGIN = """
    INSERT INTO ledger_stream (party_id, sequence, head_hash, head_mark) VALUES (%s, 0, %s, '')
    ON CONFLICT DO NOTHING
"""
MOVE_ON = """
    UPDATE ledger_stream SET sequence = %s, head_hash = %s, head_mark = %s
    WHERE party_id = %s AND sequence = %s AND head_hash = %s
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stream ends at the moment, read under its lock."""

    party_id: UUID
    sequence: int
    hash: str


def end_of(party_id: UUID, cursor: CursorWrapper) -> Place | None:
    """The end of a stream, locked until the transaction ends; None where it has not begun."""
    statement = f"{END} FOR UPDATE" if cursor.db.features.has_select_for_update else END
    cursor.execute(statement, [as_key(party_id, cursor.db)])
    row = cursor.fetchone()
    return Place(party_id, *row) if row else None


def begin(party_id: UUID, cursor: CursorWrapper) -> bool:
    """Begin a stream. False where somebody else began it in the meantime: it waits for that act to end."""
    cursor.execute(BEGIN, [as_key(party_id, cursor.db), BEGINNING])
    return bool(cursor.rowcount == 1)


def append(entry: Entry, cursor: CursorWrapper) -> None:
    """Insert an entry and move the head of its stream on to it.

    Raises: StreamMoved where the stream no longer ends where the entry follows on.
    """
    insert(Entry, [entry], cursor)
    mark = head_mark(entry.stream_id, entry.sequence, entry.hash, key=settings.RECORD_KEY)
    stream = as_key(entry.stream_id, cursor.db)
    cursor.execute(MOVE_ON, [entry.sequence, entry.hash, mark, stream, entry.sequence - 1, entry.previous_hash])
    if cursor.rowcount != 1:
        raise StreamMoved
    if entry.sequence % SEGMENT == 0:
        _close_segment(entry.stream_id, entry.sequence // SEGMENT)


def insert(model: type[models.Model], rows: Iterable[models.Model], cursor: CursorWrapper) -> None:
    """Insert rows as they are, without what `save` does around it."""
    statement, fields = _insertion(model)
    values = [[field.get_db_prep_save(getattr(row, field.attname), cursor.db) for field in fields] for row in rows]
    if len(values) == 1:
        cursor.execute(statement, values[0])
    else:
        cursor.executemany(statement, values)


def as_key(value: UUID, database: BaseDatabaseWrapper) -> UUID | str:
    """An identifier as the database keeps it."""
    return value if database.features.has_native_uuid_field else value.hex


def _close_segment(party_id: UUID, number: int) -> None:
    inside = Entry.objects.filter(stream=party_id, sequence__gt=(number - 1) * SEGMENT, sequence__lte=number * SEGMENT)
    digest = segment_digest(inside.order_by("sequence").values_list("hash", flat=True))
    mark = segment_mark(party_id, number, digest, key=settings.RECORD_KEY)
    Segment.objects.create(stream_id=party_id, number=number, digest=digest, mark=mark)


@cache
def _insertion(model: type[models.Model]) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    fields = tuple(model._meta.concrete_fields)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places})', fields
