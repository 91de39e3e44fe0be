"""The places of the main navigation. Whoever stands at the top names them; the frame shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the navigation: words, and the name of its address."""

    words: str | Promise
    url_name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as one page shows it; `here` is what `aria-current` says of it."""

    words: str
    url: str
    here: str = ""


_places: list[Place] = []


def lay_out(*places: Place) -> None:
    """Set the places, in their order."""
    _places[:] = places


def shown_on(path: str) -> tuple[Shown, ...]:
    """The places as the page at `path` shows them: *page* for itself, *true* for what lies under a place."""
    return tuple(_shown(place, path) for place in _places)


def _shown(place: Place, path: str) -> Shown:
    url = reverse(place.url_name)
    if path == url:
        here = "page"
    elif url != "/" and path.startswith(url):
        here = "true"
    else:
        here = ""
    return Shown(str(place.words), url, here)
