"""Pages of the network."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.kernel import clock
from remit.network.queries import pages
from remit.shell.requests import RemitRequest


@login_required
@require_safe
def index(request: RemitRequest) -> HttpResponse:
    page = pages.index_page(seen_by=request.actor, at=clock.now())
    return render(request, "network/index.jinja", {"page": page})


@login_required
@require_safe
def party(request: RemitRequest, code: str) -> HttpResponse:
    page = pages.party_page(code, seen_by=request.actor, at=clock.now())
    return render(request, "network/party.jinja", {"page": page})


@login_required
@require_safe
def person(request: RemitRequest, person_id: UUID) -> HttpResponse:
    page = pages.person_page(person_id, seen_by=request.actor, at=clock.now())
    return render(request, "network/person.jinja", {"page": page})
