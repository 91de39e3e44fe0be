"""A small system for tests on the database: a trust with two wards, a council and an ICB, with schemes in force.

Loaded through the real actions. Night begins on Sunday 22 November 2026; the matron comes
at 07:00, the site manager and the director are on call, everyone else keeps office hours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from remit.authority.actions import adopt_first, draft_scheme, read_in_taxonomy
from remit.kernel.actor import KEEPER, Actor
from remit.network.actions import give_account, load
from remit.network.models import Account, Appointment, Party, Unit
from remit.network.queries import actor_of, forget
from remit.network.rules import arriving

REMIT = Path(__file__).resolve().parents[1]
LONG_AGO = datetime(2024, 4, 1, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)  # Monday, 02:10
MORNING = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

TREE = {
    "fenmoor": ("organisation", "Fenmoor Hospitals", ""),
    "general": ("hospital", "Fenmoor General", "fenmoor"),
    "medicine": ("division", "Medicine", "general"),
    "acute-medicine": ("directorate", "Acute medicine", "medicine"),
    "ward-7": ("ward", "Ward 7", "acute-medicine"),
    "ward-8": ("ward", "Ward 8", "acute-medicine"),
    "laboratory": ("department", "Laboratory", "general"),
}
POSTS = {  # post: who
    "fenmoor/fenmoor/chief-executive": "Ifan Pryce",
    "fenmoor/fenmoor/chief-finance-officer": "Celeste Amadi",
    "fenmoor/fenmoor/chief-operating-officer": "Maryam Eastholme",
    "fenmoor/fenmoor/medical-director": "Deborah Wray",
    "fenmoor/fenmoor/chief-nurse": "Jaspal Cole",
    "fenmoor/fenmoor/company-secretary": "Noor Aldis",
    "fenmoor/fenmoor/on-call-director": "Gwil Tarrant",
    "fenmoor/fenmoor/infection-control-lead": "Petra Lindqvar",
    "fenmoor/fenmoor/chair": "Agnes Thorne",
    "fenmoor/general/site-manager": "Dilip Harsevar",
    "fenmoor/medicine/divisional-director": "Rowan Pell",
    "fenmoor/acute-medicine/service-lead": "Nadia Kershope",
    "fenmoor/acute-medicine/matron": "Yvette Asker",
    "fenmoor/ward-7/ward-manager": "Bronagh Tiller",
    "fenmoor/ward-7/nurse-in-charge": "Efua Tandoh",
    "fenmoor/ward-7/healthcare-assistant": "Tomasz Wierz",
    "fenmoor/ward-8/ward-manager": "Sunita Varley",
    "fenmoor/laboratory/department-manager": "Okon Bassey",
    "council/council/council-director": "Faith Oladipe",
    "council/council/head-of-service": "Stellan Marsh",
    "icb/icb/chief-executive": "Ruth Calder",
    "icb/icb/system-control-lead": "Callum Frayne",
}
BODIES = ("board", "finance-committee", "audit-committee", "quality-committee", "executive-committee")
SCHEMES = {"fenmoor": "acute-trust-2026", "council": "county-council-2026", "icb": "icb-2026"}


@dataclass(frozen=True, slots=True)
class SmallSystem:
    """Who and what tests ask about. Actors are by the first name of the person."""

    actors: dict[str, Actor]

    def __getattr__(self, name: str) -> Actor:
        return self.actors[name]

    def unit(self, code: str) -> UUID:
        return Unit.objects.get(code=code).pk

    def party(self, code: str) -> UUID:
        return Party.objects.get(code=code).pk

    def account(self, name: str) -> Account:
        return Account.objects.get(username=name)


def small_system() -> SmallSystem:
    """Load it. The database is empty before."""
    forget()
    load(small_system_rows(), by=KEEPER, at=LONG_AGO)
    data = REMIT / "authority" / "data"
    text = (data / "taxonomies" / "health-2026.toml").read_text(encoding="utf-8")
    read_in_taxonomy(text, file="health-2026.toml", by=KEEPER, at=LONG_AGO)
    for party, file in SCHEMES.items():
        path = data / "schemes" / f"{file}.toml"
        owner = Party.objects.get(code=party).pk
        draft = draft_scheme(owner, path.read_text(encoding="utf-8"), file=path.name, by=KEEPER, at=LONG_AGO)
        adopt_first(draft.pk, by=KEEPER, at=LONG_AGO)
    actors = {}
    for held in Appointment.objects.filter(kind="substantive").select_related("person"):
        name = held.person.name.split()[0].lower()
        account = give_account(name, person_id=held.person.pk, by=KEEPER, at=LONG_AGO, made_up=True)
        actors[name] = actor_of(account, chosen=None, at=MORNING)
    give_account("technical", person_id=None, by=KEEPER, at=LONG_AGO, technical=True)
    return SmallSystem(actors)


def small_system_rows() -> arriving.Arrivals:
    """Everything that is loaded, as rows."""
    words = tomllib.loads((REMIT / "network" / "data" / "roles.toml").read_text(encoding="utf-8"))
    groups = tuple(arriving.GroupRow(row["code"], row["name"]) for row in words["group"])
    roles = tuple(
        arriving.RoleRow(row["code"], row["name"], row.get("family", ""), tuple(row.get("groups", ())))
        for row in words["role"]
    )
    people = {post: f"p{n:02}" for n, post in enumerate(POSTS)}
    return arriving.Arrivals(
        source="a small system for tests",
        made_up=True,
        groups=groups,
        roles=roles,
        parties=(
            arriving.PartyRow("fenmoor", "Fenmoor Hospitals", "organisation", "acute-trust"),
            arriving.PartyRow("council", "Marsh County Council", "organisation", "council"),
            arriving.PartyRow("icb", "Marsh Integrated Care Board", "organisation", "icb"),
            arriving.PartyRow("marsh", "Marsh Integrated Care System", "system", "ics", convenor="icb"),
        ),
        memberships=tuple(arriving.MembershipRow("marsh", code, LONG_AGO) for code in ("fenmoor", "council", "icb")),
        units=(
            *(
                arriving.UnitRow(f"fenmoor/{code}", "fenmoor", code, f"fenmoor/{above}" if above else "", kind, name, n)
                for n, (code, (kind, name, above)) in enumerate(TREE.items())
            ),
            arriving.UnitRow("council/council", "council", "council", "", "organisation", "Marsh County Council", 0),
            arriving.UnitRow("icb/icb", "icb", "icb", "", "organisation", "Marsh Integrated Care Board", 0),
        ),
        dependencies=(arriving.DependencyRow("fenmoor/ward-7", "fenmoor/laboratory", LONG_AGO),),
        posts=tuple(arriving.PostRow(ref, *_post(ref)) for ref in POSTS),
        people=tuple(arriving.PersonRow(people[ref], name, "01632 960001") for ref, name in POSTS.items()),
        appointments=(
            *(arriving.AppointmentRow(f"a-{people[ref]}", people[ref], ref, "substantive", LONG_AGO) for ref in POSTS),
            arriving.AppointmentRow(
                "a-deputy", people["fenmoor/ward-7/nurse-in-charge"], "fenmoor/ward-7/ward-manager", "deputy", LONG_AGO
            ),
        ),
        duty=tuple(_duty(people)),
        bodies=tuple(
            arriving.BodyRow(party, code, code.replace("-", " ").capitalize(), "committee", {"number": 2}, True, False)
            for party in ("fenmoor", "council", "icb")
            for code in BODIES
        ),
        members=tuple(
            arriving.MemberRow(f"fenmoor/{body}", f"fenmoor/fenmoor/{role}", role == "chair", LONG_AGO)
            for body in BODIES
            for role in ("chair", "chief-executive", "chief-finance-officer", "medical-director")
        ),
    )


def _post(ref: str) -> tuple[str, str, str]:
    unit, _, code = ref.rpartition("/")
    return unit, code, code


def _duty(people: dict[str, str]) -> Iterator[arriving.DutyRow]:
    turns = {  # post: kind, from, for how long
        "fenmoor/ward-7/nurse-in-charge": ("shift", timedelta(hours=19, minutes=30), timedelta(hours=12)),
        "fenmoor/acute-medicine/matron": ("shift", timedelta(hours=7), timedelta(hours=8)),
        "fenmoor/general/site-manager": ("on_call", timedelta(hours=0), timedelta(hours=24)),
        "fenmoor/fenmoor/on-call-director": ("on_call", timedelta(hours=0), timedelta(hours=24)),
    }
    for post, (kind, begins, lasts) in turns.items():
        for days in range(-2, 15):
            starts_at = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(days=days) + begins
            named = "" if "nurse" in post else post
            yield arriving.DutyRow(people[post], named, kind, starts_at, starts_at + lasts)
