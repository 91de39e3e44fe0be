"""What people type about decisions. Free text never holds a patient's NHS number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from remit.decisions.rules.proposal import LINE_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Proposal
from remit.kernel.words import LONDON
from remit.promises.queries import Colleague
from remit.shell.guarded import GuardedForm

REVIEW_AFTER = timedelta(days=28)  # offered; whoever decides chooses


def _text(
    label: Any, *, rows: int = 2, required: bool = False, hint: Any = "", most: int = TEXT_LENGTH
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, help_text=hint)


def _day(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint)


class WordsForm(GuardedForm):
    """The words of a proposal."""

    title = forms.CharField(
        label=lazy("What is to be decided?"),
        help_text=lazy("One line that begins with a verb: Open four escalation beds on Ward 7"),
        max_length=TITLE_LENGTH,
    )
    what = _text(lazy("What should happen, and by when?"))
    why = _text(lazy("Why?"))
    options = _text(lazy("What else did you weigh?"), hint=lazy("Doing nothing included. Leave empty if nothing else."))
    measure = forms.CharField(
        label=lazy("What would show that it worked?"),
        help_text=lazy("Something that is counted: patients waiting over 12 hours"),
        max_length=LINE_LENGTH,
        required=False,
    )
    baseline = forms.CharField(label=lazy("What is it now?"), max_length=LINE_LENGTH // 2, required=False)
    expected = forms.CharField(label=lazy("What do you expect?"), max_length=LINE_LENGTH, required=False)
    review_on = _day(lazy("When is that looked at?"))
    expires_on = _day(lazy("Last day on which it holds"), hint=lazy("Leave empty if it has no end."))

    def words(self) -> dict[str, Any]:
        """What was typed, by the names of a proposal."""
        given = {
            name: self.cleaned_data[name]
            for name in ("title", "what", "why", "options", "measure", "baseline", "expected", "review_on")
        }
        return given | {"expires_at": _end_of(self.cleaned_data["expires_on"])}


class NewForm(WordsForm):
    """A new proposal, which may be decided at once by whoever may."""

    urgent_because = _text(lazy("If their advice cannot be waited for, why?"))
    in_effect = forms.BooleanField(label=lazy("It begins at once"), required=False, initial=True)
    restricted = forms.BooleanField(
        label=lazy("Only those whom it ties may see it"),
        help_text=lazy("For matters about a person. Otherwise everyone in the organisations concerned sees it."),
        required=False,
    )

    def __init__(self, data: Any, *, needs_measure: bool, consults: bool, may_take: bool, **options: Any) -> None:
        super().__init__(data, **options)
        self.needs_measure = needs_measure
        if not consults:
            del self.fields["urgent_because"]
        if not may_take:
            del self.fields["in_effect"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.needs_measure:
            if not cleaned.get("measure") and "measure" not in self.errors:
                self.add_error("measure", _("Say what would show that it worked."))
            if not cleaned.get("review_on") and "review_on" not in self.errors:
                self.add_error("review_on", _("Say when that is looked at."))
        return cleaned

    def proposal(self, *, supersedes: UUID | None) -> Proposal:
        """The proposal as typed."""
        return Proposal(**self.words(), restricted=self.cleaned_data["restricted"], supersedes=supersedes)


class TakeForm(GuardedForm):
    """Agree or decline."""

    because = _text(lazy("Your reasons"), hint=lazy("Needed if you decline."))
    urgent_because = _text(lazy("If the advice cannot be waited for, why?"))
    in_effect = forms.BooleanField(label=lazy("It begins at once"), required=False)

    def __init__(self, data: Any = None, *, consults: bool = False, **options: Any) -> None:
        super().__init__(data, **options)
        if not consults:
            del self.fields["urgent_because"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["agreed"] = self.data.get("answer") == "agree"
        if not cleaned["agreed"] and not cleaned.get("because", "").strip() and "because" not in self.errors:
            self.add_error("because", _("Say why you decline."))
        return cleaned


class SignForm(GuardedForm):
    """Sign as well, or not."""

    because = _text(lazy("Your reasons"), hint=lazy("Needed if you do not sign."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["agreed"] = self.data.get("answer") == "agree"
        if not cleaned["agreed"] and not cleaned.get("because", "").strip() and "because" not in self.errors:
            self.add_error("because", _("Say why you do not sign."))
        return cleaned


class ConfirmForm(GuardedForm):
    """Confirm or ratify, or refuse to."""

    words = _text(
        lazy("Your words"), hint=lazy("The minute that it stands in, if there is one. Needed if it is refused.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["agrees"] = self.data.get("answer") == "agree"
        if not cleaned["agrees"] and not cleaned.get("words", "").strip() and "words" not in self.errors:
            self.add_error("words", _("Say why it is refused."))
        return cleaned


class AdviceForm(GuardedForm):
    """What an adviser thinks."""

    position = forms.ChoiceField(
        label=lazy("Where do you stand?"),
        choices=[("for", lazy("For it")), ("against", lazy("Against it")), ("neither", lazy("Neither"))],
        widget=forms.RadioSelect,
    )
    said_words = _text(lazy("What do you think?"), rows=3, required=True)


class NothingForm(GuardedForm):
    """Nothing to add, with or without a word."""

    said_words = _text(lazy("Anything to say?"))


class AskForm(GuardedForm):
    """Whom to ask, what, and how open it is."""

    whom = forms.TypedChoiceField(label=lazy("Whom do you ask?"), coerce=UUID)
    question = _text(lazy("What do you ask?"))
    standing = forms.ChoiceField(
        label=lazy("Tell them how it stands"),
        choices=[
            ("open", lazy("It is open")),
            ("options", lazy("It is between options")),
            ("decided", lazy("It is already decided, and this is about how")),
        ],
        widget=forms.RadioSelect,
        initial="open",
    )

    def __init__(self, data: Any = None, *, people: Sequence[Colleague] = (), **options: Any) -> None:
        super().__init__(data, **options)
        choices = [("", _("Choose")), *((str(one.id), one.words) for one in people)]
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]


class MadeOfItForm(GuardedForm):
    """What was made of advice."""

    consultation = forms.UUIDField(widget=forms.HiddenInput)
    changed_something = forms.TypedChoiceField(
        label=lazy("Did it change anything?"),
        choices=[("yes", lazy("Yes")), ("no", lazy("No"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    made_of_it = _text(lazy("What was made of it?"), required=True)


class ReasonForm(GuardedForm):
    """Why."""

    reason = _text(lazy("Why?"), required=True)


class PlainForm(GuardedForm):
    """Nothing but a button."""


class ReviewForm(GuardedForm):
    """What happened, and what follows."""

    happened = _text(lazy("What happened, beside what was foreseen?"), rows=3, required=True)
    outcome = forms.ChoiceField(
        label=lazy("What now?"),
        choices=[
            ("keep", lazy("Keep it")),
            ("adapt", lazy("Adapt it: propose another in its place")),
            ("reverse", lazy("Reverse it")),
        ],
        widget=forms.RadioSelect,
    )
    review_on = _day(lazy("When is it looked at again?"), hint=lazy("Leave empty if it need not be."))


def review_day(at: datetime) -> date:
    """The day that is offered for a review."""
    return (at.astimezone(LONDON) + REVIEW_AFTER).date()


def _end_of(last: date | None) -> datetime | None:
    """The end of a day in the organisation's time, as the moment from which something no longer holds."""
    if last is None:
        return None
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=LONDON).astimezone(UTC)
