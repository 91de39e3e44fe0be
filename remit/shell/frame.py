"""What the frame round every page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from remit.shell import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for every template: who acts, where they can go, and whether all this is made up."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "places": navigation.shown_on(request.path) if actor else (),
        "demonstration": settings.DEMONSTRATION,
        "language": get_language(),
    }
