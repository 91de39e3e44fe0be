"""Pages that mix apps."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.kernel import clock
from remit.network.queries.pages import unit_page
from remit.shell.requests import RemitRequest


@login_required
@require_safe
def home(request: RemitRequest) -> HttpResponse:
    return render(request, "site/home.jinja", {})


@login_required
@require_safe
def unit(request: RemitRequest, party_code: str, code: str) -> HttpResponse:
    page = unit_page(party_code, code, seen_by=request.actor, at=clock.now())
    return render(request, "site/unit.jinja", {"page": page, "decided": (), "promises": ()})
