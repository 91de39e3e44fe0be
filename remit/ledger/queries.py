"""Reading the record: its entries as sentences, and whether it is whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from remit.ledger import verbs
from remit.ledger.models import Entry, Sealed, Stream
from remit.ledger.rules.chain import REGISTER, ids_about
from remit.ledger.rules.walk import Fault
from remit.ledger.verification import find_faults, is_whole

__all__ = [
    "Fault",
    "Line",
    "count_entries",
    "entries_about",
    "find_faults",
    "is_whole",
    "last_entered",
    "latest",
    "line",
    "page_of",
    "sealed_count",
    "streams",
]


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
    streams: tuple[UUID, ...]  # all that the same act was recorded in
    facts: dict[str, Any]
    corrects: UUID | None = None  # the entry that this one puts right
    corrected_by: UUID | None = None  # the newest that puts this one right, as `entries_about` finds it


def entries_about(subject_id: UUID) -> list[Line]:
    """What was recorded about one thing, oldest first; a joint act once. The caller has checked access."""
    rows = Entry.objects.filter(id__range=ids_about(subject_id), subject_id=subject_id).exclude(stream=REGISTER)
    lines = [line(row) for row in _once(rows.prefetch_related("sealed").order_by("entered_at", "sequence"))]
    corrected = {said.corrects: said.id for said in lines if said.corrects}
    return [replace(said, corrected_by=corrected.get(said.id)) for said in lines]


def latest(streams: Iterable[UUID], *, limit: int = 50, verbs_named: Iterable[str] = ()) -> list[Line]:
    """The newest entries of some streams, newest first; a joint act once. The caller has checked access."""
    chosen = set(streams)
    rows = Entry.objects.filter(stream__in=chosen).prefetch_related("sealed")
    rows = rows.order_by("-entered_at", "-sequence") if len(chosen) > 1 else rows.order_by("-sequence")
    if wanted := list(verbs_named):
        rows = rows.filter(verb__in=wanted)
    return [line(row) for row in islice(_once(rows.iterator(chunk_size=2 * limit)), limit)]


def _once(rows: Iterable[Entry]) -> Iterator[Entry]:
    """Each act at the first of its entries: the second time that a stream says the same, it is another act."""
    told: set[tuple[object, ...]] = set()
    times: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        if len(row.streams()) > 1:
            act = (row.verb, row.payload, row.subject_id, row.entered_at, row.event_at, row.actor_id)
            times[row.stream_id, act] += 1
            if (act, times[row.stream_id, act]) in told:
                continue
            told.add((act, times[row.stream_id, act]))
        yield row


def page_of(
    stream: UUID, *, upto: int | None = None, limit: int = 50, withheld: Callable[[UUID], bool] = lambda _: False
) -> list[Line]:
    """The entries of one stream from number `upto` down, newest first. The caller has checked access.

    Args:
        withheld: whether what is sealed about a subject is kept back from this reader.
    """
    rows = Entry.objects.filter(stream=stream).prefetch_related("sealed").order_by("-sequence")
    if upto is not None:
        rows = rows.filter(sequence__lte=upto)
    return [line(row, unsealed=not withheld(row.subject_id)) for row in rows[:limit]]


def line(row: Entry, *, unsealed: bool = True) -> Line:
    """Put an entry into words, with what is sealed where it may still be read."""
    payload = json.loads(row.payload)
    facts = payload["facts"]
    values = {name: _said(value) for name, value in facts.items()}
    values |= dict.fromkeys(payload.get("sealed", ()), verbs.WITHHELD)
    if unsealed:
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
        streams=tuple(row.streams()),
        facts=facts,
        corrects=UUID(payload["corrects"]) if "corrects" in payload else None,
    )


def _said(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def streams() -> list[tuple[UUID, int]]:
    """Every party's stream with the number of its last entry."""
    return list(Stream.objects.exclude(pk=REGISTER).order_by("party_id").values_list("party_id", "sequence"))


def count_entries() -> int:
    """How many entries the record holds."""
    return Entry.objects.exclude(stream=REGISTER).count()


def sealed_count() -> int:
    """How many sealed texts can still be read."""
    return Sealed.objects.count()


def last_entered(*, before: datetime) -> datetime | None:
    """When the newest of the entries before a moment was entered."""
    rows = Entry.objects.filter(entered_at__lt=before).order_by("-entered_at")
    return rows.values_list("entered_at", flat=True).first()
