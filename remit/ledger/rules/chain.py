"""The bytes of an entry, its hash, and the chain that they make.

An entry's hash is the SHA-256 of one JSON array (`VERSION`, then the fields of `Link` in
order, no spaces, UTF-8), so that anyone with a standard library can check it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

VERSION = 1
BEGINNING = "0" * 64  # the previous hash of a stream's first entry
SEGMENT = 1_000  # entries in a segment
REGISTER = UUID(int=0)  # the stream that holds one entry for every other stream begun


class Link(NamedTuple):
    """One entry, as it is hashed. `sequence` counts from 1 in its stream; `payload` is canonical JSON."""

    id: UUID
    stream: UUID
    sequence: int
    event_at: datetime
    entered_at: datetime
    late_reason: str  # its commitment, "" where it is not late
    actor_kind: str
    actor_id: UUID | None
    actor_words: str
    verb: str
    subject_kind: str
    subject_id: UUID
    payload: str
    previous_hash: str

    def hash(self) -> str:
        """The entry's own hash, 64 hexadecimal digits."""
        entered = stamp(self.entered_at)
        event = entered if self.event_at is self.entered_at else stamp(self.event_at)
        written = (
            f'[{VERSION},"{self.id}","{self.stream}",{self.sequence},"{event}","{entered}",{_quoted(self.late_reason)},'
            f'{_quoted(self.actor_kind)},"{self.actor_id or ""}",{_quoted(self.actor_words)},{_quoted(self.verb)},'
            f'{_quoted(self.subject_kind)},"{self.subject_id}",{_quoted(self.payload)},{_quoted(self.previous_hash)}]'
        )
        return hashlib.sha256(written.encode()).hexdigest()


class Recorded(NamedTuple):
    """An entry just made, by value, so that nobody needs the table to point at it."""

    id: UUID
    stream: UUID
    sequence: int
    hash: str

    @property
    def pk(self) -> UUID:
        """The id, where a row is expected."""
        return self.id


_quoted = json.encoder.encode_basestring  # as json.dumps(text, ensure_ascii=False) does, without its detours
_encode_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def stamp(moment: datetime) -> str:
    """A moment to the microsecond, in UTC: `2026-11-22T02:10:00.000000Z`.

    Raises: ValueError where it has no time zone, for then nobody can say when it was.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone.")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def canonical(payload: Mapping[str, Any]) -> str:
    """Canonical JSON: sorted keys, no spaces, no floats (they do not survive every reader).

    Raises: TypeError where a value cannot go into the record.
    """
    return _encode_sorted(_plain(payload))


def _plain(value: Any) -> Any:
    match value:
        case str() | bool() | int() | None:
            return value
        case Mapping():
            if unnamed := [key for key in value if not isinstance(key, str)]:
                raise TypeError(f"A name in the record is text, not {unnamed[0]!r}.")
            return {key: _plain(held) for key, held in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case frozenset() | set():
            return sorted((_plain(item) for item in value), key=_encode_sorted)
        case datetime():
            return stamp(value)
        case Decimal() if value.is_finite():
            return format(value.normalize(), "f")
        case date() | UUID():
            return str(value)
        case timedelta():
            return f"{int(value.total_seconds())} s"
    raise TypeError(f"{type(value).__name__} cannot go into the record: {value!r}")


def commitment(text: str, salt: bytes) -> str:
    """Bind to a text without showing it: HMAC-SHA256 under 32 random bytes, in hexadecimal."""
    return hmac.new(salt, text.encode(), "sha256").hexdigest()


def head_mark(stream: UUID, sequence: int, head_hash: str, *, key: str) -> str:
    """Sign a stream's head with a key that lies outside the database.

    Whoever can write the database but not read the key cannot rewrite the end of a
    chain unseen.
    """
    return _signed(f"{stream}|{sequence}|{head_hash}", key)


def entry_id(subject: UUID, stream: UUID, sequence: int) -> UUID:
    """Name an entry by what it is about and where it stands (a UUID of version 8).

    60 bits stand for the subject, 30 for the stream, 32 are the sequence: all that was
    recorded about one thing lies between the two ids of `ids_about`.
    """
    where = int.from_bytes(hashlib.sha256(stream.bytes).digest()[:4], "big") >> 2
    return UUID(int=_ids_of(subject) | where << 32 | sequence & 0xFFFFFFFF)


def ids_about(subject: UUID) -> tuple[UUID, UUID]:
    """The lowest and the highest id that an entry about a subject can have."""
    lowest = _ids_of(subject)
    return UUID(int=lowest), UUID(int=lowest | (1 << 62) - 1)


def _ids_of(subject: UUID) -> int:
    about = int.from_bytes(hashlib.sha256(subject.bytes).digest()[:8], "big") >> 4
    return about >> 12 << 80 | 8 << 76 | (about & 0xFFF) << 64 | 2 << 62


def segment_digest(hashes: Iterable[str]) -> str:
    """One digest over the hashes of a segment's entries, in order."""
    return hashlib.sha256("".join(hashes).encode()).hexdigest()


def segment_mark(stream: UUID, number: int, digest: str, *, key: str) -> str:
    """Sign a segment, as `head_mark` signs a head."""
    return _signed(f"{stream}|segment {number}|{digest}", key)


def _signed(text: str, key: str) -> str:
    signer = _keyed(key).copy()  # a third of the cost of keying afresh
    signer.update(text.encode())
    return signer.hexdigest()


@lru_cache(maxsize=4)
def _keyed(key: str) -> hmac.HMAC:
    return hmac.new(key.encode(), digestmod="sha256")
