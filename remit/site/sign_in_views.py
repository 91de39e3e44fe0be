"""Being someone else in a demonstration, and choosing the post in which to act."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from remit.kernel import clock
from remit.kernel.errors import NotFound, NotValid
from remit.network.middleware import ACTING_IN
from remit.network.models import Account
from remit.network.queries import capacities
from remit.shell.requests import RemitRequest
from remit.site.sign_in_demonstration import is_loopback
from remit.site.sign_in_queries import personas_to_be

BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the made-up people; there is no such page on a real system, or from elsewhere."""
    if not settings.DEMONSTRATION or not is_loopback(request.META.get("REMOTE_ADDR", "")):
        raise NotFound
    personas = personas_to_be(now_as=request.user.pk, at=clock.now())
    if request.method != "POST":
        context = {"personas": personas, "next": _onward(request, fallback="")}
        return render(request, "site/sign_in_as.jinja", context)
    chosen = next((persona for persona in personas if persona.username == request.POST.get("persona")), None)
    if chosen is None:
        raise NotValid(
            _("There is no such person here to be. Choose one from the list."), persona=_("is not in the list")
        )
    logout(request)  # whoever it was before: nothing of their session stays
    login(request, Account.objects.get(pk=chosen.account_id), backend=BY_PASSWORD)
    if chosen.appointment_id:
        request.session[ACTING_IN] = str(chosen.appointment_id)
    return redirect(_onward(request, fallback=reverse("home")))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def acting_in(request: RemitRequest) -> HttpResponse:
    """Choose the post in which to act; everything done from then on is recorded in it."""
    posts = capacities(request.person_id, acting=request.actor, at=clock.now()) if request.person_id else []
    if request.method != "POST":
        context = {
            "posts": posts,
            "next": _onward(request, fallback=""),
            "has_password": cast(Account, request.user).has_usable_password(),
        }
        return render(request, "site/acting_in.jinja", context)
    wanted = request.POST.get("appointment", "")
    if not any(str(post.appointment_id) == wanted for post in posts):
        raise NotValid(
            _("You do not hold that post now. Nothing was changed. Choose one that you hold."),
            appointment=_("is not yours now"),
        )
    request.session[ACTING_IN] = wanted
    return redirect(_onward(request, fallback=reverse("home")))


def _onward(request: HttpRequest, *, fallback: str) -> str:
    """Where to go next: what the address or the form says when it is of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else fallback
