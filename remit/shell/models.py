"""The base of every model."""

from __future__ import annotations

from django.db import models

from remit.kernel.ids import new_id


class RemitModel(models.Model):
    """A row with an identifier that sorts by when it was made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Spell(models.Model):
    """A row that holds from a moment to a moment; `ends_at` is the first moment it no longer does."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
