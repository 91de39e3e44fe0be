"""How far the network has come, so that every process knows when its snapshot is old."""

from __future__ import annotations

from django.db import models


class State(models.Model):
    """One row. Whoever changes the network holds it, so versions are committed in order."""

    version = models.PositiveBigIntegerField(default=0)


class Change(models.Model):
    """What a version changed: all of it, or a few rows that a snapshot can be patched with."""

    class Kind(models.TextChoices):
        ALL = "all"
        APPOINTMENT = "appointment"
        DUTY = "duty"
        ABSENCE = "absence"

    version = models.PositiveBigIntegerField(db_index=True)
    kind = models.CharField(max_length=12, choices=Kind)
    row_id = models.UUIDField(null=True)
    removed = models.BooleanField(default=False)
