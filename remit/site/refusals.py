"""The one place where a refusal becomes a page, a partial or JSON."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from remit.kernel.errors import RemitError


class RefusalMiddleware:
    """Turns a RemitError that a view lets through into words for whoever asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, RemitError):
            return None
        if request.path.startswith("/api/") or request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse(as_json(error), status=error.status)
        template = "shell/_refusal.jinja" if getattr(request, "htmx", False) else "shell/refusal.jinja"
        return render(request, template, {"error": error, "words": error.words()}, status=error.status)


def as_json(error: RemitError) -> dict[str, object]:
    """The body that the API gives for a refusal."""
    return {"code": error.code, "words": error.words(), **error.details()}
