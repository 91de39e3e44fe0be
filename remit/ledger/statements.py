"""The few statements that every act sends, written out: they are the price of each save.

The same text runs on both databases. Only PostgreSQL needs the end of a stream locked;
on SQLite the writer's gate has done that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from remit.kernel.ids import new_id
from remit.ledger.errors import StreamMoved
from remit.ledger.models import Entry, Segment
from remit.ledger.rules.chain import BEGINNING, SEGMENT, Link, Recorded, head_mark, segment_digest, segment_mark

COLUMNS = [str(field.column) for field in Entry._meta.concrete_fields]
INSERT_ENTRY = f"INSERT INTO ledger_entry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
INSERT_SEALED = "INSERT INTO ledger_sealed (id, entry_id, field, salt, text) VALUES (%s, %s, %s, %s, %s)"
END = "SELECT sequence, head_hash FROM ledger_stream WHERE party_id = %s"
BEGIN = """
    INSERT INTO ledger_stream (party_id, sequence, head_hash, head_mark) VALUES (%s, 0, %s, '')
    ON CONFLICT DO NOTHING
"""
MOVE_ON = """
    UPDATE ledger_stream SET sequence = %s, head_hash = %s, head_mark = %s
    WHERE party_id = %s AND sequence = %s AND head_hash = %s
"""


class Place(NamedTuple):
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


def append(link: Link, cursor: CursorWrapper) -> Recorded:
    """Insert an entry and move the head of its stream on to it.

    Raises: StreamMoved where the stream no longer ends where the entry follows on.
    """
    database, own_hash = cursor.db, link.hash()
    stream = as_key(link.stream, database)
    happened = entered = database.ops.adapt_datetimefield_value(link.entered_at)
    if link.event_at is not link.entered_at:
        happened = database.ops.adapt_datetimefield_value(link.event_at)
    row = [
        as_key(link.id, database),
        stream,
        link.sequence,
        happened,
        entered,
        link.late_reason,
        link.actor_kind,
        link.actor_id and as_key(link.actor_id, database),
        link.actor_words,
        link.verb,
        link.subject_kind,
        as_key(link.subject_id, database),
        link.payload,
        link.previous_hash,
        own_hash,
    ]
    cursor.execute(INSERT_ENTRY, row)
    mark = head_mark(link.stream, link.sequence, own_hash, key=settings.RECORD_KEY)
    cursor.execute(MOVE_ON, [link.sequence, own_hash, mark, stream, link.sequence - 1, link.previous_hash])
    if cursor.rowcount != 1:
        raise StreamMoved
    if link.sequence % SEGMENT == 0:
        _close_segment(link.stream, link.sequence // SEGMENT)
    return Recorded(link.id, link.stream, link.sequence, own_hash)


def seal(entry_id: UUID, texts: Mapping[str, tuple[str, bytes]], cursor: CursorWrapper) -> None:
    """Lay texts beside an entry, each under its field and with its salt."""
    database = cursor.db
    key, binary = as_key(entry_id, database), database.Database.Binary
    rows = [[as_key(new_id(), database), key, field, binary(salt), text] for field, (text, salt) in texts.items()]
    cursor.executemany(INSERT_SEALED, rows)


def as_key(value: UUID, database: BaseDatabaseWrapper) -> UUID | str:
    """An identifier as the database keeps it."""
    return value if database.features.has_native_uuid_field else value.hex


def _close_segment(party_id: UUID, number: int) -> None:
    inside = Entry.objects.filter(stream=party_id, sequence__gt=(number - 1) * SEGMENT, sequence__lte=number * SEGMENT)
    digest = segment_digest(inside.order_by("sequence").values_list("hash", flat=True))
    mark = segment_mark(party_id, number, digest, key=settings.RECORD_KEY)
    Segment.objects.create(stream_id=party_id, number=number, digest=digest, mark=mark)
