"""The parties of a demonstration system, their units, and what lies across them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from remit.network.rules.arriving import DependencyRow, GroupRow, MembershipRow, PartyRow, RoleRow, SiteRow, UnitRow
from remit.site.demonstration.files import local, table, toml, vocabulary


def groups() -> tuple[GroupRow, ...]:
    """The groups of roles, as the network's own data has them."""
    return tuple(GroupRow(line["code"], line["name"]) for line in vocabulary()["group"])


def roles() -> tuple[RoleRow, ...]:
    """The roles, as the network's own data has them."""
    return tuple(
        RoleRow(line["code"], line["name"], groups=tuple(line.get("groups", ()))) for line in vocabulary()["role"]
    )


def parties() -> tuple[PartyRow, ...]:
    """Organisations first, then the systems that convene them."""
    world = toml("marchland")
    opened: date = world["founded_on"]
    organisations = [PartyRow(o["code"], o["name"], "organisation", o["kind"]) for o in world["organisation"]]
    systems = [PartyRow(s["code"], s["name"], "system", s["kind"], s["convenor"], opened) for s in world["system"]]
    return (*organisations, *systems)


def memberships() -> tuple[MembershipRow, ...]:
    """Who belongs to which system, and since when."""
    return tuple(
        MembershipRow(line["system"], member, local(line["from"]))
        for line in toml("marchland")["membership"]
        for member in line["members"]
    )


def units(size: str) -> tuple[UnitRow, ...]:
    """Every unit, each after the unit above it."""
    lines = [*table("units"), *(_grown() if size == "large" else ())]
    places: dict[str, int] = defaultdict(int)
    rows = []
    for line in lines:
        organisation, code = line["organisation"], line["code"]
        parent = f"{organisation}/{line['parent']}" if line["parent"] else ""
        rows.append(
            UnitRow(f"{organisation}/{code}", organisation, code, parent, line["kind"], line["name"], places[parent])
        )
        places[parent] += 1
    return tuple(rows)


def _grown() -> Iterator[dict[str, str]]:
    for line in table("growth"):
        for n in range(int(line["first"]), int(line["last"]) + 1):
            yield line | {"code": line["code"].format(n=n), "name": line["name"].format(n=n)}


def dependencies(all_units: tuple[UnitRow, ...]) -> tuple[DependencyRow, ...]:
    """What relies on what, since the system was founded."""
    since = local(toml("marchland")["founded_on"])
    return tuple(
        DependencyRow(unit.ref, line["relies_on"], since)
        for line in table("dependencies")
        for unit in all_units
        if unit.organisation == line["organisation"] and (unit.kind == line["kind"] or unit.code == line["unit"])
    )


def sites() -> tuple[SiteRow, ...]:
    """The places that several organisations share."""
    world = toml("marchland")
    since = local(world["founded_on"])
    return tuple(SiteRow(s["code"], s["name"], tuple(s["units"]), since) for s in world["site"])
