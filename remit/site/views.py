"""Pages that mix apps."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from remit.shell.requests import RemitRequest


@login_required
def home(request: RemitRequest) -> HttpResponse:
    return render(request, "site/home.jinja", {})
