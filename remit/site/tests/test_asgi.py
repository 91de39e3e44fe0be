from __future__ import annotations

import asyncio
from typing import Any

import pytest

from remit.site.asgi import application


def ask(path: str) -> int:
    """The status of a GET, asked of the ASGI application itself."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1")],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }
    asyncio.run(application(scope, receive, send))
    return int(sent[0]["status"])


@pytest.mark.parametrize("path", ["/live", "/live/anything"])
def test_the_address_of_streams_is_kept_for_them(path):
    assert ask(path) == 404


def test_all_else_goes_to_django():
    assert ask("/static/built/nhsuk.css") == 200
    assert ask("/lively") == 404
