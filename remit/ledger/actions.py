"""Writing, and the record of it: one transaction, or nothing.

`@action` is the only way to change Remit's tables. It waits at the writer's gate, opens
a transaction that nobody else's encloses, runs, and will not commit unless something
was recorded. An action called by another joins it, and vanishes whole where it fails.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.utils import CursorWrapper

from remit.kernel.actor import Actor
from remit.ledger import statements, verbs
from remit.ledger.acting import action, note_entry, nothing_to_change, require_action
from remit.ledger.errors import LateWithoutReason, NoSuchEntry
from remit.ledger.models import Entry
from remit.ledger.rules.chain import REGISTER, Link, Recorded, canonical, commitment, entry_id
from remit.ledger.statements import Place

__all__ = ["Recorded", "action", "correct", "nothing_to_change", "record"]

LATE_AFTER = timedelta(minutes=5)  # Source: JESIP, "explaining delay of more than a few minutes"
LATE_REASON = "late_reason"
NO_FACTS = canonical({"facts": {}})


def record(
    verb: str,
    *,
    subject: models.Model | tuple[str, UUID],
    by: Actor,
    at: datetime,
    parties: Iterable[UUID],
    facts: Mapping[str, Any] | None = None,
    sealed: Mapping[str, str] | None = None,
    event_at: datetime | None = None,
    late_reason: str = "",
    corrects: UUID | None = None,
) -> Recorded:
    """Write one entry in each party's stream, in the action's own transaction.

    Args:
        subject: what it is about; a pair (kind, id) where it is no row.
        parties: whose streams, one at least; an entry in several names the others.
        facts: values that may be read for ever; never names or free text.
        sealed: personal and free text, of which the payload holds only a salted commitment.
        event_at: when it happened, where that is not `at`.
        corrects: the id of the entry that this one puts right; the old one stays as it is.
    Returns: the entry in the first stream, in order of id.
    Raises: OutsideAction; UnknownVerb; LateWithoutReason.
    """
    acting = require_action(verb)
    verbs.check(verb)
    happened = event_at or at
    if at - happened > LATE_AFTER and not late_reason.strip():
        raise LateWithoutReason(int((at - happened).total_seconds() // 60))
    streams = sorted(set(parties))
    if not streams:
        raise ValueError(f"{verb!r} was recorded for no party.")

    texts = {name: (text, secrets.token_bytes(32)) for name, text in (sealed or {}).items() if text}
    if LATE_REASON in texts:
        raise ValueError("The reason for a late entry is given as late_reason, not among the sealed texts.")
    payload: dict[str, Any] = {"facts": facts or {}}
    if texts:
        payload["sealed"] = {name: commitment(text, salt) for name, (text, salt) in texts.items()}
    if corrects:
        payload["corrects"] = corrects
    if len(streams) > 1:
        payload["also_in"] = streams
    reason = ""
    if late_reason:
        texts[LATE_REASON] = (late_reason, secrets.token_bytes(32))
        reason = commitment(*texts[LATE_REASON])

    written: dict[str, Any] = {
        "event_at": happened,
        "entered_at": at,
        "late_reason": reason,
        "by": by,
        "verb": verb,
        "subject": subject if isinstance(subject, tuple) else (subject._meta.label_lower, subject.pk),
        "payload": canonical(payload),
    }
    with acting.database.cursor() as cursor:
        entries = [_append(cursor, place, **written) for place in _ends_of(cursor, streams, by=by, at=at)]
        if texts:
            for entry in entries:
                statements.seal(entry.id, texts, cursor)
    note_entry(acting)
    return entries[0]


@action
def correct(entry_id: UUID, *, correction: str, by: Actor, at: datetime) -> Recorded:
    """Put an entry right by a new one that points at it, in the same streams. The old one stays.

    Raises: NoSuchEntry.
    """
    old = Entry.objects.exclude(stream=REGISTER).filter(pk=entry_id).first()
    if old is None:
        raise NoSuchEntry
    return record(
        verbs.CORRECTED,
        subject=(old.subject_kind, old.subject_id),
        by=by,
        at=at,
        parties=old.streams(),
        facts={"number": old.sequence},
        sealed={"correction": correction},
        corrects=old.id,
    )


def _ends_of(cursor: CursorWrapper, streams: Iterable[UUID], *, by: Actor, at: datetime) -> list[Place]:
    """Lock the ends of streams, in order of id. A stream that begins is noted in the register of streams."""
    places, begun = [], []
    for party_id in streams:
        place = statements.end_of(party_id, cursor)
        if place is None:
            if statements.begin(party_id, cursor) and party_id != REGISTER:
                begun.append(party_id)
            place = statements.end_of(party_id, cursor)
            assert place is not None, "a stream that was begun has an end"
        places.append(place)
    for party_id in begun:
        (end,) = _ends_of(cursor, [REGISTER], by=by, at=at)
        _append(
            cursor,
            end,
            event_at=at,
            entered_at=at,
            late_reason="",
            by=by,
            verb=verbs.BEGUN,
            subject=("ledger.stream", party_id),
            payload=NO_FACTS,
        )
    return places


def _append(
    cursor: CursorWrapper,
    place: Place,
    *,
    event_at: datetime,
    entered_at: datetime,
    late_reason: str,
    by: Actor,
    verb: str,
    subject: tuple[str, UUID],
    payload: str,
) -> Recorded:
    link = Link(
        id=entry_id(subject[1], place.party_id, place.sequence + 1),
        stream=place.party_id,
        sequence=place.sequence + 1,
        event_at=event_at,
        entered_at=entered_at,
        late_reason=late_reason,
        actor_kind=by.kind.value,
        actor_id=by.id,
        actor_words=by.words,
        verb=verb,
        subject_kind=subject[0],
        subject_id=subject[1],
        payload=payload,
        previous_hash=place.hash,
    )
    return statements.append(link, cursor)
