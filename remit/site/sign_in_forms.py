"""The forms of signing in, in Remit's words: no ghost text in the boxes, no way round that is not there."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django.forms import Form
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, login=_("User name"), password=_("Password"))
        self.fields["password"].help_text = _("Forgotten it? Ask whoever keeps Remit in your organisation.")


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The password now, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(
            self, oldpassword=_("Password now"), password1=_("New password"), password2=_("New password again")
        )


def _in_our_words(form: Form, **labels: Any) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)
