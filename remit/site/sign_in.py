"""Signing in: accounts are given by an organisation, never taken; too many tries lock out."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from remit.kernel.words import duration
from remit.site.sign_in_demonstration import OpenDemonstration, refuse_open_demonstration

__all__ = ["ClosedDoor", "OpenDemonstration", "locked_out", "refuse_open_demonstration", "tried_name"]


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The user name and password do not go together. Check both, then try again."),
        "enter_current_password": _("This is not your password now. Nothing was changed."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse(settings.LOGIN_REDIRECT_URL)


def tried_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The user name under which tries are counted: capitals make no new one."""
    return str((credentials or {}).get("username") or request.POST.get("login", "")).strip().lower()


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """What someone sees after too many wrong passwords, from the right ones too until the time is over."""
    wait = duration(settings.AXES_COOLOFF_TIME)
    return render(request, "site/locked_out.jinja", {"wait": wait}, status=429)
