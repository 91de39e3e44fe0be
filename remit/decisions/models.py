"""The tables of decisions: what was proposed, who was heard, who signed, who was told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from remit.decisions.rules.states import State
from remit.shell.models import RemitModel

_UNDECIDED = ["draft", "advice", "open", "escalated", "disputed", "withdrawn"]
_IN_EFFECT = ["in_effect", "reviewed"]
_STATUSES = [(state.value, state.value.replace("_", " ")) for state in State]


class Decision(RemitModel):
    """One thing to decide, from its draft to what came of it. Once taken it stands; a later one supersedes it."""

    Status: ClassVar = State

    sealable: ClassVar[tuple[str, ...]] = (
        "title",
        "what",
        "why",
        "options",
        "urgent_because",
        "because",
        "measure",
        "baseline",
        "expected",
        "happened",
        "end_reason",
    )

    case = models.ForeignKey("authority.Case", models.PROTECT, related_name="decisions")
    party = models.ForeignKey("network.Party", models.PROTECT, related_name="decisions")  # of the origin
    unit = models.ForeignKey("network.Unit", models.PROTECT, related_name="decisions")  # the origin
    concerns = models.ManyToManyField("network.Party", related_name="decisions_concerning")  # with the affected ones
    units = models.ManyToManyField("network.Unit", related_name="decisions_concerning")
    matter = models.CharField(max_length=120)
    matter_title = models.CharField(max_length=160)
    title = models.CharField(max_length=160)
    what = models.TextField()  # what should happen
    why = models.TextField(blank=True)
    options = models.TextField(blank=True)
    method = models.CharField(max_length=20, default="sole")
    status = models.CharField(max_length=24, choices=_STATUSES, default=State.DRAFT.value)
    restricted = models.BooleanField(default=False)  # seen only by those whom it ties
    made_up = models.BooleanField(default=False)

    proposed_by = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="decisions_proposed")
    proposed_in = models.ForeignKey("network.Appointment", models.PROTECT, null=True, related_name="+")
    proposed_as = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    holder = models.CharField(max_length=240, blank=True)  # whom the route named when it was last asked
    clause = models.CharField(max_length=60, blank=True)
    answer_by = models.DateTimeField(null=True)
    urgent_because = models.TextField(blank=True)  # why the clause's consultation was not waited for
    escalated = models.PositiveSmallIntegerField(default=0)  # rungs above the route that may decide as well

    measure = models.CharField(max_length=240, blank=True)
    baseline = models.CharField(max_length=120, blank=True)
    expected = models.CharField(max_length=240, blank=True)
    review_on = models.DateField(null=True)
    expires_at = models.DateTimeField(null=True)
    act = models.CharField(max_length=60, blank=True)
    terms = models.JSONField(default=dict)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="superseded_by")

    decided_by = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="decisions_taken")
    decided_in = models.ForeignKey("network.Appointment", models.PROTECT, null=True, related_name="+")
    decided_as = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)  # the decider's reasons
    begins_at_once = models.BooleanField(default=False)  # in effect with the last signature
    scheme = models.CharField(max_length=120, blank=True)  # code and edition, pinned
    route = models.JSONField(default=dict)  # as worked out in the closing transaction
    confirm_by = models.DateTimeField(null=True)

    in_effect_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    review_outcome = models.CharField(max_length=8, blank=True, choices=[(o, o) for o in ("keep", "adapt", "reverse")])
    happened = models.TextField(blank=True)
    review_promise = models.ForeignKey("promises.Promise", models.PROTECT, null=True, related_name="+")
    halted_from = models.CharField(max_length=24, blank=True)
    disputed_by = models.ForeignKey("network.Party", models.PROTECT, null=True, related_name="disputes")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="decision_decided_has_who_and_when",
                condition=Q(status__in=_UNDECIDED, decided_at=None, decided_by=None)
                | Q(status="halted")
                | (~Q(status__in=[*_UNDECIDED, "halted"]) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="decision_in_effect_has_when",
                condition=~Q(status__in=_IN_EFFECT) | Q(in_effect_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_reviewed_has_when_and_outcome",
                condition=~Q(status="reviewed") | (Q(reviewed_at__isnull=False) & ~Q(review_outcome="")),
            ),
            models.CheckConstraint(
                name="decision_halted_has_from_where",
                condition=Q(status="halted") & ~Q(halted_from="") | ~Q(status="halted") & Q(halted_from=""),
            ),
            models.CheckConstraint(
                name="decision_disputed_has_by_whom", condition=~Q(status="disputed") | Q(disputed_by__isnull=False)
            ),
            models.CheckConstraint(
                name="decision_agreed_says_what_would_show_it",
                condition=~Q(status__in=["agreed", "awaiting_confirmation", "awaiting_ratification", *_IN_EFFECT])
                | (Q(review_on__isnull=False) & ~Q(measure="")),
            ),
            models.CheckConstraint(
                name="decision_ended_has_when",
                condition=~Q(status__in=["withdrawn", "lapsed", "expired", "reversed", "superseded"])
                | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_never_before_its_proposal",
                condition=Q(decided_at=None) | Q(decided_at__gte=models.F("proposed_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["party", "status", "proposed_at"], name="decision_in_register"),
            models.Index(fields=["unit", "decided_at"], name="decision_at_unit"),
            models.Index(fields=["status", "expires_at"], name="decision_by_term"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> State:
        return State(self.status)


class Consultation(RemitModel):
    """Somebody asked for advice, or who gave it unasked: what they said, and what was made of it."""

    class Position(models.TextChoices):
        FOR = "for"
        AGAINST = "against"
        NEITHER = "neither"

    class Kind(models.TextChoices):
        CLAUSE = "clause"  # the grant names them
        ASKED = "asked"  # the proposer or the holder asked
        OFFERED = "offered"  # nobody asked

    class Standing(models.TextChoices):
        """What those asked were told of it."""

        OPEN = "open"
        OPTIONS = "options", "between options"
        DECIDED = "decided", "already decided"

    sealable: ClassVar[tuple[str, ...]] = ("whom", "question", "said", "made_of_it")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="consultations")
    kind = models.CharField(max_length=7, choices=Kind)
    whom = models.CharField(max_length=240)
    body = models.ForeignKey("network.Body", models.PROTECT, null=True, related_name="consultations")
    question = models.TextField(blank=True)
    standing = models.CharField(max_length=12, default=Standing.OPEN, choices=Standing)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="advice_given")
    answered_as = models.CharField(max_length=200, blank=True)
    declined = models.BooleanField(default=False)
    position = models.CharField(max_length=8, choices=Position, blank=True)
    said = models.TextField(blank=True)
    made_of_it = models.TextField(blank=True)
    changed_something = models.BooleanField(null=True)
    made_of_it_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="advice_answered_has_who",
                condition=Q(answered_at=None, answered_by=None, declined=False, position="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, declined=True)
                | (Q(answered_at__isnull=False, answered_by__isnull=False, declined=False) & ~Q(said="")),
            ),
            models.CheckConstraint(
                name="advice_made_of_it_after_it_was_given",
                condition=Q(made_of_it_at=None, changed_something=None)
                | Q(made_of_it_at__isnull=False, changed_something__isnull=False, answered_at__isnull=False),
            ),
        ]


class Signature(RemitModel):
    """One person's name under a decision. Each is a different natural person's."""

    class Kind(models.TextChoices):
        DECIDE = "decide"
        CO_SIGN = "co_sign", "sign as well"
        CONFIRM = "confirm"
        RATIFY = "ratify"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="signatures")
    kind = models.CharField(max_length=8, choices=Kind)
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="signatures")
    appointment = models.ForeignKey("network.Appointment", models.PROTECT, null=True, related_name="signatures")
    signed_as = models.CharField(max_length=200)
    party = models.ForeignKey("network.Party", models.PROTECT, related_name="signatures")  # whose part of it
    body = models.ForeignKey("network.Body", models.PROTECT, null=True, related_name="signatures")
    clause = models.CharField(max_length=60, blank=True)
    ref = models.CharField(max_length=120, blank=True)  # the grant, delegation or reservation in the scheme
    slot = models.CharField(max_length=160, blank=True)  # which co-signature it fills
    agrees = models.BooleanField()
    signed_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True)  # the route moved: it stands as advice

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person"], condition=Q(void_at=None), name="each_signature_another_person"
            ),
        ]


class Asked(RemitModel):
    """Somebody for whom a decision waits, and for what."""

    class Part(models.TextChoices):
        DECIDE = "decide"
        CO_SIGN = "co_sign", "sign as well"
        ADVISE = "advise"
        CONFIRM = "confirm"
        RATIFY = "ratify"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="asked")
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, related_name="asked")
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="asked_to_decide")
    part = models.CharField(max_length=8, choices=Part)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person", "part"],
                condition=Q(ended_at=None, consultation=None),
                name="asked_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["consultation", "person"], condition=Q(ended_at=None), name="asked_for_advice_once"
            ),
            models.CheckConstraint(
                name="asked_for_advice_on_a_consultation",
                condition=Q(part="advise", consultation__isnull=False) | (~Q(part="advise") & Q(consultation=None)),
            ),
        ]
        indexes = [models.Index(fields=["person", "ended_at"], name="asked_of_person")]


class Informed(RemitModel):
    """Somebody who was told, because the clause says so."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="informed")
    whom = models.CharField(max_length=240)
    person = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="informed_of")
    body = models.ForeignKey("network.Body", models.PROTECT, null=True, related_name="informed_of")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="informed_person_or_body",
                condition=Q(person=None, body__isnull=False) | Q(person__isnull=False, body=None),
            )
        ]
