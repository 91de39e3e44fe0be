"""What the frame round every page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for every template: who acts, and whether all this is made up."""
    return {
        "actor": getattr(request, "actor", None),
        "demonstration": settings.DEMONSTRATION,
    }
