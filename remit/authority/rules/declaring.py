"""Levels and incidents, and the roles that may declare them: from data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("remit.authority").joinpath("data/conditions.toml").read_text(encoding="utf-8")
    )


LEVELS: tuple[int, ...] = tuple(_rules()["opel"]["levels"])


def incident_kinds() -> dict[str, str]:
    """Kinds of incident by code, each as words: *a critical incident*."""
    return dict(_rules()["incident"]["kinds"])


def declarers(kind: str) -> frozenset[str]:
    """Codes of the roles that may set a level (`opel`) or declare an incident (`incident`)."""
    return frozenset(_rules()[kind]["roles"])
