"""Lets a past decision be asked for, advised on, taken, reviewed or undone, by whoever rightly did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from django.apps import apps

from remit.authority.rules.question import Question
from remit.decisions.actions import co_sign, give_advice, open_decision, reverse, review, take_decision, withdraw
from remit.decisions.queries.routes import verdict_of
from remit.decisions.rules.proposal import Proposal
from remit.decisions.rules.states import PUT
from remit.decisions.rules.ways import Signer, Way, ways
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound
from remit.site.demonstration.cast import Cast
from remit.site.demonstration.past import PastDecision
from remit.site.demonstration.steps import StepKind

OUTCOMES = {"worked": "keep", "partly": "adapt", "no": "reverse"}
TOO_URGENT = "Nobody whom the clause names could be reached, and it could not wait."
TO_A_BODY = "Taken to its next meeting instead."


class Deciding:
    """What happens to decisions at one moment.

    Args:
        units, posts: ids by ref.
    """

    def __init__(self, cast: Cast, units: Mapping[str, UUID], posts: Mapping[str, UUID], *, rng: Random) -> None:
        self.cast, self.at, self.rng = cast, cast.at, rng
        self.units, self.posts = units, posts

    @staticmethod
    def found(past: PastDecision) -> Any:
        """The row of a past decision, once it was asked for: nothing else was asked at that moment."""
        rows = apps.get_model("decisions.Decision").objects.filter(made_up=True, proposed_at=past.asked_at)
        return rows.select_related("unit", "case").first()

    @classmethod
    def is_waiting(cls, past: PastDecision) -> bool:
        """Whether it was asked for and is not taken."""
        row = cls.found(past)
        return row is not None and row.state in PUT

    def take(self, kind: StepKind, past: PastDecision) -> datetime | None:
        """Take a step of a decision. Gives the moment at which somebody can, where nobody can now."""
        if kind is StepKind.ASK:
            self._ask(past)
            return None
        row = self.found(past)
        if row is None:
            return None
        if kind is StepKind.DECIDE:
            return self._decide(row, past) if row.state in PUT else None
        by = self.cast.person(row.decided_by_id, row.decided_in_id) if row.decided_by_id else None
        if by is None:
            return None
        if kind is StepKind.REVIEW and past.review:
            review(row.pk, outcome=OUTCOMES[past.review.outcome], happened=past.review.words, by=by, at=self.at)
        elif kind is StepKind.REVERSE:
            reverse(row.pk, reason=past.because, by=by, at=self.at)
        return None

    def _ask(self, past: PastDecision) -> None:
        unit = self.units[past.unit]
        by = self.cast.in_post(self.posts[past.asker]) if past.asker else self.cast.at_unit(unit, rng=self.rng)
        if by is None:
            raise NotFound(f"person at {past.unit}")
        question = Question(
            matter=past.matter,
            origin=unit,
            quantities=past.quantities,
            facts=frozenset(past.facts),
            purpose=past.purpose,
            supplier=past.supplier,
            asker=by.person,
            words=past.title,
        )
        proposal = Proposal(
            title=past.title,
            why=past.why,
            measure=past.measure,
            baseline=past.baseline,
            expected=past.expected,
            review_on=past.review_at.date(),
            made_up=True,
        )
        open_decision(question, proposal, by=by, at=self.at)

    def _decide(self, row: Any, past: PastDecision) -> datetime | None:
        parts = ways(verdict_of(row.case, at=self.at, reader=None))
        nearest = [part[0] for part in parts if part]
        if not nearest or any(way.body for way in nearest):
            by = self.cast.person(row.proposed_by_id, row.proposed_in_id)
            if by is not None:
                withdraw(row.pk, reason=TO_A_BODY, by=by, at=self.at)
            return None
        later = [moment for way in nearest if (moment := self._not_before(way.people))]
        if later:
            return max(later)
        urgent = "" if self._hear(row, past) else TOO_URGENT
        for way in nearest:
            self._sign(row, way, past, urgent)
        return None

    def _sign(self, row: Any, way: Way, past: PastDecision, urgent: str) -> None:
        by = self._on_duty(way.people)
        if by is None:
            raise NotFound(f"holder on duty: {way.words}")
        because = "" if past.agreed else past.because
        taken = take_decision(
            row.pk, agreed=past.agreed, by=by, at=self.at, because=because, urgent_because=urgent, in_effect=True
        )
        for second in way.seconds if past.agreed and taken.state in PUT else ():
            beside = self._on_duty([one for one in second.people if one.person != by.person])
            if beside is not None:
                co_sign(row.pk, agreed=True, by=beside, at=self.at)

    def _hear(self, row: Any, past: PastDecision) -> bool:
        """Let everybody who was asked, and is there, say something. Gives whether all were heard."""
        heard = True
        for consultation in row.consultations.filter(answered_at=None):
            people = consultation.asked.filter(ended_at=None).values_list("person_id", flat=True)
            adviser = self._on_duty([Signer(person, "", "", None) for person in people])
            if adviser is None:
                heard = False
            else:
                give_advice(
                    row.pk, said_words=past.advice, position="for", by=adviser, at=self.at, whom=consultation.pk
                )
        return heard

    def _on_duty(self, people: Sequence[Signer]) -> Actor | None:
        """The first of some people who is at work now, in the appointment in which they sign."""
        for one in people:
            moment = self._on_duty_from(one)
            if moment is not None and moment <= self.at:
                return self.cast.person(one.person, one.appointment)
        return None

    def _not_before(self, people: Sequence[Signer]) -> datetime | None:
        """When the first of some people is at work; None where somebody is now, or nobody ever will be."""
        moments = [moment for one in people if (moment := self._on_duty_from(one))]
        return min(moments) if moments and min(moments) > self.at else None

    def _on_duty_from(self, one: Signer) -> datetime | None:
        filled = [
            mine
            for mine in self.cast.snapshot.appointments_of(one.person, self.at)
            if one.appointment in (None, mine.appointment_id)
        ]
        moments = [
            self.cast.snapshot.on_duty_from(one.person, mine.post_id, self.at, appointment_id=mine.appointment_id)
            for mine in filled
        ]
        return min((moment for moment in moments if moment is not None), default=None)
