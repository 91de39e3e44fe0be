"""Writing, and the record of it: one transaction, or nothing.

`@action` is the only way to change Remit's tables. It waits at the writer's gate, opens
a transaction that nobody else's encloses, runs, and will not commit unless something
was recorded. An action called by another joins it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction

from remit.kernel.actor import Actor
from remit.kernel.ids import new_id
from remit.ledger import verbs
from remit.ledger.errors import LateWithoutReason, NothingRecorded, OutsideAction
from remit.ledger.models import Entry, Sealed, Stream
from remit.ledger.rules.chain import canonical, commitment, head_mark

LATE_AFTER = timedelta(minutes=5)  # Source: JESIP, "explaining delay of more than a few minutes"

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class _Open:
    """What one outermost action has recorded so far."""

    heads: dict[UUID, Stream] = field(default_factory=dict)
    recorded: int = 0
    unchanged: bool = False


_open: ContextVar[_Open | None] = ContextVar("open_action", default=None)


def action(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function an action: atomic, recorded, joined by the actions it calls.

    Raises: NothingRecorded where the body changed the world and kept quiet.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if _open.get() is not None:
            return function(*args, **kwargs)
        with transaction.atomic(durable=True):
            mine = _Open()
            token = _open.set(mine)
            try:
                result = function(*args, **kwargs)
            finally:
                _open.reset(token)
            if not mine.recorded:
                if not mine.unchanged:
                    raise NothingRecorded(function.__name__)
                transaction.set_rollback(True)
            else:
                _save_heads(mine.heads.values())
        return result

    return run


def nothing_to_change() -> None:
    """Say that the world already is as wanted: the transaction is rolled back, unseen change and all."""
    _require_open("nothing").unchanged = True


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
) -> Entry:
    """Write one entry in each party's stream, in the action's own transaction.

    Args:
        subject: what it is about; a pair (kind, id) where it is no row.
        parties: whose streams; an entry in several names the others.
        facts: values that may be read for ever; never names or free text.
        sealed: personal and free text, of which the payload holds only a salted commitment.
        event_at: when it happened, where that is not `at`.
    Returns: the entry in the first stream, in order of id.
    Raises: OutsideAction; UnknownVerb; LateWithoutReason.
    """
    mine = _require_open(verb)
    verbs.check(verb)
    happened = event_at or at
    if at - happened > LATE_AFTER and not late_reason:
        raise LateWithoutReason(int((at - happened).total_seconds() // 60))

    streams = sorted(set(parties))
    salts = {name: secrets.token_bytes(32) for name, text in (sealed or {}).items() if text}
    payload: dict[str, Any] = {"facts": dict(facts or {})}
    if salts:
        payload["sealed"] = {name: commitment((sealed or {})[name], salt) for name, salt in salts.items()}
    if len(streams) > 1:
        payload["also_in"] = [str(stream) for stream in streams]
    reason_salt = secrets.token_bytes(32)
    kind, subject_id = subject if isinstance(subject, tuple) else (subject._meta.label_lower, subject.pk)
    text = canonical(payload)

    entries = []
    for stream in streams:
        head = _head(mine, stream)
        entry = Entry(
            id=new_id(),
            stream_id=stream,
            sequence=head.sequence + 1,
            event_at=happened,
            entered_at=at,
            late_reason=commitment(late_reason, reason_salt) if late_reason else "",
            actor_kind=by.kind.value,
            actor_id=by.id,
            actor_words=by.words,
            verb=verb,
            subject_kind=kind,
            subject_id=subject_id,
            payload=text,
            previous_hash=head.head_hash,
        )
        entry.hash = entry.link().hash()
        entry.save(force_insert=True)
        head.sequence, head.head_hash = entry.sequence, entry.hash
        entries.append(entry)
    rows = [
        Sealed(entry=entry, field=name, salt=salt, text=(sealed or {})[name])
        for entry in entries
        for name, salt in salts.items()
    ]
    if late_reason:
        rows += [Sealed(entry=entry, field="late_reason", salt=reason_salt, text=late_reason) for entry in entries]
    if rows:
        Sealed.objects.bulk_create(rows)
    mine.recorded += len(entries)
    return entries[0]


def _require_open(verb: str) -> _Open:
    mine = _open.get()
    if mine is None:
        raise OutsideAction(verb)
    return mine


def _head(mine: _Open, party_id: UUID) -> Stream:
    if party_id not in mine.heads:
        rows = Stream.objects.select_for_update() if connection.features.has_select_for_update else Stream.objects
        head = rows.filter(pk=party_id).first()
        if head is None:
            Stream.objects.bulk_create([Stream(party_id=party_id)], ignore_conflicts=True)
            head = rows.get(pk=party_id)
        mine.heads[party_id] = head
    return mine.heads[party_id]


def _save_heads(heads: Iterable[Stream]) -> None:
    for head in heads:
        Stream.objects.filter(pk=head.party_id).update(
            sequence=head.sequence,
            head_hash=head.head_hash,
            head_mark=head_mark(head.party_id, head.sequence, head.head_hash, key=settings.RECORD_KEY),
        )
