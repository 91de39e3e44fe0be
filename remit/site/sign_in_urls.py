"""Addresses of signing in and out. Whatever else allauth offers is not offered here."""

from __future__ import annotations

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponse
from django.urls import path

from remit.kernel.errors import NotFound
from remit.site import sign_in_views


def closed(request: HttpRequest) -> HttpResponse:
    """A door that allauth looks for by name and that Remit keeps shut."""
    raise NotFound


urlpatterns = [
    path("", allauth.login, name="account_login"),
    path("out/", allauth.logout, name="account_logout"),
    path("ended/", allauth.account_inactive, name="account_inactive"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("sure/", allauth.reauthenticate, name="account_reauthenticate"),
    path("as/", sign_in_views.sign_in_as, name="sign_in_as"),
    path("up/", closed, name="account_signup"),
    path("password/first/", closed, name="account_set_password"),
    path("password/forgotten/", closed, name="account_reset_password"),
    path("e-mail/", closed, name="account_email"),
]
