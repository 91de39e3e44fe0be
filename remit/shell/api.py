"""What every endpoint of the API shares: who calls, and what a refusal looks like."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja import Schema
from pydantic import ConfigDict

from remit.kernel.actor import Actor
from remit.shell.requests import RemitRequest


class Refusal(Schema):
    """What is said where something is refused: a code for machines, words for people."""

    code: str
    words: str

    model_config = ConfigDict(extra="allow")


REFUSALS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), Refusal)


def actor_of_request(request: HttpRequest) -> Actor:
    """Who calls, in the capacity chosen."""
    return cast(RemitRequest, request).actor
