"""A scheme as people read it: its clauses in order, each with what it lets whom do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from remit.authority.models import SchemeVersion
from remit.authority.queries.holdings import quantity_of
from remit.authority.queries.worlds import scheme_of, taxonomies
from remit.authority.rules.amounts import units
from remit.authority.rules.places import how_much
from remit.authority.rules.scheme import Grant, Holder, Reservation, Scheme
from remit.authority.rules.taxonomy import Taxonomy
from remit.kernel import words
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound
from remit.network.access import STAFF, require
from remit.network.models import Party
from remit.network.queries import present
from remit.network.rules.snapshot import Snapshot
from remit.shell.presenters import Link


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its own words, and what Remit reads in it."""

    number: str
    words: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemePage:
    """The scheme in force for a party, with its other versions."""

    title: str
    party: Link
    edition: str
    source: str
    since: str
    residual: str
    clauses: tuple[Clause, ...]
    others: tuple[str, ...]


def scheme_page(code: str, *, seen_by: Actor, at: datetime) -> SchemePage:
    """The scheme that a party goes by now. Raises: NotFound, where it has none."""
    require(seen_by, STAFF, at=at)
    party = Party.objects.filter(code=code).first()
    rows = list(SchemeVersion.objects.filter(party=party).select_related("party", "taxonomy").order_by("-starts_at"))
    adopted = [row for row in rows if row.status == SchemeVersion.Status.ADOPTED]
    row = next((r for r in adopted if r.starts_at and r.starts_at <= at and not (r.ends_at and r.ends_at <= at)), None)
    if party is None or row is None:
        raise NotFound("scheme")
    scheme = scheme_of(row)
    taxonomy = next(t for t in taxonomies() if t.name == row.taxonomy.key)
    return SchemePage(
        title=scheme.title,
        party=Link(party.name, reverse("network:party", args=[party.code])),
        edition=scheme.edition,
        source=scheme.source,
        since=words.day(row.starts_at) if row.starts_at else "",
        residual=_holder(scheme.residual, present(at=at)),
        clauses=_clauses(scheme, taxonomy, present(at=at)),
        others=tuple(_version(other, at) for other in rows if other is not row),
    )


def _clauses(scheme: Scheme, taxonomy: Taxonomy, snapshot: Snapshot) -> tuple[Clause, ...]:
    said: dict[str, dict[str, None]] = {number: {} for number in scheme.clauses}
    for grant in scheme.grants:
        said.setdefault(grant.clause, {})[_grant(grant, taxonomy, snapshot)] = None
    for kept in scheme.reservations:
        said.setdefault(kept.clause, {})[_reservation(kept, taxonomy, snapshot)] = None
    return tuple(
        Clause(number, scheme.clauses.get(number, ""), tuple(said[number])) for number in sorted(said, key=_in_order)
    )


def _in_order(number: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in number.split(".")]


def _grant(grant: Grant, taxonomy: Taxonomy, snapshot: Snapshot) -> str:
    limits = [
        how_much(quantity, units(amount, of=code))
        for code, amount in grant.limits.items()
        if (quantity := quantity_of(taxonomy, grant.matter, code))
    ]
    title = taxonomy.matters[grant.matter].title
    up_to = f", up to {words.joined(limits)}" if limits else ""
    return words.sentence(f"{_holder(grant.holder, snapshot)} may {grant.may.value}: {title}{up_to}")


def _reservation(kept: Reservation, taxonomy: Taxonomy, snapshot: Snapshot) -> str:
    above = [
        how_much(quantity, units(amount, of=code))
        for code, amount in kept.above.items()
        if (quantity := quantity_of(taxonomy, kept.matter, code))
    ]
    past = f", above {words.joined(above)}" if above else ""
    title = taxonomy.matters[kept.matter].title
    return f"Reserved to the {_holder(Holder(body=kept.body), snapshot)}: {title}{past}."


def _holder(holder: Holder, snapshot: Snapshot) -> str:
    if holder.body:
        code = holder.body.rpartition("/")[2]
        return next((b.name.lower() for b in snapshot.bodies.by_id.values() if b.code == code), code.replace("-", " "))
    role = next((role.name for role in snapshot.roles if role.code == holder.role), "")
    role = role or holder.role_group.removesuffix("-level").replace("-", " ")
    place = holder.at_unit.rpartition("/")[2].replace("-", " ") or holder.at_kind
    return f"{role} at {place}" if holder.at_unit else f"{role} of the {place}" if place else role


def _version(row: SchemeVersion, at: datetime) -> str:
    if row.status == SchemeVersion.Status.DRAFT:
        return f"Edition {row.edition}: a draft"
    since = words.day(row.starts_at) if row.starts_at else ""
    until = f" until {words.day(row.ends_at)}" if row.ends_at else ""
    return f"Edition {row.edition}: from {since}{until}"
