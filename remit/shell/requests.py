"""The request as Remit's views see it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from remit.kernel.actor import Actor


class RemitRequest(HttpRequest):
    """A request of someone signed in, acting in one capacity."""

    actor: Actor
    person_id: UUID | None
    htmx: HtmxDetails
