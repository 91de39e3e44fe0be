"""Checking the record as it is stored: every cell is read as bytes, so that no damage is read past.

Entries come in batches by sequence: memory does not grow with the stream, no transaction
stays open, and writers go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

from remit.ledger.rules.chain import BEGINNING, REGISTER, SEGMENT, Link
from remit.ledger.rules.walk import Fault, Head, Segment, Stored, Text, Walk
from remit.ledger.statements import as_key

BATCH = 2_000
TEXTS = ("late_reason", "actor_kind", "actor_words", "verb", "subject_kind", "payload", "previous_hash", "hash")
CELLS = ("id", "stream_id", "subject_id", "actor_id", "event_at", "entered_at", *TEXTS)


def find_faults(only: Iterable[UUID] = ()) -> Iterator[Fault]:
    """The first fault of each stream that has one, in order of stream; of some streams, or of all."""
    begun, registered = _begun(), _registered()
    if begun and not registered:
        yield Fault(REGISTER, 1, "is missing, and with it the whole stream")
        registered = begun
    streams = set(only) or begun | registered | _inhabited() | ({REGISTER} if begun else set())
    for stream in sorted(streams):
        if stream in registered and stream not in begun:
            yield Fault(stream, 1, "is missing, and with it the whole stream")
        elif stream in begun and stream not in registered | {REGISTER}:
            yield Fault(stream, 1, "begins a stream that the register of streams does not hold")
        elif fault := _fault_in(stream):
            yield fault


def is_whole(stream: UUID) -> bool:
    """Whether a stream's chain holds from its first entry to its head. One that has not begun is whole."""
    return next(find_faults([stream]), None) is None


def _fault_in(stream: UUID) -> Fault | None:
    walk = Walk(stream)
    head = _head(stream)
    while True:
        # The head is read before the entries: what it covers was committed with it.
        for found in _entries(stream, after=walk.sequence or -1, upto=head.sequence):
            if fault := walk.step(found):
                return fault
            if walk.sequence % SEGMENT == 0 and (fault := walk.close_segment(_segment(walk), key=settings.RECORD_KEY)):
                return fault
        if not _goes_on(stream, after=head.sequence):
            return walk.end(head, key=settings.RECORD_KEY) if head.sequence or stream in _begun() else None
        newer = _head(stream)
        if newer == head:
            return Fault(stream, head.sequence + 1, "stands after the end that was recorded")
        head = newer  # somebody wrote meanwhile


def _entries(stream: UUID, *, after: int, upto: int) -> Iterator[Stored]:
    columns = ", ".join(_bare(f"ledger_entry.{name}") for name in CELLS)
    while True:
        rows = _rows(
            f"SELECT CAST(sequence AS integer), {columns} FROM ledger_entry"
            f" WHERE stream_id = %s AND sequence > %s AND sequence <= %s ORDER BY ledger_entry.sequence LIMIT {BATCH}",
            [_key(stream), after, upto],
        )
        if not rows:
            return
        texts = _texts(stream, first=rows[0][0], last=rows[-1][0])
        for sequence, *cells in rows:
            yield _stored(sequence, dict(zip(CELLS, cells, strict=True)), tuple(texts.get(sequence, ())))
        after = rows[-1][0]


def _texts(stream: UUID, *, first: int, last: int) -> dict[int, list[Text]]:
    rows = _rows(
        f"SELECT ledger_entry.sequence, {_bare('field')}, salt, {_bare('text')} FROM ledger_sealed"
        " JOIN ledger_entry ON ledger_entry.id = ledger_sealed.entry_id"
        " WHERE ledger_entry.stream_id = %s AND ledger_entry.sequence BETWEEN %s AND %s",
        [_key(stream), first, last],
    )
    texts: dict[int, list[Text]] = {}
    for sequence, field, salt, text in rows:
        kept = salt.encode() if isinstance(salt, str) else bytes(salt)
        texts.setdefault(sequence, []).append(Text(_legible(field), kept, _legible(text)))
    return texts


def _stored(sequence: int, cells: dict[str, Any], texts: tuple[Text, ...]) -> Stored:
    try:
        written = {name: _text(cells[name]) for name in TEXTS}
        own_hash = written.pop("hash")
        link = Link(
            id=_uuid(cells["id"]),
            stream=_uuid(cells["stream_id"]),
            sequence=sequence,
            event_at=_moment(cells["event_at"]),
            entered_at=_moment(cells["entered_at"]),
            actor_id=None if cells["actor_id"] is None else _uuid(cells["actor_id"]),
            subject_id=_uuid(cells["subject_id"]),
            **written,
        )
    except (ValueError, AttributeError):  # bytes that are no text, no identifier, no moment; or nothing at all
        return Stored(sequence, None, "", texts)
    return Stored(sequence, link, own_hash, texts)


def _text(cell: bytes | str) -> str:
    return cell if isinstance(cell, str) else cell.decode()


def _legible(cell: bytes | str) -> str:
    return cell if isinstance(cell, str) else cell.decode(errors="replace")


def _uuid(cell: bytes | str) -> UUID:
    value = UUID(_text(cell))
    if _text(cell) != str(_key(value)):
        raise ValueError("an identifier that Remit did not write so")
    return value


def _moment(cell: bytes | str) -> datetime:
    value = datetime.fromisoformat(_text(cell))
    if connection.vendor == "sqlite":
        value = value.replace(tzinfo=UTC)
        if connection.ops.adapt_datetimefield_value(value) != _text(cell):
            raise ValueError("a moment that Remit did not write so")
    return value


def _head(stream: UUID) -> Head:
    rows = _rows(
        f"SELECT CAST(sequence AS integer), {_bare('head_hash')}, {_bare('head_mark')}"
        " FROM ledger_stream WHERE party_id = %s",
        [_key(stream)],
    )
    return (
        Head(stream, rows[0][0], _legible(rows[0][1]), _legible(rows[0][2])) if rows else Head(stream, 0, BEGINNING, "")
    )


def _segment(walk: Walk) -> Segment | None:
    rows = _rows(
        f"SELECT {_bare('digest')}, {_bare('mark')} FROM ledger_segment WHERE stream_id = %s AND number = %s",
        [_key(walk.stream), walk.sequence // SEGMENT],
    )
    return Segment(*map(_legible, rows[0])) if rows else None


def _goes_on(stream: UUID, *, after: int) -> bool:
    return bool(
        _rows("SELECT 1 FROM ledger_entry WHERE stream_id = %s AND sequence > %s LIMIT 1", [_key(stream), after])
    )


def _begun() -> set[UUID]:
    return _ids(f"SELECT {_bare('party_id')} FROM ledger_stream")


def _inhabited() -> set[UUID]:
    """Streams that entries name, and that have no head of their own."""
    return _ids(
        f"SELECT DISTINCT {_bare('stream_id')} FROM ledger_entry"
        " WHERE stream_id NOT IN (SELECT party_id FROM ledger_stream)"
    )


def _registered() -> set[UUID]:
    return _ids(f"SELECT {_bare('subject_id')} FROM ledger_entry WHERE stream_id = %s", [_key(REGISTER)])


def _ids(statement: str, values: Iterable[Any] = ()) -> set[UUID]:
    ids = set()
    for (cell,) in _rows(statement, values):
        try:
            ids.add(_uuid(cell))
        except ValueError:
            continue  # what it stood for is missed elsewhere
    return ids


def _rows(statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _bare(column: str) -> str:
    """A column as it is stored, past every converter of the driver."""
    return f"CAST({column} AS {'blob' if connection.vendor == 'sqlite' else 'text'})"


def _key(value: UUID) -> UUID | str:
    return as_key(value, connections[DEFAULT_DB_ALIAS])
