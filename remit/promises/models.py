"""The only task list: what somebody will do, for whom, by when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from remit.promises.rules.owed import Capacities, Owed
from remit.promises.rules.states import Part, State
from remit.shell.models import RemitModel


class PromiseSet(models.QuerySet["Promise"]):
    """Some promises."""

    def owed_to(self, mine: Capacities) -> PromiseSet:
        """Those owed to someone, in one capacity or another.

        What is owed to a whole organisation or system waits for nobody in particular.
        """
        return self.filter(
            Q(owed_to_person=mine.person)
            | Q(owed_to_post__in=mine.posts)
            | Q(owed_to_body__in=mine.bodies)
            | Q(owed_to_unit__in=mine.units)
        )


class Promise(RemitModel):
    """What somebody will do. It is kept or not, and the record says which."""

    class Status(models.TextChoices):
        MADE = State.MADE.value
        KEPT = State.KEPT.value
        NOT_KEPT = State.NOT_KEPT.value, "not kept"
        RELEASED = State.RELEASED.value
        PASSED_ON = State.PASSED_ON.value, "passed on"

    sealable: ClassVar[tuple[str, ...]] = ("words", "owed_to_words", "reason", "arising_words")

    party = models.ForeignKey("network.Party", models.PROTECT, related_name="promises")  # in whose record it stands
    unit = models.ForeignKey("network.Unit", models.PROTECT, null=True, related_name="promises")
    made_by = models.ForeignKey("network.Person", models.PROTECT, related_name="promises")
    made_in = models.ForeignKey("network.Appointment", models.PROTECT, null=True, related_name="promises")
    made_as = models.CharField(max_length=200)  # the post in words: ward manager, Ward 7
    made_at = models.DateTimeField()
    words = models.CharField(max_length=500)
    due_at = models.DateTimeField()

    owed_to_words = models.CharField(max_length=200)
    owed_to_person = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="promises_owed")
    owed_to_post = models.ForeignKey("network.Post", models.PROTECT, null=True, related_name="promises_owed")
    owed_to_body = models.ForeignKey("network.Body", models.PROTECT, null=True, related_name="promises_owed")
    owed_to_unit = models.ForeignKey("network.Unit", models.PROTECT, null=True, related_name="promises_owed")
    owed_to_party = models.ForeignKey("network.Party", models.PROTECT, null=True, related_name="promises_owed")

    # By value: nothing here points at what stands above.
    arising_kind = models.CharField(max_length=60, blank=True)
    arising_id = models.UUIDField(null=True, db_index=True)
    arising_words = models.CharField(max_length=240, blank=True)

    status = models.CharField(max_length=9, choices=Status, default=Status.MADE)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    offered_to = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="promises_offered")
    took_over = models.OneToOneField("self", models.PROTECT, null=True, related_name="passed_to")

    objects = PromiseSet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="promise_ended_has_when",
                condition=Q(status="made", ended_at=None) | (~Q(status="made") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="promise_not_kept_has_reason",
                condition=~Q(status__in=["not_kept", "released"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(name="promise_offered_while_made", condition=Q(offered_to=None) | Q(status="made")),
        ]
        indexes = [
            models.Index(fields=["made_by", "status", "due_at"], name="promise_by_maker"),
            models.Index(fields=["unit", "status", "due_at"], name="promise_at_unit"),
        ]

    def __str__(self) -> str:
        return self.words

    def owed(self) -> Owed:
        """Whom it is owed to, as a value."""
        return Owed(
            words=self.owed_to_words,
            person=self.owed_to_person_id,
            post=self.owed_to_post_id,
            body=self.owed_to_body_id,
            unit=self.owed_to_unit_id,
            party=self.owed_to_party_id,
        )

    def parts_of(self, mine: Capacities) -> frozenset[Part]:
        """What someone is to this promise."""
        is_maker = self.made_by_id == mine.person
        parts = {
            Part.MAKER: is_maker,
            Part.OWED: not is_maker and mine.speaks_for(self.owed()),
            Part.OFFERED: self.offered_to_id is not None and self.offered_to_id == mine.person,
        }
        return frozenset(part for part, has in parts.items() if has)
