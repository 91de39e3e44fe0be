"""Where the page of a thing is, found by its kind, so that what stands below need not know what stands above."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

_pages: dict[str, str] = {}


def register(kind: str, url_name: str) -> None:
    """Say that things of a kind (`decisions.decision`) have their page at `url_name`, by id."""
    if _pages.setdefault(kind, url_name) != url_name:
        raise ValueError(f"Two pages for {kind!r}.")


def address(kind: str, subject_id: UUID | None) -> str:
    """The address of a thing's page, or nothing where it has none."""
    if subject_id is None or kind not in _pages:
        return ""
    return reverse(_pages[kind], args=[subject_id])
