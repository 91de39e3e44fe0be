"""Hearing people before a decision: asking, answering, and saying what was made of the answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from remit.decisions.actions.asking import ask_one, state_of_advice
from remit.decisions.actions.writing import hold, move_to, note
from remit.decisions.models import Asked, Consultation, Decision
from remit.decisions.rules.named import Named
from remit.decisions.rules.proposal import TEXT_LENGTH, check_texts, said
from remit.decisions.rules.states import State
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound, NotValid
from remit.ledger.actions import action
from remit.network.models import Person
from remit.network.queries import present, uuid_of

_POSITIONS = {"for": "is for", "against": "is against", "neither": "is neither for nor against"}
STANDINGS = ("open", "options", "decided")


@action
def ask_advice(
    decision_id: UUID, *, whom: UUID, by: Actor, at: datetime, question: str = "", standing: str = "open"
) -> Consultation:
    """Ask one more person for advice.

    Args:
        whom: a person who holds a post.
        standing: what they are told of the matter: *open*, between *options*, or already *decided*.
    Raises: WrongState; NotEntitled; NotYourMove; NotValid.
    """
    decision = hold(decision_id, "ask_advice", by=by, at=at).decision
    check_texts(("question", question, TEXT_LENGTH))
    if standing not in STANDINGS:
        raise NotValid("Say whether it is open, between options, or already decided.", standing="Choose one.")
    snapshot = present(at=at)
    person = Person.objects.filter(pk=whom).first()
    held = snapshot.appointments_of(whom, at)
    if person is None or not held:
        raise NotValid("Choose somebody who holds a post.", whom="Choose somebody who holds a post.")
    if decision.consultations.filter(asked__person=whom, answered_at=None).exists():
        raise NotValid(f"{person.name} has been asked already.", whom="has been asked already")
    title = snapshot.title(snapshot.staffing.post_number[held[0].post_id])
    named = Named(f"{person.name}, {title}", (uuid_of(whom),))
    consultation = ask_one(
        decision, named, kind=Consultation.Kind.ASKED, by=by, at=at, question=question.strip(), standing=standing
    )
    if decision.state is State.OPEN:
        move_to(decision, "ask_advice", State.ADVICE)
        decision.save(update_fields=["status"])
    return consultation


@action
def give_advice(
    decision_id: UUID, *, said_words: str, position: str, by: Actor, at: datetime, whom: UUID | None = None
) -> Consultation:
    """Say what one thinks, asked or not.

    Args:
        position: for, against or neither.
        whom: the consultation that this answers; else the first that waits for this person.
    Raises: WrongState; NotFound; NotYourMove; NotValid.
    """
    held = hold(decision_id, "give_advice", by=by, at=at)
    if position not in _POSITIONS:
        raise NotValid("Say whether you are for it, against it, or neither.", position="Choose one.")
    text = said(said_words, field="said_words", words="Say what you think, in a few words.")
    consultation = _waiting(held.decision, by, whom) or Consultation(
        decision=held.decision, kind=Consultation.Kind.OFFERED, whom=by.words, asked_at=at
    )
    _answer(consultation, by=by, at=at, position=position, text=text)
    note(
        "decision.advice-given",
        held.decision,
        by=by,
        at=at,
        facts={
            "position": _POSITIONS[position],
            "consultation": str(consultation.pk),
            "kind": consultation.kind,
        },
        sealed={"said": text, "whom": consultation.whom},
    )
    _opened(held.decision, "give_advice", at=at)
    return consultation


@action
def decline_to_advise(
    decision_id: UUID, *, by: Actor, at: datetime, said_words: str = "", whom: UUID | None = None
) -> Consultation:
    """Have nothing to add. Raises: WrongState; NotYourMove."""
    held = hold(decision_id, "decline_to_advise", by=by, at=at)
    check_texts(("said_words", said_words, TEXT_LENGTH))
    consultation = _waiting(held.decision, by, whom)
    if consultation is None:
        raise NotFound("question")
    _answer(consultation, by=by, at=at, position="", text=said_words.strip(), declined=True)
    note(
        "decision.advice-declined",
        held.decision,
        by=by,
        at=at,
        facts={"consultation": str(consultation.pk)},
        sealed={"said": said_words.strip(), "whom": consultation.whom},
    )
    _opened(held.decision, "decline_to_advise", at=at)
    return consultation


@action
def say_what_was_made_of_it(
    decision_id: UUID, *, consultation: UUID, made_of_it: str, changed_something: bool, by: Actor, at: datetime
) -> Consultation:
    """Answer an adviser: what their advice changed, or why it changed nothing. It can be said once.

    Raises: WrongState; NotEntitled; NotYourMove; NotFound; NotValid.
    """
    decision = hold(decision_id, "say_what_was_made_of_it", by=by, at=at).decision
    text = said(made_of_it, field="made_of_it", words="Say what was made of it.")
    row = decision.consultations.filter(pk=consultation, answered_at__isnull=False).first()
    if row is None:
        raise NotFound("answer")
    if row.made_of_it_at is not None:
        raise NotValid("This adviser has been answered already. Nothing was changed.")
    row.made_of_it, row.changed_something, row.made_of_it_at = text, changed_something, at
    row.save()
    note(
        "decision.advice-used",
        decision,
        by=by,
        at=at,
        facts={
            "changed": "changed something" if changed_something else "changed nothing",
            "consultation": str(row.pk),
        },
        sealed={"made_of_it": text, "whom": row.whom},
    )
    return row


def _waiting(decision: Decision, by: Actor, whom: UUID | None) -> Consultation | None:
    rows = decision.consultations.filter(
        asked__person=by.person, asked__ended_at=None, asked__part=Asked.Part.ADVISE, answered_at=None
    )
    if whom is not None:
        rows = rows.filter(pk=whom)
    return rows.order_by("asked_at").first()


def _answer(
    consultation: Consultation, *, by: Actor, at: datetime, position: str, text: str, declined: bool = False
) -> None:
    consultation.answered_at, consultation.answered_by_id, consultation.answered_as = at, by.person, by.words
    consultation.position, consultation.said, consultation.declined = position, text, declined
    consultation.save()
    consultation.asked.filter(ended_at=None).update(ended_at=at)


def _opened(decision: Decision, name: str, *, at: datetime) -> None:
    """Open a proposal to its decider once nobody is waited for."""
    if decision.state is State.ADVICE and state_of_advice(decision, at=at) is State.OPEN:
        move_to(decision, name, State.OPEN)
        decision.save(update_fields=["status"])
