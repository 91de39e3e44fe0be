"""The tables of authority: schemes in force, what they are asked, and what is committed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.shell.models import RemitModel, Spell


class TaxonomyVersion(RemitModel):
    """One edition of the matters, as its file was read."""

    key = models.CharField(max_length=80, unique=True)  # code-edition, as schemes name it
    text = models.TextField()
    read_at = models.DateTimeField()


class SchemeVersion(RemitModel):
    """One version of a party's scheme. Its text is the source; nothing of it is copied into columns."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        ADOPTED = "adopted"

    party = models.ForeignKey("network.Party", models.PROTECT, related_name="schemes")
    code = models.CharField(max_length=80)
    edition = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField()
    taxonomy = models.ForeignKey(TaxonomyVersion, models.PROTECT, related_name="schemes")
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    adopted_by_entry = models.UUIDField(null=True)  # of the ledger: the decision that adopted it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "code", "edition"], name="scheme_edition_of_party"),
            models.CheckConstraint(
                name="scheme_adopted_from_a_moment", condition=Q(status="draft") | Q(starts_at__isnull=False)
            ),
        ]


class Case(RemitModel):
    """The question asked, kept with the route that it was given when it was put."""

    party = models.ForeignKey("network.Party", models.PROTECT, related_name="cases")
    matter = models.CharField(max_length=120)
    taxonomy = models.ForeignKey(TaxonomyVersion, models.PROTECT, related_name="cases")
    origin = models.ForeignKey("network.Unit", models.PROTECT, related_name="cases")
    affected = models.ManyToManyField("network.Unit", related_name="cases_affecting")
    quantities = models.JSONField(default=dict)  # as asked, decimals as text
    years = models.PositiveSmallIntegerField(default=1)
    facts = models.JSONField(default=list)
    shares = models.JSONField(default=dict)
    separable = models.BooleanField(default=False)
    reversible = models.BooleanField(null=True)
    needed_by = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=60, blank=True)
    supplier = models.CharField(max_length=160, blank=True)
    bears = models.ForeignKey("network.Unit", models.PROTECT, related_name="costs")
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="cases")
    asked_in = models.ForeignKey("network.Appointment", models.PROTECT, null=True, related_name="cases")
    route = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["party", "matter", "asked_at"], name="case_of_matter")]


class Exposure(RemitModel):
    """What a decision has committed, until it is reversed."""

    party = models.ForeignKey("network.Party", models.PROTECT, related_name="exposures")
    bears = models.ForeignKey("network.Unit", models.PROTECT, related_name="exposures")
    matter = models.CharField(max_length=120)
    purpose = models.CharField(max_length=60, blank=True)
    supplier = models.CharField(max_length=160, blank=True)
    quantity = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    decision_id = models.UUIDField(db_index=True)
    committed_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["bears", "purpose", "quantity", "committed_at"], name="exposure_for_purpose")]


class ExposureLock(models.Model):
    """Held while a decision for an organisation and purpose closes, so that two cannot pass a limit together."""

    party = models.ForeignKey("network.Party", models.PROTECT)
    purpose = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "purpose"], name="one_lock_for_purpose")]


class ConditionState(RemitModel, Spell):
    """An OPEL level or a declared incident of a party, from a moment to a moment."""

    class Kind(models.TextChoices):
        OPEL = "opel"
        INCIDENT = "incident"

    party = models.ForeignKey("network.Party", models.PROTECT, related_name="conditions")
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["party", "kind", "starts_at"], name="condition_of_party")]


class Delegation(RemitModel, Spell):
    """Part of a grant, passed on in writing. What it comes to is worked out along the chain."""

    party = models.ForeignKey("network.Party", models.PROTECT, related_name="delegations")
    ref = models.CharField(max_length=80)
    of = models.CharField(max_length=80)  # ref of a grant or of the delegation passed on
    from_post = models.ForeignKey("network.Post", models.PROTECT, null=True, related_name="passed_on")
    to_post = models.ForeignKey("network.Post", models.PROTECT, null=True, related_name="received")
    to_person = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="received")
    to_body = models.CharField(max_length=120, blank=True)
    within = models.ForeignKey("network.Unit", models.PROTECT, null=True, related_name="+")
    limits = models.JSONField(default=dict)
    passable = models.BooleanField(default=False)
    document = models.TextField(blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "ref"], name="delegation_ref_of_party"),
            models.CheckConstraint(
                name="delegated_to_one",
                condition=Q(to_post__isnull=False, to_person=None, to_body="")
                | Q(to_post=None, to_person__isnull=False, to_body="")
                | (Q(to_post=None, to_person=None) & ~Q(to_body="")),
            ),
        ]


class State(models.Model):
    """One row, counted up with each change of a scheme, delegation or condition."""

    version = models.PositiveBigIntegerField(default=0)
