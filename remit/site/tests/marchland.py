"""Marchland as the tests use it: made once, and laid down without a database."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from remit.authority.rules.reading import adopted_by, read_scheme, read_taxonomy
from remit.authority.rules.scheme import Scheme
from remit.authority.rules.taxonomy import Taxonomy
from remit.authority.rules.world import World as Authorities
from remit.network.rules import ordinary_hours, rows
from remit.network.rules.arriving import BodyRow
from remit.network.rules.build import NetworkRows
from remit.network.rules.snapshot import Snapshot, snapshot_of
from remit.site.demonstration.files import toml
from remit.site.demonstration.rows import World
from remit.site.demonstration.world import make_world

MADE_ON = date(2026, 11, 22)
REMIT = Path(__file__).resolve().parents[2]
AUTHORITY = REMIT / "authority" / "data"


@cache
def marchland(size: str = "small", seed: int = 7) -> World:
    """One world of each size and seed."""
    return make_world(seed=seed, size=size, made_on=MADE_ON)


@cache
def schemes() -> dict[str, Scheme]:
    """The scheme of each party, by its code."""
    facts = toml("marchland")
    found = {}
    for party in (*facts["organisation"], *facts["system"]):
        if "scheme" in party:
            file = AUTHORITY / "schemes" / f"{party['scheme']}.toml"
            scheme = read_scheme(file.read_text(encoding="utf-8"), file=file.name, taxonomy=taxonomy())
            found[party["code"]] = adopted_by(scheme, party["code"], starts_at=scheme.starts_at, ends_at=None)
    return found


@cache
def taxonomy() -> Taxonomy:
    """The matters that the schemes name."""
    return read_taxonomy((AUTHORITY / "taxonomies" / "health-2026.toml").read_text(encoding="utf-8"), file="health")


@cache
def authorities() -> Authorities:
    """The small world with its schemes in force."""
    return Authorities.of(snapshot(), taxonomies=[taxonomy()], schemes=list(schemes().values()))


@cache
def snapshot() -> Snapshot:
    """The small world, with the codes of its rows as their ids."""
    world = marchland().rows
    hours = (REMIT / "network" / "data" / "working-hours.toml").read_text(encoding="utf-8")
    ordinary = ordinary_hours.hours_of(ordinary_hours.read_hours(hours), zone="Europe/London", nation="ENG")
    return snapshot_of(
        NetworkRows(
            parties=[
                rows.PartyRow(p.code, p.code, p.name, p.kind, p.sort, p.convenor or None, ordinary)
                for p in world.parties
            ],
            memberships=[rows.MembershipRow(m.system, m.member, m.starts_at, m.ends_at) for m in world.memberships],
            units=[
                rows.UnitRow(u.ref, u.organisation, u.parent or None, u.kind, u.code, u.name, u.position)
                for u in world.units
            ],
            dependencies=[rows.DependencyRow(d.unit, d.relies_on, d.starts_at) for d in world.dependencies],
            roles=[rows.RoleRow(r.code, r.name, r.groups) for r in world.roles],
            posts=[rows.PostRow(p.ref, p.role, p.unit) for p in world.posts],
            people=[(p.code, p.name) for p in world.people],
            appointments=[
                rows.AppointmentRow(a.code, a.person, a.post, a.kind, a.starts_at, a.ends_at)
                for a in world.appointments
            ],
            duty=[rows.DutyRow(d.person, d.starts_at, d.ends_at, d.kind, d.post or None) for d in world.duty],
            absences=[rows.AbsenceRow(a.person, None, a.starts_at, a.ends_at) for a in world.absences],
            interests=[rows.InterestRow(i.person, i.party or None, i.supplier, i.starts_at) for i in world.interests],
            bodies=[rows.BodyRow(b.ref, b.code, b.party, b.name, _quorum(b), b.in_writing) for b in world.bodies],
            members=[rows.BodyMemberRow(m.body, m.post, starts_at=m.starts_at) for m in world.members],
            sittings=[rows.SittingRow(s.body, s.starts_at, s.public) for s in world.sittings],
        ),
        edition=1,
    )


def _quorum(body: BodyRow) -> rows.QuorumRule:
    share = body.quorum.get("share")
    return rows.QuorumRule(body.quorum.get("number", 1), Fraction(share) if share else None, body.quorum.get("of", {}))
