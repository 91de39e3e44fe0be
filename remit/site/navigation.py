"""Where one can go from every page. The site knows all the rooms, so they are laid out here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from remit.shell.navigation import Place, lay_out

PLACES = (
    Place(_("My remit"), "home"),
    Place(_("Who can decide?"), "authority:who"),
    Place(_("Decisions"), "decisions:register"),
    Place(_("Network"), "network:index"),
)


def lay_out_places() -> None:
    lay_out(*PLACES)
