"""The tables of the record. Only this app names them; others read `queries`.

An index is paid for by every act, so there are two: the place in the stream, and the id,
which begins with the subject so that what was recorded about one thing lies together.
"""

from __future__ import annotations

import json
from uuid import UUID

from django.db import models

from remit.ledger.rules.chain import BEGINNING, Link
from remit.shell.models import RemitModel


class Stream(models.Model):
    """The chain of one party, by value, and its head."""

    party_id = models.UUIDField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default=BEGINNING)
    head_mark = models.CharField(max_length=64, default="")


class Segment(models.Model):
    """A thousand entries of a stream in one signed digest, so that a rewritten past is found near its place."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="segments", db_index=False)
    number = models.PositiveBigIntegerField()  # from 1
    digest = models.CharField(max_length=64)
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="segment_place_in_stream")]


class Entry(RemitModel):
    """One thing that was done. Never updated, never deleted: the database refuses."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="entries", db_index=False)
    sequence = models.PositiveBigIntegerField()
    event_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    late_reason = models.CharField(max_length=64, blank=True)  # its commitment
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    actor_words = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    payload = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "sequence"], name="entry_place_in_stream")]

    def streams(self) -> list[UUID]:
        """The streams that the same act was recorded in, this one among them."""
        return [UUID(stream) for stream in json.loads(self.payload).get("also_in", ())] or [self.stream_id]

    def link(self) -> Link:
        """The entry as it is hashed."""
        return Link(
            id=self.id,
            stream=self.stream_id,
            sequence=self.sequence,
            event_at=self.event_at,
            entered_at=self.entered_at,
            late_reason=self.late_reason,
            actor_kind=self.actor_kind,
            actor_id=self.actor_id,
            actor_words=self.actor_words,
            verb=self.verb,
            subject_kind=self.subject_kind,
            subject_id=self.subject_id,
            payload=self.payload,
            previous_hash=self.previous_hash,
        )


class Sealed(RemitModel):
    """A text that the payload only commits to, with the salt that proves it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sealed", db_index=False)
    field = models.CharField(max_length=60)
    salt = models.BinaryField(max_length=32)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="sealed_once")]
