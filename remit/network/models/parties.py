"""Parties: what can own a stream, a scheme, a body and an exposure."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.shell.models import RemitModel, Spell


class Party(RemitModel):
    """An autonomous organisation, or a system that convenes some. Nobody commands one from outside."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation"
        SYSTEM = "system"

    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=40, blank=True)  # acute trust, council, region ...: data
    short_name = models.CharField(max_length=80, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/London")
    nation = models.CharField(max_length=3, default="ENG")  # whose bank holidays, as `holidays` calls it
    outside = models.BooleanField(default=False)  # named here, but keeps its own affairs elsewhere
    convenor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="convenes")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="party_convenor_is_of_a_system", condition=Q(kind="system") | Q(convenor__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(RemitModel, Spell):
    """A party's membership of a system, for a time. A trust may belong to several."""

    system = models.ForeignKey(Party, models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Party, models.PROTECT, related_name="belongs_to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "member", "starts_at"], name="membership_once"),
            models.CheckConstraint(name="membership_not_of_itself", condition=~Q(system=models.F("member"))),
        ]
