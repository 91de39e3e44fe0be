"""The made-up people whom a visitor of a demonstration system may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from remit.network.models import Account
from remit.network.queries import capacities
from remit.kernel.actor import Actor, ActorKind
from remit.kernel.words import joined
from remit.shell.presenters import Face
from remit.site.demonstration.personas import personas


@dataclass(frozen=True, slots=True)
class Persona:
    """A made-up person with a way in, and the line that says what to try."""

    username: str
    face: Face
    about: str
    here: bool


def personas_to_be(*, now_as: UUID | None, at: datetime) -> tuple[Persona, ...]:
    """Every persona with an open account, in the order of the file. `now_as` is the account signed in."""
    rows = {row.code: row for row in personas()}
    accounts = {
        account.username: account
        for account in Account.objects.filter(made_up=True, is_active=True, username__in=rows).select_related("person")
    }
    return tuple(
        Persona(code, Face(row.name, _posts(accounts[code], at)), row.about, accounts[code].pk == now_as)
        for code, row in rows.items()
        if code in accounts
    )


def _posts(account: Account, at: datetime) -> str:
    if account.is_technical:
        return _("technical administrator")
    if account.person_id is None:
        return ""
    nobody = Actor(ActorKind.PERSON, account.person_id, "", account.person_id)
    return joined(capacity.words for capacity in capacities(account.person_id, acting=nobody, at=at))
