"""A small trust by hand, with its neighbours, for tests that tell a story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from remit.authority.rules.case import CALM, Case, Conditions
from remit.authority.rules.delegation import Delegation
from remit.authority.rules.routing import route
from remit.authority.rules.scheme import Grant, Holder, Reservation, Scheme
from remit.authority.rules.taxonomy import Matter, Quantity, StatedFact, Taxonomy
from remit.authority.rules.verdict import Verdict
from remit.authority.rules.world import World
from remit.network.rules.build import NetworkRows
from remit.network.rules.rows import (
    AppointmentRow,
    BodyMemberRow,
    BodyRow,
    DependencyRow,
    DutyRow,
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

NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)  # a Sunday
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
OFFICE = WorkingHours("Europe/London", tuple((day, time(9), time(17)) for day in range(5)), "GB-ENG")
MONEY = Quantity("exposure_gbp", ("pound", "pounds"))
BEDS = Quantity("beds", ("bed", "beds"))

ROLES = {
    "nurse-in-charge": (),
    "ward-manager": (),
    "matron": (),
    "site-manager": (),
    "lab-manager": (),
    "director": ("executive",),
    "finance-director": ("executive",),
    "chief-executive": ("executive",),
}


def after(hours: float) -> datetime:
    return NIGHT + timedelta(hours=hours)


def duty(person: str, begins: float, ends: float, kind: str = "shift", post: str | None = None) -> DutyRow:
    return DutyRow(person, after(begins), after(ends), kind, post)


NETWORK = NetworkRows(
    parties=[
        PartyRow("F", "fenmoor", "Fenmoor Hospitals", sort="acute-trust", hours=OFFICE),
        PartyRow("H", "heron", "Heron Community Trust", sort="community-trust", hours=OFFICE),
        PartyRow("B", "marchland-icb", "Marchland Integrated Care Board", sort="icb", hours=OFFICE),
        PartyRow("M", "marchland", "Marchland", kind="system", convenor_id="B"),
    ],
    memberships=[MembershipRow("M", party) for party in "FHB"],
    units=[
        UnitRow("F", "F", None, "organisation", "fenmoor", "Fenmoor Hospitals"),
        UnitRow("north", "F", "F", "hospital", "north", "North Fen Hospital"),
        UnitRow("south", "F", "F", "hospital", "south", "South Fen Hospital"),
        UnitRow("med", "F", "north", "division", "med", "Medicine"),
        UnitRow("w7", "F", "med", "ward", "w7", "Ward 7"),
        UnitRow("w8", "F", "med", "ward", "w8", "Ward 8"),
        UnitRow("w20", "F", "south", "ward", "w20", "Ward 20"),
        UnitRow("lab", "F", "F", "department", "lab", "Laboratory"),
        UnitRow("H", "H", None, "organisation", "heron", "Heron Community Trust"),
        UnitRow("hw", "H", "H", "ward", "hw", "Heron ward"),
        UnitRow("B", "B", None, "organisation", "icb", "Marchland Integrated Care Board"),
    ],
    dependencies=[DependencyRow("w7", "lab"), DependencyRow("w20", "lab"), DependencyRow("w8", "w7")],
    roles=[RoleRow(code, code.replace("-", " "), groups) for code, groups in ROLES.items()],
    posts=[
        PostRow("nic7", "nurse-in-charge", "w7"),
        PostRow("wm7", "ward-manager", "w7"),
        PostRow("wm8", "ward-manager", "w8"),
        PostRow("wm20", "ward-manager", "w20"),
        PostRow("matron", "matron", "med"),
        PostRow("site-n", "site-manager", "north"),
        PostRow("site-s", "site-manager", "south"),
        PostRow("lab", "lab-manager", "lab"),
        PostRow("dir", "director", "F", "on-call director"),
        PostRow("cfo", "finance-director", "F"),
        PostRow("ceo", "chief-executive", "F"),
        PostRow("h-wm", "ward-manager", "hw"),
        PostRow("h-ceo", "chief-executive", "H"),
        PostRow("b-ceo", "chief-executive", "B"),
    ],
    people=[
        ("nia", "Nia Vale"),
        ("wyn", "Wyn Holt"),
        ("eve", "Eve Lund"),
        ("pat", "Pat Roe"),
        ("mo", "Mo Field"),
        ("sol", "Sol Tarn"),
        ("sam", "Sam Brack"),
        ("lee", "Lee Ash"),
        ("dee", "Dee Marsh"),
        ("fin", "Fin Oake"),
        ("cy", "Cy Brook"),
        ("hal", "Hal Reed"),
        ("ida", "Ida Sedge"),
    ],
    appointments=[
        AppointmentRow("a-nia", "nia", "nic7"),
        AppointmentRow("a-nia-deputy", "nia", "wm7", "deputy"),
        AppointmentRow("a-wyn", "wyn", "wm7"),
        AppointmentRow("a-eve", "eve", "wm8"),
        AppointmentRow("a-pat", "pat", "wm20"),
        AppointmentRow("a-mo", "mo", "matron"),
        AppointmentRow("a-sol", "sol", "site-n"),
        AppointmentRow("a-sam", "sam", "site-s"),
        AppointmentRow("a-lee", "lee", "lab"),
        AppointmentRow("a-dee", "dee", "dir"),
        AppointmentRow("a-fin", "fin", "cfo"),
        AppointmentRow("a-cy", "cy", "ceo"),
        AppointmentRow("a-pat-h", "pat", "h-wm"),
        AppointmentRow("a-hal", "hal", "h-ceo"),
        AppointmentRow("a-ida", "ida", "b-ceo"),
    ],
    duty=[
        duty("nia", -6, 6),
        DutyRow("mo", datetime(2026, 11, 22, 7, tzinfo=UTC), after(300)),
        duty("sol", -6, 300, "on_call"),
        duty("sam", -6, 300, "on_call"),
        duty("dee", -6, 300, "on_call"),
    ],
    bodies=[
        BodyRow("board", "board", "F", "board", QuorumRule(2)),
        BodyRow("pool", "joint", "M", "joint committee", QuorumRule(2), may_resolve_in_writing=True),
    ],
    members=[
        BodyMemberRow("board", post_id="ceo"),
        BodyMemberRow("board", post_id="cfo"),
        BodyMemberRow("board", person_id="dee"),
        BodyMemberRow("pool", post_id="ceo"),
        BodyMemberRow("pool", post_id="h-ceo"),
    ],
    sittings=[SittingRow("board", after(100), public=True)],
)

TAXONOMY = Taxonomy(
    "care",
    "1",
    "made up",
    {
        matter.path: matter
        for matter in (
            Matter("estate", "Estate", quantities=(BEDS,), facts=(StatedFact("risk-assessed", "Risk-assessed?"),)),
            Matter("estate/open-beds", "Open escalation beds"),
            Matter("service", "Services"),
            Matter("service/close", "Close a service for a time", reaches_dependants=True),
            Matter("service/end", "End a service", needs_party="commissioning-icb"),
            Matter("spend", "Spending", quantities=(MONEY,)),
            Matter("spend/consumables", "Order consumables"),
            Matter("workforce", "Workforce"),
            Matter("workforce/redeploy", "Move staff within a shift"),
            Matter("workforce/dismiss", "Dismiss someone"),
        )
    },
)


def grant(ref: str, matter: str, holder: Holder | tuple[str, str], /, **terms: Any) -> Grant:
    """A grant; a holder may be a role and the kind of unit."""
    held_by = holder if isinstance(holder, Holder) else Holder(role=holder[0], at_kind=holder[1])
    limits: dict[str, Decimal] = {code: Decimal(terms.pop(code)) for code in ("beds", "exposure_gbp") if code in terms}
    return Grant(ref, matter, terms.pop("clause", ref), held_by, limits=limits, **terms)


CHIEF = Holder(role="chief-executive", at_kind="organisation")


def scheme(*said: Grant | Reservation, party: str = "fenmoor", **terms: Any) -> Scheme:
    """A scheme of these grants and reservations."""
    return Scheme(
        party, party, terms.pop("edition", "1"), f"Scheme of {party}", "made up", "care", terms.pop("residual", CHIEF),
        tuple(one for one in said if isinstance(one, Grant)),
        tuple(one for one in said if isinstance(one, Reservation)),
        **terms,
    )  # fmt: skip


def world(
    *schemes: Scheme,
    conditions: Conditions = CALM,
    delegations: Sequence[Delegation] = (),
    taxonomy: Taxonomy = TAXONOMY,
    **rows: Any,
) -> World:
    """The world under these schemes; `rows` replaces rows of the network."""
    return World.of(
        snapshot_of(replace(NETWORK, **rows), edition=1),
        taxonomies=[taxonomy],
        schemes=schemes,
        delegations=delegations,
        conditions=conditions,
    )


def ask(of: World, matter: str, origin: str = "w7", *, at: datetime = NIGHT, **given: Any) -> Verdict:
    """Ask a question; amounts by the code of their quantity."""
    stated = [code for code in ("beds", "exposure_gbp") if code in given]
    quantities: dict[str, Decimal] = {code: Decimal(given.pop(code)) for code in stated}
    return route(Case(matter, origin, quantities=quantities, **given), of, at)


def names(verdict: Verdict) -> list[str]:
    return [str(one.person_id) for one in verdict.people]
