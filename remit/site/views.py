"""Pages that mix apps."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.authority.queries import opel_of
from remit.kernel import clock
from remit.network.queries.pages import unit_page
from remit.promises.queries import promises_at
from remit.shell.requests import RemitRequest


@login_required
@require_safe
def home(request: RemitRequest) -> HttpResponse:
    return render(request, "site/home.jinja", {})


@login_required
@require_safe
def unit(request: RemitRequest, party_code: str, code: str) -> HttpResponse:
    at = clock.now()
    page = unit_page(party_code, code, seen_by=request.actor, at=at)
    shown = {
        "page": page,
        "level": opel_of(page.unit_id, at=at),
        "decided": (),
        "promises": promises_at(page.unit_id, seen_by=request.actor, at=at),
    }
    return render(request, "site/unit.jinja", shown)
