"""In which capacity someone acts: one appointment at a time, chosen in the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from remit.kernel import clock
from remit.network import queries
from remit.network.queries.snapshots import one_picture
from remit.shell.requests import RemitRequest

ACTING_IN = "acting_in"  # the session's key for the chosen appointment


class ActingMiddleware:
    """Puts `request.actor` and `request.person_id` on every request of someone signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_picture():
            return self._act(request)

    def _act(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            mine = cast(RemitRequest, request)
            mine.person_id = request.user.person_id
            mine.actor = queries.actor_of(request.user, chosen=request.session.get(ACTING_IN), at=clock.now())
        return self.get_response(request)
