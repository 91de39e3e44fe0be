"""Leafing through a long list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page this is, of how many, and the addresses before and after."""

    number: int
    of: int
    before_url: str = ""
    after_url: str = ""


def pager_of(request: HttpRequest, *, number: int, of: int) -> Pager:
    """Make the addresses of the neighbours, keeping every other question of the address."""

    def at(page: int) -> str:
        kept = [(key, value) for key, values in request.GET.lists() for value in values if key != "page"]
        return f"{request.path}?{urlencode([*kept, ('page', page)])}"

    return Pager(number, of, at(number - 1) if number > 1 else "", at(number + 1) if number < of else "")
