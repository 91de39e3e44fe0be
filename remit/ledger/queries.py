"""Reading the record: its entries as sentences, and whether it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from remit.ledger import verbs
from remit.ledger.models import Entry, Sealed, Stream
from remit.ledger.rules.chain import BEGINNING, commitment, head_mark


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as people read it. `number` is its place in `stream`."""

    id: UUID
    stream: UUID
    number: int
    event_at: datetime
    entered_at: datetime
    verb: str
    words: str
    subject_kind: str
    subject_id: UUID
    hash: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """The first bad entry of a stream and what is wrong with it."""

    stream: UUID
    sequence: int
    words: str


def entries_about(subject_id: UUID) -> list[Line]:
    """What was recorded about one thing, oldest first; a joint act once. The caller has checked access."""
    rows = Entry.objects.filter(subject_id=subject_id).prefetch_related("sealed").order_by("entered_at", "id")
    return _once(rows)


def latest(streams: Iterable[UUID], *, limit: int = 50, verbs_named: Iterable[str] = ()) -> list[Line]:
    """The newest entries of some streams, newest first. The caller has checked access."""
    rows = Entry.objects.filter(stream__in=list(streams)).prefetch_related("sealed").order_by("-entered_at", "-id")
    if wanted := list(verbs_named):
        rows = rows.filter(verb__in=wanted)
    return _once(rows[:limit])


def _once(rows: Iterable[Entry]) -> list[Line]:
    seen: set[tuple[str, str, UUID]] = set()
    lines = []
    for row in rows:
        act = (row.verb, row.payload, row.subject_id)
        if "also_in" in row.payload and act in seen:
            continue
        seen.add(act)
        lines.append(line(row))
    return lines


def line(row: Entry) -> Line:
    """Put an entry into words, with what is sealed where it may still be read."""
    payload = json.loads(row.payload)
    facts = payload["facts"]
    values = {name: _said(value) for name, value in facts.items()}
    values |= dict.fromkeys(payload.get("sealed", ()), verbs.WITHHELD)
    values |= {sealed.field: sealed.text for sealed in row.sealed.all()}
    return Line(
        id=row.id,
        stream=row.stream_id,
        number=row.sequence,
        event_at=row.event_at,
        entered_at=row.entered_at,
        verb=row.verb,
        words=verbs.sentence(row.verb, actor=row.actor_words, values=values),
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        hash=row.hash,
        facts=facts,
    )


def _said(value: Any) -> str:
    if value is None or value is False:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def streams() -> list[tuple[UUID, int]]:
    """Every stream with the number of its last entry."""
    return list(Stream.objects.order_by("party_id").values_list("party_id", "sequence"))


def is_whole(stream: UUID) -> bool:
    """Whether a stream's chain holds from its first entry to its head."""
    return next(faults_of(Stream.objects.get(pk=stream)), None) is None


def find_faults(only: Iterable[UUID] = ()) -> Iterator[Fault]:
    """The first fault of each stream that has one; one pass over the entries, in order."""
    wanted = Stream.objects.order_by("party_id")
    if chosen := list(only):
        wanted = wanted.filter(pk__in=chosen)
    for stream in wanted:
        if fault := next(faults_of(stream), None):
            yield fault


def faults_of(stream: Stream) -> Iterator[Fault]:
    """Walk a stream from its first entry; each fault names the entry it was found at."""
    sequence, previous = 0, BEGINNING
    rows = Entry.objects.filter(stream=stream).order_by("sequence").prefetch_related("sealed")
    for row in rows.iterator(chunk_size=2000):
        if row.sequence != sequence + 1:
            yield Fault(stream.party_id, sequence + 1, "is missing")
        sequence = row.sequence
        if row.previous_hash != previous:
            yield Fault(stream.party_id, sequence, "does not follow from the entry before it")
        if row.link().hash() != row.hash:
            yield Fault(stream.party_id, sequence, "was changed after it was written")
        if words := _unsealed_wrongly(row):
            yield Fault(stream.party_id, sequence, words)
        previous = row.hash
    if sequence < stream.sequence:
        yield Fault(stream.party_id, sequence + 1, "is missing from the end")
    if sequence > stream.sequence or previous != stream.head_hash:
        yield Fault(stream.party_id, max(sequence, 1), "is not the end that was recorded")
    if stream.sequence and stream.head_mark != head_mark(
        stream.party_id, stream.sequence, stream.head_hash, key=settings.RECORD_KEY
    ):
        yield Fault(stream.party_id, stream.sequence, "ends in a head that this system did not sign")


def _unsealed_wrongly(row: Entry) -> str:
    committed = json.loads(row.payload).get("sealed", {}) | ({"late_reason": row.late_reason} if row.late_reason else {})
    for sealed in row.sealed.all():
        if committed.get(sealed.field) != commitment(sealed.text, bytes(sealed.salt)):
            return f"holds a {sealed.field.replace('_', ' ')} that was changed after it was written"
    return ""


def count_entries() -> int:
    """How many entries the record holds."""
    return Entry.objects.count()


def sealed_count() -> int:
    """How many sealed texts can still be read."""
    return Sealed.objects.count()
