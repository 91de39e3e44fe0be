"""What people type about promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remit.kernel.words import LONDON
from remit.promises.queries import Colleague
from remit.promises.rules.owed import Owed
from remit.shell.guarded import GuardedForm

LONGEST = 500


class MakeForm(GuardedForm):
    """A new promise."""

    words = forms.CharField(
        label=gettext_lazy("What will you do?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    owed_to = forms.ChoiceField(label=gettext_lazy("For whom?"), required=False)
    owed_to_words = forms.CharField(label=gettext_lazy("Or for someone else"), max_length=200, required=False)
    due_on = forms.DateField(
        label=gettext_lazy("By which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    due_time = forms.TimeField(
        label=gettext_lazy("By what time?"),
        initial=time(17),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, people: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.id): one.words for one in people}
        self.fields["owed_to"].choices = [("", _("Choose")), *self._people.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            not cleaned.get("owed_to")
            and not cleaned.get("owed_to_words", "").strip()
            and not self.has_error("owed_to_words")
        ):
            self.add_error("owed_to", _("Choose for whom you will do it, or write it below."))
        return cleaned

    @property
    def owed(self) -> Owed:
        """For whom: somebody known, or the words that were typed."""
        chosen = self.cleaned_data["owed_to"]
        if chosen:
            return Owed(self._people[chosen], person=UUID(chosen))
        return Owed(self.cleaned_data["owed_to_words"])

    @property
    def due_at(self) -> datetime:
        due = datetime.combine(self.cleaned_data["due_on"], self.cleaned_data["due_time"], tzinfo=LONDON)
        return due.astimezone(UTC)


class PlainForm(GuardedForm):
    """Nothing but a button."""


class ReasonForm(GuardedForm):
    """A reason."""

    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class PassOnForm(GuardedForm):
    """Whom to ask to take a promise over."""

    to = forms.TypedChoiceField(label=gettext_lazy("Whom do you ask?"), coerce=UUID)

    def __init__(self, *args: Any, people: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *((str(one.id), one.words) for one in people)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
