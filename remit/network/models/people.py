"""People, the posts that they fill, and when they are there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.shell.models import RemitModel, Spell


class RoleGroup(RemitModel):
    """Roles that a grant, a co-signature or a quorum may name together: *executive director*."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)


class Role(RemitModel):
    """What someone is: ward manager, site manager, chief executive."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    family = models.CharField(max_length=60, blank=True)
    groups = models.ManyToManyField(RoleGroup, related_name="roles")


class Post(RemitModel):
    """A role at a unit. It may be vacant."""

    role = models.ForeignKey(Role, models.PROTECT, related_name="posts")
    unit = models.ForeignKey("network.Unit", models.PROTECT, related_name="posts")
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=160, blank=True)  # where it is not the role's own name
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="post_code_at_unit")]


class Person(RemitModel):
    """A natural person. May hold posts in several organisations, or none."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    phone = models.CharField(max_length=40, blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Appointment(RemitModel, Spell):
    """A person in a post for a time."""

    class Kind(models.TextChoices):
        SUBSTANTIVE = "substantive"
        ACTING = "acting"
        DEPUTY = "deputy"

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SUBSTANTIVE)


class Absence(RemitModel, Spell):
    """Away: from one appointment, or from all when it belongs to the person."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="absences")
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="absences")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_of_person_or_appointment",
                condition=Q(person=None, appointment__isnull=False) | Q(person__isnull=False, appointment=None),
            )
        ]


class Duty(RemitModel, Spell):
    """A shift or an on-call: a dated row. With a post it is duty in that post alone."""

    class Kind(models.TextChoices):
        SHIFT = "shift"
        ON_CALL = "on_call", "on call"

    person = models.ForeignKey(Person, models.PROTECT, related_name="duties")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="duties")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SHIFT)

    class Meta:
        indexes = [models.Index(fields=["person", "starts_at"], name="duty_of_person")]


class Interest(RemitModel, Spell):
    """A declared interest of a person: with a party, or with someone outside by name."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="interests")
    party = models.ForeignKey("network.Party", models.PROTECT, null=True, blank=True, related_name="interests")
    supplier = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=240, blank=True)
