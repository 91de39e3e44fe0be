"""What a form says of a field that cannot be used, in Remit's words, wherever a form says nothing of its own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


def speak_plainly() -> None:
    """Put Remit's words in the place of Django's, on the kinds of field that pages use."""
    forms.Field.default_error_messages["required"] = _("Fill this in to go on.")
    forms.ChoiceField.default_error_messages["invalid_choice"] = _("Choose one from the list.")
    forms.MultipleChoiceField.default_error_messages["invalid_choice"] = _("Choose from the list.")
    forms.DateField.default_error_messages["invalid"] = _("Write a date, like 22/11/2026.")
    forms.TimeField.default_error_messages["invalid"] = _("Write a time, like 17:00.")
    forms.IntegerField.default_error_messages["invalid"] = _("Write a whole number, like 4.")
