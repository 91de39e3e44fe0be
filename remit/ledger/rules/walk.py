"""Walking a stream from its first entry to its head: what is wrong, and where."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from remit.ledger.rules.chain import BEGINNING, SEGMENT, Link, commitment, head_mark, segment_digest, segment_mark


@dataclass(frozen=True, slots=True)
class Fault:
    """The first bad entry of a stream and what is wrong with it."""

    stream: UUID
    sequence: int
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream says that it ends. `mark` is signed with the key of the record."""

    stream: UUID
    sequence: int
    hash: str
    mark: str


@dataclass(frozen=True, slots=True)
class Segment:
    """What was kept of a thousand entries when they were complete."""

    digest: str
    mark: str


@dataclass(frozen=True, slots=True)
class Text:
    """A sealed text as it is stored beside its entry."""

    field: str
    salt: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it was found. `link` is None where its bytes are no entry at all."""

    sequence: int
    link: Link | None
    hash: str
    texts: tuple[Text, ...] = ()


class Walk:
    """A walk along one stream. It holds one place, however long the stream is."""

    def __init__(self, stream: UUID) -> None:
        self.stream = stream
        self.sequence, self.hash = 0, BEGINNING
        self._segment: list[str] = []

    def step(self, found: Stored) -> Fault | None:
        """Go on to the next entry found, in order of sequence."""
        expected = self.sequence + 1
        if found.sequence != expected:
            if found.sequence < expected:
                return self._fault(found.sequence, "stands where no entry can")
            return self._fault(expected, "is missing")
        link = found.link
        if link is None or link.stream != self.stream or link.sequence != expected:
            return self._fault(expected, "cannot be read as it was written")
        if link.previous_hash != self.hash:
            return self._fault(expected, "does not follow from the entry before it")
        if not _hashes_to(link, found.hash):
            return self._fault(expected, "was changed after it was written")
        if field := _broken_seal(link, found.texts):
            return self._fault(expected, f"has a sealed text, {field!r}, that is not the one it was sealed with")
        self.sequence, self.hash = expected, found.hash
        self._segment.append(found.hash)
        return None

    def close_segment(self, kept: Segment | None, *, key: str) -> Fault | None:
        """After every thousandth entry, compare the thousand with what was kept of them."""
        digest, number = segment_digest(self._segment), self.sequence // SEGMENT
        self._segment = []
        first = self.sequence - SEGMENT + 1
        if kept is None:
            return self._fault(first, "begins a segment whose digest is missing")
        if kept.mark != segment_mark(self.stream, number, kept.digest, key=key):
            return self._fault(first, "begins a segment that was not signed with this system's key")
        if kept.digest != digest:
            return self._fault(first, "begins a segment that is not the one recorded")
        return None

    def end(self, head: Head, *, key: str) -> Fault | None:
        """Compare where the walk has come to with the stream's head."""
        if self.sequence < head.sequence:
            return self._fault(self.sequence + 1, "is missing")
        if self.sequence > head.sequence:
            return self._fault(head.sequence + 1, "stands after the end that was recorded")
        if not head.sequence:
            return self._fault(1, "is missing, and with it the whole stream")
        if self.hash != head.hash:
            return self._fault(head.sequence, "is not the end that was recorded")
        if head.mark != head_mark(self.stream, head.sequence, head.hash, key=key):
            return self._fault(head.sequence, "ends in a head that was not signed with this system's key")
        return None

    def _fault(self, sequence: int, words: str) -> Fault:
        return Fault(self.stream, sequence, words)


def _hashes_to(link: Link, stored: str) -> bool:
    try:
        return link.hash() == stored
    except ValueError:  # a text that no UTF-8 can hold was never hashed
        return False


def _broken_seal(link: Link, texts: tuple[Text, ...]) -> str:
    """The field of the first text that the entry does not commit to. One that is gone was erased."""
    if not texts:
        return ""
    committed: dict[str, Any] = json.loads(link.payload).get("sealed", {})
    if link.late_reason:
        committed["late_reason"] = link.late_reason
    for text in texts:
        if committed.get(text.field) != commitment(text.text, text.salt):
            return text.field
    return ""
