"""Pages that mix apps."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.authority.queries import opel_of
from remit.decisions.queries.lists import decided_at_unit
from remit.kernel import clock
from remit.network.models import Account
from remit.network.queries import name_of
from remit.network.queries.pages import unit_page
from remit.promises.queries import promises_at
from remit.shell.requests import RemitRequest
from remit.site.my_remit import my_remit
from remit.site.record import record_page
from remit.site.status import status_facts


@login_required
@require_safe
def home(request: RemitRequest) -> HttpResponse:
    at = clock.now()
    technical = cast(Account, request.user).is_technical
    page = my_remit(name_of(request.person_id, at=at), seen_by=request.actor, at=at, is_technical=technical)
    return render(request, "site/home.jinja", {"page": page})


@login_required
@require_safe
def unit(request: RemitRequest, party_code: str, code: str) -> HttpResponse:
    at = clock.now()
    page = unit_page(party_code, code, seen_by=request.actor, at=at)
    shown = {
        "page": page,
        "level": opel_of(page.unit_id, at=at),
        "decided": decided_at_unit(page.unit_id, seen_by=request.actor, at=at),
        "promises": promises_at(page.unit_id, seen_by=request.actor, at=at),
    }
    return render(request, "site/unit.jinja", shown)


@login_required
@require_safe
def record(request: RemitRequest, code: str) -> HttpResponse:
    given = request.GET.get("upto", "")
    page = record_page(
        code,
        upto=int(given) if given.isdecimal() else None,
        check="check" in request.GET,
        seen_by=request.actor,
        at=clock.now(),
    )
    return render(request, "site/record.jinja", {"page": page})


@login_required
@require_safe
def status(request: RemitRequest) -> HttpResponse:
    return render(request, "site/status.jinja", {"facts": status_facts(cast(Account, request.user))})
