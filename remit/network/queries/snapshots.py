"""The snapshot that a request, an action or a command takes: one for each process, kept up to date.

Every change of the network counts a version up (`actions.versions`). A process that is
behind patches its snapshot with what changed, and builds anew only where trees, posts or
people did. A question about a moment before the last change of a tree gets the trees of
that moment: the edition that stood then.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from remit.network.models import Appointment, Change, Edition, State
from remit.network.queries.laying import absence_rows, appointment_row, duty_rows, rows_of
from remit.network.rules import rows
from remit.network.rules.snapshot import Snapshot, snapshot_of

REMEMBERED = timedelta(days=60)  # duty before this is fetched only for questions about the past
MOST_KEPT = 4  # snapshots of earlier editions


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    since: datetime
    snapshot: Snapshot
    editions: tuple[Edition, ...]  # every one there is
    of: Edition | None = None  # an earlier edition; None is the trees as they stand


_kept: dict[str, _Kept] = {}
_past: dict[int, _Kept] = {}  # by the number of the edition, the one used longest ago first
_mutex = threading.Lock()
_picture: ContextVar[dict[str, Any] | None] = ContextVar("picture", default=None)


@contextmanager
def one_picture() -> Iterator[None]:
    """Ask once whether anything changed, not at every step: a request sees one picture.

    INVARIANT: inside a transaction everything is asked anew, and what is changed there lets the picture go.
    """
    token = _picture.set({})
    try:
        yield
    finally:
        _picture.reset(token)


def held(name: str) -> Any:
    """What this request holds under a name; None where it holds nothing, or must not."""
    if connection.in_atomic_block:
        let_go()
    picture = _picture.get()
    return None if picture is None else picture.get(name)


def hold(name: str, value: object) -> None:
    """Keep something for the rest of this request."""
    picture = _picture.get()
    if picture is not None and not connection.in_atomic_block:
        picture[name] = value


def let_go() -> None:
    """Forget what this request holds: something has changed."""
    picture = _picture.get()
    if picture is not None:
        picture.clear()


def present(*, at: datetime) -> Snapshot:
    """The network as it stood at a moment. One statement where nothing changed since the last call.

    What is dated (appointments, duty, absence, membership) is asked of the snapshot by moment.
    """
    kept: _Kept | None = held("snapshot")
    if kept is None:
        kept = _newest(at=at)
        hold("snapshot", kept)
    edition = _edition_of(kept.editions, at)
    if edition is not None and edition is not kept.editions[-1]:
        return _then(edition, kept, at=at)
    if at < kept.since:
        with _mutex:
            kept = _kept["snapshot"] = _built(kept.version, since=at - REMEMBERED)
        hold("snapshot", kept)
    return kept.snapshot


def _newest(*, at: datetime) -> _Kept:
    version = State.objects.filter(pk=1).values_list("version", flat=True).first() or 0
    kept = _kept.get("snapshot")
    if kept is None or kept.version != version:
        with _mutex:
            kept = _kept.get("snapshot")
            if kept is None or version < kept.version:
                kept = _built(version, since=at - REMEMBERED)
            elif kept.version != version:
                kept = _caught_up(kept, version)
            _kept["snapshot"] = kept
    return kept


def uuid_of(found: rows.Id) -> UUID:
    """An id of the snapshot as the database knows it."""
    assert isinstance(found, UUID)
    return found


def forget() -> None:
    """Drop the snapshots: tests that put another database in place call this."""
    _kept.clear()
    _past.clear()


def _edition_of(editions: tuple[Edition, ...], at: datetime) -> Edition | None:
    """The edition that stood at a moment: the first, for a moment before any."""
    standing = next((edition for edition in reversed(editions) if edition.made_at <= at), None)
    return standing or (editions[0] if editions else None)


def _then(edition: Edition, newest: _Kept, *, at: datetime) -> Snapshot:
    """The network on the trees of an earlier edition."""
    with _mutex:
        kept = _past.pop(edition.number, None)
        if kept is None or at < kept.since or newest.version < kept.version:
            kept = _built(newest.version, since=at - REMEMBERED, of=edition)
        elif kept.version != newest.version:
            kept = _caught_up(kept, newest.version)
        _past[edition.number] = kept
        while len(_past) > MOST_KEPT:
            _past.pop(next(iter(_past)))
    return kept.snapshot


def _caught_up(kept: _Kept, version: int) -> _Kept:
    changes = list(Change.objects.filter(version__gt=kept.version, version__lte=version))
    if not changes or any(change.kind == Change.Kind.ALL for change in changes):
        return _built(version, since=kept.since, of=kept.of)
    touched: dict[str, set[UUID]] = defaultdict(set)
    for change in changes:
        if change.row_id is not None:
            touched[change.kind].add(change.row_id)
    appointments = Appointment.objects.filter(pk__in=touched[Change.Kind.APPOINTMENT])
    people = touched[Change.Kind.DUTY]  # duty is noted by person
    duty: dict[rows.Id, list[rows.DutyRow]] = {person: [] for person in people}
    wanted = Q(person__in=people, ends_at__gt=kept.since)
    for row in duty_rows(wanted, posts=kept.snapshot.staffing.post_number) if people else ():
        duty[row.person_id].append(row)
    try:
        snapshot = kept.snapshot.patched(
            appointments=[appointment_row(row) for row in appointments],
            duty=duty or None,
            absences=absence_rows() if touched[Change.Kind.ABSENCE] else None,
        )
    except KeyError:  # a post or person that came after the snapshot
        return _built(version, since=kept.since, of=kept.of)
    return _Kept(version, kept.since, snapshot, kept.editions, kept.of)


def _built(version: int, *, since: datetime, of: Edition | None = None) -> _Kept:
    editions = tuple(Edition.objects.order_by("number"))
    laid = snapshot_of(rows_of(of, since=since), edition=version if of is None else of.number)
    return _Kept(version, since, laid, editions, of)
