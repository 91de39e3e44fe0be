"""Small made-up worlds, drawn at random: enough of everything for answers to differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from remit.authority.rules.case import Case, Conditions
from remit.authority.rules.delegation import Delegation
from remit.authority.rules.scheme import Condition, ConditionKind, Grant, Holder, May, Reservation, Scheme
from remit.authority.rules.taxonomy import Matter, Quantity, StatedFact, Taxonomy
from remit.authority.rules.world import World
from remit.authority.tests.reference import Reference
from remit.network.rules.build import NetworkRows
from remit.network.rules.rows import (
    AbsenceRow,
    AppointmentRow,
    BodyMemberRow,
    BodyRow,
    DependencyRow,
    DutyRow,
    Id,
    InterestRow,
    MembershipRow,
    PartyRow,
    PostRow,
    QuorumRule,
    RoleRow,
    SittingRow,
    UnitRow,
    WorkingHours,
)
from remit.network.rules.snapshot import snapshot_of

NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
OFFICE = WorkingHours("Europe/London", tuple((day, time(9), time(17)) for day in range(5)), "GB-ENG")
NIGHTS = WorkingHours("Europe/London", tuple((day, time(21), time(7)) for day in range(7)))
TENURES = ("substantive", "substantive", "acting", "deputy")
KINDS = ("division", "ward")
ROLES = ("chief", "director", "manager", "nurse")
BEDS, MONEY = Quantity("beds", ("bed", "beds")), Quantity("exposure_gbp", ("pound", "pounds"))
PATHS = ("spend", "spend/revenue", "spend/revenue/agency", "estate", "estate/beds")


@dataclass(frozen=True)
class Drawn:
    """A world as it was drawn, and the case asked of it."""

    rows: NetworkRows
    taxonomy: Taxonomy
    schemes: list[Scheme]
    delegations: list[Delegation]
    conditions: Conditions
    case: Case
    at: datetime

    def world(self) -> World:
        return World.of(
            snapshot_of(self.rows, edition=1),
            taxonomies=[self.taxonomy],
            schemes=self.schemes,
            delegations=self.delegations,
            conditions=self.conditions,
        )

    def reference(self) -> Reference:
        return Reference(self.rows, self.taxonomy, self.schemes, self.delegations, self.conditions)

    def having(self, party: str, *grants: Grant) -> Drawn:
        """The same world with more grants in one party's schemes."""
        return replace(
            self,
            schemes=[
                replace(scheme, grants=(*scheme.grants, *grants)) if scheme.party == party else scheme
                for scheme in self.schemes
            ],
        )


def draw(r: Random, *, parties: int = 2) -> Drawn:
    """Draw a world."""
    rows = _network(r, parties)
    at = NIGHT + timedelta(hours=r.choice((0, 0, 1, 8, 31, 60, 500)))
    taxonomy = _taxonomy(r)
    organisations = [p for p in rows.parties if p.kind == "organisation"]
    schemes = [_scheme(r, rows, party.code) for party in organisations]
    schemes += [_pooled(r, rows, p.code) for p in rows.parties if p.kind == "system" and r.random() < 0.8]
    units = [unit.id for unit in rows.units]
    case = Case(
        matter=r.choice(PATHS),
        origin=r.choice(units),
        affected=tuple(r.sample(units, r.choice((0, 0, 1, 2)))),
        quantities={q.code: Decimal(r.choice((0, 1, 2, 3, 5, 9, 20))) for q in (BEDS, MONEY) if r.random() < 0.8},
        facts={"assessed": True} if r.random() < 0.5 else {},
        needed_by=at + timedelta(hours=r.choice((1, 6, 40, 400))) if r.random() < 0.7 else None,
        asker=r.choice(rows.people)[0],
        concerns=frozenset({"Acme Ltd"}) if r.random() < 0.3 else frozenset(),
        conflicted=frozenset({r.choice(rows.people)[0]}) if r.random() < 0.2 else frozenset(),
        shares=_shares(r, organisations),
    )
    conditions = Conditions(
        opel={p.id: r.randint(1, 4) for p in rows.parties if r.random() < 0.4},
        incidents={p.id: frozenset({"major"}) for p in rows.parties if r.random() < 0.2},
    )
    return Drawn(rows, taxonomy, schemes, _delegations(r, rows, schemes), conditions, case, at)


def _network(r: Random, parties: int) -> NetworkRows:
    organisations = [
        PartyRow(f"O{i}", f"org-{i}", f"Org {i}", sort="trust", hours=r.choice((OFFICE, NIGHTS, NIGHTS, None)))
        for i in range(parties)
    ]
    icb = PartyRow("ICB", "icb-1", "The board", sort="icb", hours=OFFICE)
    systems = [
        PartyRow("S", "system", "System", kind="system", convenor_id="ICB"),
        PartyRow("T", "place", "Place", kind="system"),
    ]
    memberships = [MembershipRow("S", "ICB"), MembershipRow("S", "T")]
    memberships += [MembershipRow(r.choice(("S", "T", "T")), p.id, *_dates(r)) for p in organisations]
    units = [UnitRow("icb-root", "ICB", None, "organisation", "root", "The board")]
    for party in organisations:
        own = [UnitRow(f"{party.id}-root", party.id, None, "organisation", "root", party.name)]
        for i in range(r.randint(1, 6)):
            parent = r.choice(own)
            hours = NIGHTS if r.random() < 0.1 else None
            own.append(UnitRow(f"{party.id}-{i}", party.id, parent.id, r.choice(KINDS), f"u{i}", f"Unit {i}", 0, hours))
        units += own
    posts = [
        PostRow(f"p{i}", r.choice(ROLES), unit.id)
        for i, unit in enumerate(u for u in units for _ in range(r.randint(2, 5)))
    ]
    posts += [PostRow(f"chief-{u.id}", "chief", u.id) for u in units if u.parent_id is None]
    people = [(f"n{i}", f"Person {i}") for i in range(len(posts) + 2)]
    appointments = [
        AppointmentRow(
            f"a{i}", r.choice(people)[0], r.choice(posts).id, r.choice(TENURES), *_dates(r),
        )
        for i in range(3 * len(posts))
    ]  # fmt: skip
    duty = []
    for person, _ in people:
        for _ in range(r.choice((0, 0, 1, 2))):
            starts = NIGHT + timedelta(hours=r.randint(-20, 40))
            post = r.choice(posts).id if r.random() < 0.3 else None
            duty.append(DutyRow(person, starts, starts + timedelta(hours=r.randint(4, 30)), "shift", post))
    absences = [
        AbsenceRow(
            r.choice(people)[0] if away else None, None if away else r.choice(appointments).id,
            NIGHT + timedelta(hours=r.randint(-9, 9)), r.choice((None, NIGHT + timedelta(hours=r.randint(10, 40)))),
        )
        for away in (r.random() < 0.5 for _ in range(r.randint(0, 3)))
    ]  # fmt: skip
    bodies, members, sittings = [], [], []
    for party in [*organisations, *systems, icb]:
        for code in ("board", "committee"):
            body = BodyRow(
                f"{code}-{party.id}", code, party.id, f"{code} of {party.name}",
                QuorumRule(r.randint(1, 2), r.choice((None, Fraction(1, 3))), {"exec": 1} if r.random() < 0.3 else {}),
                may_resolve_in_writing=r.random() < 0.3,
            )  # fmt: skip
            bodies.append(body)
            for _ in range(r.randint(1, 4)):
                by_post = r.random() < 0.6
                members.append(
                    BodyMemberRow(
                        body.id, r.choice(posts).id if by_post else None, None if by_post else r.choice(people)[0],
                        r.random() < 0.9, ("exec",) if r.random() < 0.3 else (), *_dates(r),
                    )
                )  # fmt: skip
            sittings += [
                SittingRow(body.id, NIGHT + timedelta(hours=r.randint(-5, 90))) for _ in range(r.randint(0, 2))
            ]
    return NetworkRows(
        parties=[*organisations, *systems, icb],
        memberships=memberships,
        units=units,
        dependencies=[
            DependencyRow(r.choice(units).id, r.choice(units).id, *_dates(r)) for _ in range(r.randint(0, 3))
        ],
        roles=[RoleRow(role, role, ("exec",) if role in ROLES[:2] else ()) for role in ROLES],
        posts=posts,
        people=people,
        appointments=appointments,
        duty=duty,
        absences=absences,
        interests=[
            InterestRow(r.choice(people)[0], supplier=r.choice(("Acme Ltd", "acme  LTD")))
            if r.random() < 0.7
            else InterestRow(r.choice(people)[0], r.choice(organisations).id)
            for _ in range(r.randint(0, 5))
        ],
        bodies=bodies,
        members=members,
        sittings=sittings,
    )


def _shares(r: Random, organisations: list[PartyRow]) -> dict[Id, dict[str, Decimal]]:
    """Mostly none; sometimes of one, sometimes of all."""
    sharing = r.choice(([], [], [r.choice(organisations)], organisations))
    return {party.id: {"beds": Decimal(r.choice((1, 4, 12)))} for party in sharing}


def _dates(r: Random) -> tuple[datetime | None, datetime | None]:
    """Mostly open; sometimes over, sometimes not yet begun."""
    kind = r.random()
    if kind < 0.7:
        return None, None
    starts = NIGHT + timedelta(hours=r.randint(-400, 30))
    return starts, r.choice((None, starts + timedelta(hours=r.randint(1, 600))))


def _taxonomy(r: Random) -> Taxonomy:
    matters = {}
    for path in PATHS:
        top = "/" not in path
        matters[path] = Matter(
            path, path,
            quantities=(BEDS, MONEY) if top else (),
            facts=(StatedFact("assessed", "Assessed?"),) if top else (),
            answer_within=timedelta(hours=r.choice((2, 30))) if r.random() < 0.2 else None,
            answer_in_working_time=r.random() < 0.3,
            reaches_dependants=r.random() < 0.3,
            needs_party="commissioning-icb" if r.random() < 0.05 else "",
        )  # fmt: skip
    return Taxonomy("nhs", "1", "made up", matters)


def _scheme(r: Random, rows: NetworkRows, party: str) -> Scheme:
    owner = next(p for p in rows.parties if p.code == party)
    units = [u.code for u in rows.units if u.organisation_id == owner.id]
    grants = [grant(r, f"{party}-g{i}", units) for i in range(r.randint(6, 26))]
    if not any(g.may is May.DECIDE for g in grants):
        grants.append(replace(grants[0], ref=f"{party}-g", may=May.DECIDE))
    kept = [
        Reservation(
            f"{party}-r{i}", r.choice(PATHS), f"9.{i}", r.choice(("board", "committee")),
            {} if r.random() < 0.3 else {r.choice(("beds", "exposure_gbp")): Decimal(r.choice((4, 8, 15)))},
            _when(r),
        )
        for i in range(r.choice((0, 0, 1, 2)))
    ]  # fmt: skip
    holder = Holder(role="chief", at_kind="organisation") if r.random() < 0.9 else Holder(body="board")
    return Scheme(party, party, "1", party, "made up", "nhs", holder, tuple(grants), tuple(kept))


def _pooled(r: Random, rows: NetworkRows, party: str) -> Scheme:
    bodies = Holder(body="board"), Holder(body="committee"), Holder(role="chief", at_unit="org-0/root")
    grants = [replace(grant(r, f"{party}-g{i}", ["root"]), holder=r.choice(bodies)) for i in range(r.randint(1, 4))]
    grants = [replace(one, co_signers=(), delegable=False) for one in grants]
    return Scheme(party, party, "1", party, "made up", "nhs", Holder(body="board"), tuple(grants), pooled=True)


def grant(r: Random, ref: str, units: list[str], matter: str = "") -> Grant:
    """Draw a grant."""
    holder = r.choice(
        (
            Holder(role=r.choice(ROLES), at_kind=r.choice(("organisation", *KINDS))),
            Holder(role=r.choice(ROLES), at_kind=r.choice(("organisation", *KINDS))),
            Holder(role=r.choice(ROLES), at_kind=r.choice(("organisation", *KINDS))),
            Holder(role=r.choice(ROLES), at_unit=r.choice(units)),
            Holder(role_group="exec", at_kind=r.choice(("organisation", *KINDS))),
            Holder(body=r.choice(("board", "committee", "system/board"))),
        )
    )
    second = r.choice(
        (
            Holder(role=r.choice(ROLES), at_kind="organisation"),
            Holder(role=r.choice(ROLES)),
            Holder(role="chief", at_unit=r.choice(units)),
            Holder(body="committee"),
        )
    )
    starts_at, ends_at = _dates(r)
    return Grant(
        ref, matter or r.choice(PATHS), f"{r.randint(1, 4)}.{r.randint(1, 3)}", holder,
        may=May.DECIDE if r.random() < 0.9 else May.RATIFY,
        limits={q.code: Decimal(r.choice((1, 3, 5, 10, 20))) for q in (BEDS, MONEY) if r.random() < 0.5},
        when=_when(r),
        co_signers=(second,) if r.random() < 0.15 else (),
        answer_within=timedelta(hours=r.choice((1, 8, 30, 200))) if r.random() < 0.3 else None,
        answer_in_working_time=r.random() < 0.3,
        delegable=r.random() < 0.7,
        deputies=r.random() < 0.8,
        order=r.choice((None, None, None, 1, 2)),
        starts_at=starts_at,
        ends_at=ends_at,
    )  # fmt: skip


def _when(r: Random) -> tuple[Condition, ...]:
    return r.choice(
        (
            (), (), (), (),
            (Condition(ConditionKind.OPEL, "3"),),
            (Condition(ConditionKind.INCIDENT, "any"),),
            (Condition(ConditionKind.FACT, "assessed"),),
        )
    )  # fmt: skip


def _delegations(r: Random, rows: NetworkRows, schemes: list[Scheme]) -> list[Delegation]:
    found: list[Delegation] = []
    for scheme in schemes:
        for one in scheme.grants:
            if one.holder.body or scheme.pooled or r.random() < 0.6:
                continue
            post, receiver = r.choice(rows.posts), r.choice(rows.posts)
            kind = r.random()
            starts_at, ends_at = _dates(r)
            delegation = Delegation(
                f"d{len(found)}", scheme.party, one.ref, from_post=post.id,
                to_post=receiver.id if kind < 0.5 else None,
                to_person=r.choice(rows.people)[0] if 0.5 <= kind < 0.8 else None,
                to_body="board" if kind >= 0.8 else "",
                within=r.choice(rows.units).id if r.random() < 0.3 else None,
                limits={"beds": Decimal(r.choice((1, 4)))} if r.random() < 0.5 else {},
                starts_at=starts_at, ends_at=ends_at,
                revoked_at=NIGHT - timedelta(hours=1) if r.random() < 0.1 else None,
                passable=r.random() < 0.7,
            )  # fmt: skip
            found.append(delegation)
            if r.random() < 0.5:
                found.append(
                    Delegation(
                        f"d{len(found)}", scheme.party, delegation.ref, to_post=r.choice(rows.posts).id,
                        limits={"exposure_gbp": Decimal(2)} if r.random() < 0.5 else {},
                    )
                )  # fmt: skip
    return found
