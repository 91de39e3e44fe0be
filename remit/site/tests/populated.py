"""The small system with something on every page: decisions, a promise, and a trust that shares no system with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.test import Client

from remit.authority.actions import adopt_first, draft_scheme
from remit.authority.rules.question import Question
from remit.decisions.actions import open_decision
from remit.decisions.rules.proposal import Proposal
from remit.kernel.actor import KEEPER, Actor
from remit.network.actions import give_account, load
from remit.network.models import Appointment, Person
from remit.network.queries import actor_of
from remit.network.rules import arriving
from remit.promises.actions import make_promise
from remit.promises.rules.owed import Owed
from remit.testing.small_system import LONG_AGO, MORNING, REMIT, SmallSystem

BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"
PHONE = "01632 960001"
FAR_PHONE = "01632 960999"
TITLE, RESTRICTED = "Order dressings for Ward 7", "Suspend a named member of staff"
PROMISED = "Bring the dressing trolley back"
ELSEWHERE = {  # post: who
    "elsewhere/elsewhere/chief-executive": "Willa Fenn",
    "elsewhere/elsewhere/company-secretary": "Idris Quarrie",
    "elsewhere/ward-1/ward-manager": "Hester Vole",
}


@dataclass(frozen=True, slots=True)
class Populated:
    """What stands. `actors` are the small system's, and those of the trust elsewhere, by first name."""

    small: SmallSystem
    actors: dict[str, Actor]
    decision: UUID
    draft: UUID
    restricted: UUID
    promise: UUID
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, username: str) -> Client:
        """A browser signed in as someone; nobody where the name is empty."""
        if username not in self.clients:
            client = Client(raise_request_exception=False)
            if username:
                client.force_login(self.small.account(username), BY_PASSWORD)
            self.clients[username] = client
        return self.clients[username]

    def person(self, name: str) -> UUID:
        found = self.actors[name].person
        assert found is not None
        return found


def order(small: SmallSystem, who: str = "bronagh") -> Question:
    """An order that the ward manager of Ward 7 may decide."""
    return Question(
        matter="spend/revenue/budgeted",
        origin=small.unit("ward-7"),
        quantities={"exposure_gbp": Decimal(900)},
        asker=small.actors[who].person,
        supplier="Hollis Supplies",
        purpose="equipment",
    )


def proposal(title: str = TITLE) -> Proposal:
    return Proposal(
        title=title,
        why="Stock ends on Friday.",
        measure="Dressing changes put off",
        baseline="3 a week",
        expected="None",
        review_on=(MORNING + timedelta(days=28)).date(),
    )


def populate(small: SmallSystem) -> Populated:
    """Put it all in."""
    load(_elsewhere(), by=KEEPER, at=LONG_AGO)
    actors = dict(small.actors)
    for held in Appointment.objects.filter(post__unit__organisation__code="elsewhere").select_related("person"):
        name = held.person.name.split()[0].lower()
        account = give_account(name, person_id=held.person.pk, by=KEEPER, at=LONG_AGO)
        actors[name] = actor_of(account, chosen=None, at=MORNING)
    postless = Person.objects.create(code="postless", name="Moss Neverhere")
    give_account("postless", person_id=postless.pk, by=KEEPER, at=LONG_AGO)
    text = (REMIT / "authority" / "data" / "schemes" / "acute-trust-2026.toml").read_text(encoding="utf-8")
    draft = draft_scheme(small.party("elsewhere"), text, file="acute-trust-2026.toml", by=KEEPER, at=LONG_AGO)
    adopt_first(draft.pk, by=KEEPER, at=LONG_AGO)
    by = small.bronagh
    return Populated(
        small=small,
        actors=actors,
        decision=open_decision(order(small), proposal(), by=by, at=MORNING).pk,
        draft=open_decision(order(small), proposal("A draft of Bronagh's"), by=by, at=MORNING, as_draft=True).pk,
        restricted=open_decision(order(small), replace(proposal(RESTRICTED), restricted=True), by=by, at=MORNING).pk,
        promise=make_promise(
            PROMISED,
            owed_to=Owed("Tomasz Wierz", person=small.tomasz.person),
            due_at=MORNING + timedelta(days=1),
            by=by,
            at=MORNING,
        ).pk,
    )


def _elsewhere() -> arriving.Arrivals:
    people = {ref: f"e{n}" for n, ref in enumerate(ELSEWHERE)}
    bodies = ("board", "finance-committee", "audit-committee", "quality-committee", "executive-committee")
    return arriving.Arrivals(
        source="a trust elsewhere",
        parties=(arriving.PartyRow("elsewhere", "Elsewhere Trust", "organisation", "acute-trust"),),
        units=(
            arriving.UnitRow("elsewhere/elsewhere", "elsewhere", "elsewhere", "", "organisation", "Elsewhere Trust", 0),
            arriving.UnitRow("elsewhere/ward-1", "elsewhere", "ward-1", "elsewhere/elsewhere", "ward", "Ward 1", 0),
        ),
        posts=tuple(
            arriving.PostRow(ref, ref.rpartition("/")[0], ref.rpartition("/")[2], ref.rpartition("/")[2])
            for ref in ELSEWHERE
        ),
        people=tuple(arriving.PersonRow(people[ref], name, FAR_PHONE) for ref, name in ELSEWHERE.items()),
        appointments=tuple(
            arriving.AppointmentRow(f"a-{people[ref]}", people[ref], ref, "substantive", LONG_AGO) for ref in ELSEWHERE
        ),
        bodies=tuple(
            arriving.BodyRow("elsewhere", code, code.replace("-", " "), "committee", {"number": 1}, True, False)
            for code in bodies
        ),
    )
