"""The kinds of unit: those that the data name, and those in use."""

from __future__ import annotations

import tomllib
from pathlib import Path

from remit.network.models import Unit

_words = tomllib.loads((Path(__file__).resolve().parents[1] / "data" / "roles.toml").read_text(encoding="utf-8"))


def unit_kinds() -> frozenset[str]:
    """Codes of every kind of unit that a scheme may name."""
    return frozenset(row["code"] for row in _words["kind"]) | frozenset(
        Unit.objects.order_by().values_list("kind", flat=True).distinct()
    )
