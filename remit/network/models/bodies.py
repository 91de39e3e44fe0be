"""Bodies: those who decide together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.shell.models import RemitModel, Spell


class Body(RemitModel):
    """A board, committee, forum or response team of one party."""

    party = models.ForeignKey("network.Party", models.PROTECT, related_name="bodies")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=40, default="committee")
    # {"number": 8} or {"share": "1/3"}, with {"of": {"executive-director": 1, ...}} by role group.
    quorum = models.JSONField(default=dict)
    may_resolve_in_writing = models.BooleanField(default=False)
    joint = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "code"], name="body_code_in_party")]

    def __str__(self) -> str:
        return self.name


class BodyMember(RemitModel, Spell):
    """A seat: held by whoever fills a post, or by a person."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="members")
    post = models.ForeignKey("network.Post", models.PROTECT, null=True, blank=True, related_name="seats")
    person = models.ForeignKey("network.Person", models.PROTECT, null=True, blank=True, related_name="seats")
    voting = models.BooleanField(default=True)
    chair = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seat_of_post_or_person",
                condition=Q(post=None, person__isnull=False) | Q(post__isnull=False, person=None),
            )
        ]


class Sitting(RemitModel):
    """A planned gathering of a body."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="sittings")
    starts_at = models.DateTimeField()
    public = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_at"]
