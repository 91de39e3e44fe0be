"""Making promises, and saying what became of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from remit.kernel import words as wording
from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotFound, NotValid, WrongState
from remit.kernel.text_guards import refuse_nhs_numbers
from remit.ledger.actions import action, record
from remit.network.models import Appointment, Person
from remit.network.queries import present
from remit.promises.errors import NotYourPromise
from remit.promises.models import Promise
from remit.promises.rules.owed import Arising, Owed, capacities
from remit.promises.rules.states import BY_NAME, Part, State

LONGEST = 500


@action
def make_promise(
    words: str,
    *,
    owed_to: Owed,
    due_at: datetime,
    by: Actor,
    at: datetime,
    arising: Arising | None = None,
    unit: UUID | None = None,
    party: UUID | None = None,
) -> Promise:
    """Promise something, as the one who will do it.

    Args:
        unit, party: where it stands; those of the maker's own post where not given.
    Raises: NotValid.
    """
    words = words.strip()
    _check(("words", words), ("owed_to", owed_to.words))
    if not words or not owed_to.words.strip():
        raise NotValid("Nothing was saved. A promise says what will be done, and for whom.", words="Say what.")
    if by.person is None:
        raise NotValid("Only a person can promise something. Sign in first.")
    place = _place(by)
    unit, party = unit or (place and place[0]), party or (place and place[1])
    if party is None:
        raise NotValid("You hold no post, so Remit does not know in whose record this belongs.")
    promise = Promise.objects.create(
        party_id=party,
        unit_id=unit,
        made_by_id=by.person,
        made_in_id=by.id if by.kind is ActorKind.APPOINTMENT else None,
        made_as=by.words,
        made_at=at,
        words=words,
        due_at=due_at,
        owed_to_words=owed_to.words.strip(),
        owed_to_person_id=owed_to.person,
        owed_to_post_id=owed_to.post,
        owed_to_body_id=owed_to.body,
        owed_to_unit_id=owed_to.unit,
        owed_to_party_id=owed_to.party,
        arising_kind=arising.kind if arising else "",
        arising_id=arising.id if arising else None,
        arising_words=arising.words[:240] if arising else "",
    )
    arises = {"arising_kind": arising.kind, "arising_id": str(arising.id)} if arising else {}
    _record("promise.made", promise, by=by, at=at, facts=arises)
    return promise


@action
def keep(promise_id: UUID, *, by: Actor, at: datetime) -> Promise:
    """Say that what was promised is done. Raises: WrongState; NotYourPromise."""
    promise = _open_to(promise_id, "keep", by=by, at=at)
    _kept(promise, by=by, at=at)
    return promise


@action
def mark_kept(promise_id: UUID, *, by: Actor, at: datetime) -> Promise:
    """Say that what was promised has been done, by whoever did it: for the apps above, on a deed of their own.

    Raises: WrongState.
    """
    promise = Promise.objects.select_for_update().filter(pk=promise_id).first()
    if promise is None:
        raise NotFound("promise")
    if promise.status != State.MADE:
        raise WrongState(found=promise.status, wanted=State.MADE)
    _kept(promise, by=by, at=at)
    return promise


@action
def say_not_kept(promise_id: UUID, *, reason: str, by: Actor, at: datetime) -> Promise:
    """Say that what was promised will not be done, and why. Raises: WrongState; NotYourPromise; NotValid."""
    promise = _open_to(promise_id, "say_not_kept", by=by, at=at)
    _end(promise, State.NOT_KEPT, at=at, reason=_reason(reason))
    _record("promise.not_kept", promise, by=by, at=at, sealed={"reason": promise.reason})
    return promise


@action
def release(promise_id: UUID, *, reason: str, by: Actor, at: datetime) -> Promise:
    """Let somebody off, as the one to whom it is owed. Raises: WrongState; NotYourPromise; NotValid."""
    promise = _open_to(promise_id, "release", by=by, at=at)
    _end(promise, State.RELEASED, at=at, reason=_reason(reason))
    _record("promise.released", promise, by=by, at=at, sealed={"reason": promise.reason})
    return promise


@action
def pass_on(promise_id: UUID, *, to: UUID, by: Actor, at: datetime) -> Promise:
    """Ask another person to take a promise over. It stays with its maker until they accept."""
    promise = _open_to(promise_id, "pass_on", by=by, at=at)
    person = Person.objects.filter(pk=to).first()
    if person is None or to == promise.made_by_id:
        raise NotValid("Choose somebody else to take this over.", to="Choose another person.")
    if not present(at=at).appointments_of(to, at):
        raise NotValid(f"{person.name} holds no post now.", to="Choose somebody who holds a post.")
    promise.offered_to = person
    promise.save(update_fields=["offered_to"])
    _record("promise.offered", promise, by=by, at=at, sealed={"offered_to": person.name})
    return promise


@action
def accept(promise_id: UUID, *, by: Actor, at: datetime) -> Promise:
    """Take over a promise that one was asked to. Returns: the new promise, in one's own name."""
    promise = _open_to(promise_id, "accept", by=by, at=at)
    place = _place(by)
    former, mine = promise.made_by, promise.offered_to
    if mine is None:
        raise NotYourPromise(Part.OFFERED)
    taken = Promise.objects.create(
        party_id=promise.party_id,
        unit_id=promise.unit_id or (place and place[0]),
        made_by=mine,
        made_in_id=by.id if by.kind is ActorKind.APPOINTMENT else None,
        made_as=by.words,
        made_at=at,
        took_over=promise,
        **{name: getattr(promise, name) for name in _HANDED_OVER},
    )
    promise.offered_to = None
    _end(promise, State.PASSED_ON, at=at)
    _record(
        "promise.passed_on", taken, by=by, at=at, sealed={"from_whom": former.name}, facts={"from": str(promise.id)}
    )
    return taken


@action
def decline(promise_id: UUID, *, reason: str, by: Actor, at: datetime) -> Promise:
    """Leave a promise where it is, and say why. Raises: WrongState; NotYourPromise; NotValid."""
    promise = _open_to(promise_id, "decline", by=by, at=at)
    promise.offered_to = None
    promise.save(update_fields=["offered_to"])
    _record("promise.offer_declined", promise, by=by, at=at, sealed={"reason": _reason(reason)})
    return promise


_HANDED_OVER = (
    "words",
    "due_at",
    "owed_to_words",
    "owed_to_person_id",
    "owed_to_post_id",
    "owed_to_body_id",
    "owed_to_unit_id",
    "owed_to_party_id",
    "arising_kind",
    "arising_id",
    "arising_words",
)


def _open_to(promise_id: UUID, name: str, *, by: Actor, at: datetime) -> Promise:
    """The promise, held for this transaction, once it is certain that `by` may take this step."""
    move = BY_NAME[name]
    promise = Promise.objects.select_for_update().filter(pk=promise_id).first()
    if promise is None:
        raise NotFound("promise")
    if promise.status != move.starts:
        raise WrongState(found=promise.status, wanted=move.starts)
    if move.part not in promise.parts_of(capacities(present(at=at), by.person, at=at)):
        raise NotYourPromise(move.part)
    return promise


def _kept(promise: Promise, *, by: Actor, at: datetime) -> None:
    _end(promise, State.KEPT, at=at)
    late = wording.duration(at - promise.due_at) if at > promise.due_at else ""
    _record("promise.kept", promise, by=by, at=at, facts={"late": late})


def _end(promise: Promise, state: State, *, at: datetime, reason: str = "") -> None:
    promise.status, promise.ended_at, promise.reason, promise.offered_to = state.value, at, reason, None
    promise.save(update_fields=["status", "ended_at", "reason", "offered_to"])


def _reason(reason: str) -> str:
    reason = reason.strip()
    _check(("reason", reason))
    if not reason:
        raise NotValid("Say why, in a few words.", reason="Say why.")
    return reason


def _check(*texts: tuple[str, str]) -> None:
    refuse_nhs_numbers(*texts)
    if long := [name for name, text in texts if len(text) > LONGEST]:
        raise NotValid("That is too long.", **dict.fromkeys(long, f"Use {LONGEST} characters at most."))


def _place(by: Actor) -> tuple[UUID, UUID] | None:
    """The unit and the organisation of the post in which someone acts."""
    if by.kind is not ActorKind.APPOINTMENT or by.id is None:
        return None
    return Appointment.objects.filter(pk=by.id).values_list("post__unit_id", "post__unit__organisation_id").first()


def _record(
    verb: str,
    promise: Promise,
    *,
    by: Actor,
    at: datetime,
    facts: dict[str, str] | None = None,
    sealed: dict[str, str] | None = None,
) -> None:
    texts = {"words": promise.words, "owed_to": promise.owed_to_words}
    record(
        verb,
        subject=promise,
        by=by,
        at=at,
        parties=[promise.party_id],
        facts={"due": wording.in_full(promise.due_at), **(facts or {})},
        sealed=texts | (sealed or {}),
    )
