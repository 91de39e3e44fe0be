"""The assembled API: described whole, refusing in JSON."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from remit.kernel import clock
from remit.site.api import api
from remit.testing.small_system import MORNING

BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"
OPERATIONS = [
    (path, method, operation)
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method, operation in methods.items()
]
NAMES = [f"{method} {path}" for path, method, _ in OPERATIONS]


@pytest.fixture
def client(small):
    with clock.stopped_at(MORNING):
        client = Client(raise_request_exception=False)
        client.force_login(small.account("bronagh"), BY_PASSWORD)
        yield client


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_says_what_it_does_and_what_it_refuses(path, method, operation):
    assert operation["summary"]
    assert operation["description"]
    assert operation["security"]
    assert {"401", "404", "422"} <= set(map(str, operation["responses"]))


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_refuses_strangers_in_json(path, method, operation):
    address = path.replace("{decision_id}", "00000000-0000-4000-8000-000000000000")
    refused = getattr(Client(), method)(address)

    assert refused.status_code == HTTPStatus.UNAUTHORIZED
    assert refused.json() == {"code": "signed-out", "words": "Sign in first."}


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("get", "/api/nowhere", 404, "not-found"),
        ("get", "/api/decisions/00000000-0000-4000-8000-000000000000", 404, "not-found"),
        ("get", "/api/decisions/not-an-id", 404, "not-found"),
        ("get", "/api/decisions?page=0", 422, "not-valid"),
        ("get", "/api/decisions?status=castle", 422, "not-valid"),
        ("post", "/api/decisions", 422, "not-valid"),
    ],
)
def test_a_refusal_is_a_code_and_words(client, method, address, status, code):
    kind = {"content_type": "application/json"} if method == "post" else {}
    refused = getattr(client, method)(address, **kind)

    assert refused.status_code == status, refused.content
    assert refused["Content-Type"].startswith("application/json")
    assert refused.json()["code"] == code
    assert refused.json()["words"].endswith(".")


def test_what_an_endpoint_does_not_do_is_refused(client):
    assert client.delete("/api/decisions").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert client.get("/api/authority/route").status_code == HTTPStatus.METHOD_NOT_ALLOWED
