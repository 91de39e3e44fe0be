"""The assembled API, at `/api/`, with its description at `/api/docs`."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth

from remit.authority.api import router as authority
from remit.decisions.api import router as decisions
from remit.kernel.errors import RemitError
from remit.site.refusals import as_json


class SignedIn(SessionAuth):
    """The session of a browser that is signed in; a POST carries its CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> object | None:
        return request.user if request.user.is_authenticated else None


api = NinjaAPI(
    title="Remit",
    version="1",
    description="Who may decide, what was decided, and the record of it.",
    auth=SignedIn(csrf=True),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/authority", authority)
api.add_router("/decisions", decisions)


@api.exception_handler(RemitError)
def refuse(request: HttpRequest, refusal: RemitError) -> HttpResponse:
    return api.create_response(request, as_json(refusal), status=refusal.status)


@api.exception_handler(ValidationError)
def refuse_input(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    fields = {".".join(map(str, error["loc"][1:])): error["msg"] for error in fault.errors}
    body = {"code": "not-valid", "words": "Something in the request cannot be used.", "fields": fields}
    return api.create_response(request, body, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(AuthenticationError)
def refuse_stranger(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    body = {"code": "signed-out", "words": "Sign in first."}
    return api.create_response(request, body, status=HTTPStatus.UNAUTHORIZED)


@api.exception_handler(Http404)
def refuse_missing(request: HttpRequest, fault: Http404) -> HttpResponse:
    body = {"code": "not-found", "words": "There is no such thing, or it is not open to you."}
    return api.create_response(request, body, status=HTTPStatus.NOT_FOUND)


@api.exception_handler(HttpError)
def refuse_other(request: HttpRequest, fault: HttpError) -> HttpResponse:
    return api.create_response(request, {"code": "refused", "words": fault.message}, status=fault.status_code)
