"""Forms that take free text: a patient's NHS number is refused, or taken out on request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from remit.kernel.text_guards import holds_nhs_number, masked


class GuardedForm(forms.Form):
    """A form whose texts hold no valid NHS number once it is valid.

    Where one was typed, the form comes back with all that was written and a box to tick;
    ticked, the number is taken out and the rest goes on its way.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        held = [name for name, value in cleaned.items() if isinstance(value, str) and holds_nhs_number(value)]
        if not held:
            return cleaned
        if self.data.get(self.add_prefix("take_out")):
            return cleaned | {name: masked(cleaned[name]) for name in held}
        for name in held:
            self.add_error(name, _("Take out the NHS number. Remit keeps no patient's details."))
        self.fields["take_out"] = forms.BooleanField(
            required=False, label=_("Take the NHS number out and save the rest")
        )
        return cleaned
