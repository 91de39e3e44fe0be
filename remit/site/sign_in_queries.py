"""The made-up people whom a visitor of a demonstration system may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from remit.network.models import Account, Appointment
from remit.network.queries import actor_of
from remit.shell.presenters import Face
from remit.site.demonstration.personas import personas
from remit.site.demonstration.rows import PersonaRow


@dataclass(frozen=True, slots=True)
class Persona:
    """A made-up person with a way in, the post in which they begin, and what to try."""

    account_id: UUID
    username: str
    face: Face
    about: str
    here: bool
    appointment_id: UUID | None


def personas_to_be(*, now_as: UUID | None, at: datetime) -> tuple[Persona, ...]:
    """Every persona with an open account, in the order of the file. `now_as` is the account signed in."""
    rows = personas()
    known = Account.objects.filter(made_up=True, is_active=True, username__in=[row.code for row in rows])
    accounts = {account.username: account for account in known}
    posts = _first_posts(rows, at)
    return tuple(
        Persona(
            account.pk,
            row.code,
            Face(row.name, _words(account, posts.get(row.code), at)),
            row.about,
            account.pk == now_as,
            posts.get(row.code),
        )
        for row in rows
        if (account := accounts.get(row.code))
    )


def _first_posts(rows: tuple[PersonaRow, ...], at: datetime) -> dict[str, UUID]:
    """The appointment of each persona in the post that the file names first, by persona."""
    held = Appointment.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at, person__code__in=[row.person for row in rows]
    ).values_list("person__code", "post__unit__organisation__code", "post__unit__code", "post__code", "pk")
    by_post = {(person, f"{party}/{unit}/{post}"): pk for person, party, unit, post, pk in held}
    return {row.code: by_post[row.person, row.post] for row in rows if (row.person, row.post) in by_post}


def _words(account: Account, appointment_id: UUID | None, at: datetime) -> str:
    if account.is_technical:
        return _("technical administrator")
    return actor_of(account, chosen=str(appointment_id), at=at).words
