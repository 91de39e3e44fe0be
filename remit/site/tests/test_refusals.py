"""What someone reads when something cannot be done."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from remit.kernel.errors import NotAllowed, NotFound, NotValid, WrongState
from remit.site.refusals import REGION, RefusalMiddleware, our_fault
from remit.site.urls import handler400, handler403, handler404, handler500
from remit.site.urls import urlpatterns as every_url

REFUSALS = [
    NotFound("decision"),
    NotAllowed("Ask the site manager. Nothing was changed."),
    WrongState(found="decided", wanted="open"),
    NotValid("This is not an amount.", exposure_gbp="is not an amount"),
]


def answer(error, path="/decisions/1/", **headers):
    request = RequestFactory(headers=headers).post(path)
    cast(Any, request).htmx = headers.get("hx-request") == "true"
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, error)


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_a_page_says_what_happened_under_its_own_title(error):
    response = answer(error, accept="text/html")

    assert response.status_code == error.status
    assert error.words() in response.content.decode().replace("&#39;", "'")
    assert response.content.count(b"<h1>") == 1


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_a_partial_update_is_told_beside_what_it_left_as_it_was(error):
    response = answer(error, **{"accept": "text/html", "hx-request": "true"})

    assert response.status_code == error.status
    assert response["HX-Retarget"] == REGION
    assert b"<html" not in response.content


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
@pytest.mark.parametrize(("path", "accept"), [("/api/decisions", "*/*"), ("/decisions/1/", "application/json")])
def test_a_machine_gets_the_code(error, path, accept):
    response = answer(error, path, accept=accept)

    assert response.status_code == error.status
    assert json.loads(response.content) == {"code": error.code, "words": error.words(), **error.details()}


def test_what_is_no_refusal_stays_a_fault():
    assert answer(ZeroDivisionError()) is None


def broken(request):
    raise ZeroDivisionError


urlpatterns = [path("broken/", broken), *every_url]
__all__ = ["handler400", "handler403", "handler404", "handler500"]


@pytest.mark.django_db
@pytest.mark.urls("remit.site.tests.test_refusals")
def test_a_fault_of_our_own_says_that_nothing_was_changed():
    response = Client(raise_request_exception=False).get("/broken/")

    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Nothing was changed" in response.content.decode()


def test_a_fault_of_the_api_is_json(rf):
    assert json.loads(our_fault(rf.get("/api/decisions")).content)["code"] == "fault"


@pytest.mark.django_db
def test_an_address_that_leads_nowhere(client):
    response = client.get("/nowhere/")

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "Check the address, or go home" in response.content.decode()


@pytest.mark.django_db
def test_a_page_that_stood_open_too_long():
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "efua", "password": "x"})

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "stood open too long" in response.content.decode()


@pytest.mark.django_db
def test_something_that_no_browser_sends(client):
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "could not read what was sent" in response.content.decode()
