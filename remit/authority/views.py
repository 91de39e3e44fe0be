"""*Who can decide?*: asked in an address, so that an answer can be sent on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from remit.authority import queries
from remit.authority.actions import set_opel
from remit.authority.forms import LevelForm
from remit.authority.queries.schemes import scheme_page
from remit.authority.question_page import asking_page
from remit.kernel import clock
from remit.shell.requests import RemitRequest


@login_required
@require_safe
def who(request: RemitRequest) -> HttpResponse:
    page = asking_page(request.GET, seen_by=request.actor, at=clock.now())
    template = "authority/_found.jinja" if request.htmx and request.htmx.target == "found" else "authority/who.jinja"
    return render(request, template, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: RemitRequest) -> HttpResponse:
    at = clock.now()
    form = LevelForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        set_opel(given["party"], given["level"], by=request.actor, at=at)
        messages.success(request, _("OPEL %(level)s is set.") % given)
        return redirect("authority:levels")
    page = queries.levels(seen_by=request.actor, at=at)
    return render(request, "authority/levels.jinja", {"levels": page, "form": form}, status=422 if form.errors else 200)


@login_required
@require_safe
def scheme(request: RemitRequest, code: str) -> HttpResponse:
    page = scheme_page(code, seen_by=request.actor, at=clock.now())
    return render(request, "authority/scheme.jinja", {"page": page})
