"""The one place where a refusal becomes a page, a partial or JSON."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from remit.kernel.errors import RemitError

NUL, NUL_IN_JSON = "\x00", rb"\u0000"
REGION = "#refusals"  # where the frame shows a refusal that came by a partial update


class RefusalMiddleware:
    """Turns a RemitError that a view lets through into words for whoever asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _holds_nul(request):
            return not_understood(request, None)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, RemitError):
            return None
        return refusal(request, error.status, error.words(), code=error.code, details=error.details())


def _holds_nul(request: HttpRequest) -> bool:
    """Whether the address, or JSON that came, holds a character that nobody types and PostgreSQL does not take."""
    if NUL in request.path_info or NUL in unquote(request.META.get("QUERY_STRING", "")):
        return True
    return request.content_type == "application/json" and NUL_IN_JSON in request.body


def refusal(
    request: HttpRequest,
    status: HTTPStatus,
    words: str,
    *,
    code: str,
    details: dict[str, Any] | None = None,
    also: tuple[str, ...] = (),
) -> HttpResponse:
    """Answer a refusal as whoever asked can read it.

    Args:
        also: further sentences for a page, below the words.
    """
    if wants_json(request):
        return JsonResponse({"code": code, "words": words, **(details or {})}, status=status)
    context = {"title": title_of(status), "words": words, "detail": also}
    if getattr(request, "htmx", False):
        response = render(request, "shell/_refusal.jinja", context, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = REGION, "innerHTML show:top"
        return response
    return render(request, "shell/refusal.jinja", context, status=status)


def as_json(error: RemitError) -> dict[str, object]:
    """The body that the API gives for a refusal."""
    return {"code": error.code, "words": error.words(), **error.details()}


def wants_json(request: HttpRequest) -> bool:
    """Whether a machine asks."""
    return request.path.startswith("/api/") or (
        request.accepts("application/json") and not request.accepts("text/html")
    )


def title_of(status: HTTPStatus) -> str:
    """What a page of refusal is called."""
    match status:
        case HTTPStatus.FORBIDDEN:
            return _("This is not yours to do")
        case HTTPStatus.NOT_FOUND:
            return _("There is nothing here")
        case HTTPStatus.CONFLICT:
            return _("This has moved on")
        case HTTPStatus.BAD_REQUEST:
            return _("This was not understood")
        case _:
            return _("This cannot be done as it is")


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: an address that leads nowhere."""
    words = _("No page has this address, or it is not open to you. Check the address, or go home.")
    return refusal(request, HTTPStatus.NOT_FOUND, words, code="not-found")


@requires_csrf_token
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 from Django itself."""
    words = _("Your post does not open this. Nothing was changed. You may hold another post in which it does.")
    return refusal(request, HTTPStatus.FORBIDDEN, words, code="not-allowed")


@requires_csrf_token
def not_understood(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """400: what came was not what a browser sends."""
    words = _(
        "Remit could not read what was sent. Nothing was changed. Go back, load the page again, and try once more."
    )
    return refusal(request, HTTPStatus.BAD_REQUEST, words, code="not-understood")


@requires_csrf_token
def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the check against forged forms: in practice a page that stood open too long."""
    words = _(
        "This page stood open too long to be trusted. Nothing was changed. Go back, load it again, and send it again."
    )
    also = (_("What you wrote is still on the page before this one: copy it first if it is long."),)
    return refusal(request, HTTPStatus.FORBIDDEN, words, code="form-too-old", also=also)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500: a fault of Remit's own. Rendered without the request, so that nothing else can fail."""
    if wants_json(request):
        words = _("Something went wrong on our side. Nothing was changed.")
        return JsonResponse({"code": "fault", "words": words}, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    return HttpResponse(render_to_string("shell/fault.jinja"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
