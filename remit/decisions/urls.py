"""Addresses of decisions."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "decisions"


def show(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("decisions/<uuid:decision_id>/", show, name="show")]
