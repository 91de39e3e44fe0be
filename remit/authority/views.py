"""*Who can decide?*: asked in an address, so that an answer can be sent on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.authority.question_page import asking_page
from remit.kernel import clock
from remit.shell.requests import RemitRequest


@login_required
@require_safe
def who(request: RemitRequest) -> HttpResponse:
    page = asking_page(request.GET, seen_by=request.actor, at=clock.now())
    template = "authority/_found.jinja" if request.htmx and request.htmx.target == "found" else "authority/who.jinja"
    return render(request, template, {"page": page})
