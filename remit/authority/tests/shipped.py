"""The files that Remit ships, and the words of the network, read as they stand."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path

from remit.authority.rules.reading import read_scheme, read_taxonomy
from remit.authority.rules.scheme import Scheme
from remit.authority.rules.taxonomy import Taxonomy
from remit.authority.rules.vocabulary import Vocabulary

HERE = Path(__file__).parent
DATA = HERE.parent / "data"
ROLES = HERE.parents[1] / "network" / "data" / "roles.toml"
BODIES = frozenset(
    {
        "board",
        "finance-committee",
        "audit-committee",
        "quality-committee",
        "executive-committee",
        "partnership-board",
        "joint-committee",
    }
)
SCHEMES = sorted(path.stem for path in (DATA / "schemes").glob("*.toml"))


@cache
def vocabulary() -> Vocabulary:
    """The roles, groups and kinds of unit that the network ships, and the bodies that every template names."""
    words = tomllib.loads(ROLES.read_text())
    codes = {name: frozenset(one["code"] for one in words[name]) for name in ("role", "group", "kind")}
    return Vocabulary(roles=codes["role"], role_groups=codes["group"], unit_kinds=codes["kind"], bodies=BODIES)


@cache
def taxonomy() -> Taxonomy:
    return read_taxonomy((DATA / "taxonomies/health-2026.toml").read_text(), file="health-2026.toml")


@cache
def scheme(name: str) -> Scheme:
    text = (DATA / f"schemes/{name}.toml").read_text()
    return read_scheme(text, file=f"{name}.toml", taxonomy=taxonomy(), vocabulary=vocabulary())


def cells() -> list[dict[str, str]]:
    """The 63 cells of the composite scheme's table, row by row."""
    with (HERE / "composite_scheme.csv").open(newline="") as file:
        return list(csv.DictReader(file))
