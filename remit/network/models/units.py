"""Units: the tree of one organisation, its editions, and what lies across it."""

from __future__ import annotations

from django.db import models

from remit.shell.models import RemitModel, Spell


class Unit(RemitModel):
    """A place of work in the tree of one organisation; its root is the organisation itself."""

    organisation = models.ForeignKey("network.Party", models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=40)  # a word of the data: ward, department, hospital ...
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    position = models.PositiveIntegerField(default=0)  # among its siblings
    # Null is the ordinary working day of the organisation; else days and hours as data.
    working_hours = models.JSONField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="unit_code_in_organisation"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(parent=None), name="one_root_in_organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Edition(RemitModel):
    """One state of all the trees, with its own pre-order numbers, kept for questions about the past."""

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()


class Numbering(models.Model):
    """A unit's place in one edition: it and all inside it are `first` to `last`, inclusive."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="numbers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="numbers")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "unit"], name="numbered_once")]
        indexes = [models.Index(fields=["edition", "first"], name="numbering_in_order")]


class Site(RemitModel):
    """A dated grouping of units: a campus, a building. Never for authority."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=40, default="site")


class SiteUnit(RemitModel, Spell):
    """A unit at a site, for a time."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="places")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sites")


class Dependency(RemitModel, Spell):
    """One unit relies on another: this ward on that laboratory."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="relies_on")
    relies_on = models.ForeignKey(Unit, models.PROTECT, related_name="relied_on_by")
    words = models.CharField(max_length=120, blank=True)
