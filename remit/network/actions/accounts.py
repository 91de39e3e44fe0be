"""Giving and ending a way in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotValid
from remit.ledger.actions import action, nothing_to_change, record
from remit.network.errors import NotKeeper
from remit.network.models import Account, Appointment, Party

LONGEST = 80  # letters in a user name


@action
def give_account(
    username: str,
    *,
    person_id: UUID | None,
    by: Actor,
    at: datetime,
    password: str | None = None,
    technical: bool = False,
    made_up: bool = False,
) -> Account:
    """Give someone a way in. Without a password they can only be signed in by other means.

    Raises: NotKeeper; NotValid, where the name is none or taken, or the person has an account.
    """
    if by.kind is not ActorKind.KEEPER:
        raise NotKeeper
    username = username.strip()
    if not 0 < len(username) <= LONGEST:
        raise NotValid(f"A user name has 1 to {LONGEST} letters.", username="is empty or too long")
    if not Party.objects.exists():
        raise NotValid("There is no organisation in Remit yet. Load one first, then give accounts.")
    if Account.objects.filter(username__iexact=username).exists():
        raise NotValid(f"The user name “{username}” is taken. Choose another.", username="is taken")
    if person_id and Account.objects.filter(person=person_id).exists():
        raise NotValid("This person has an account already.", person="has an account")
    account = Account(username=username, person_id=person_id, is_technical=technical, made_up=made_up, made_at=at)
    account.set_password(password)
    account.save(force_insert=True)
    _record("network.account-given", account, by=by, at=at)
    return account


@action
def end_account(account_id: UUID, *, by: Actor, at: datetime) -> None:
    """End a way in. The person and all that they did stay as they are."""
    if by.kind is not ActorKind.KEEPER:
        raise NotKeeper
    account = Account.objects.get(pk=account_id)
    if not account.is_active:
        nothing_to_change()
        return
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    _record("network.account-ended", account, by=by, at=at)


def _record(verb: str, account: Account, *, by: Actor, at: datetime) -> None:
    parties = set(
        Appointment.objects.filter(person=account.person_id).values_list("post__unit__organisation", flat=True)
    ) or set(Party.objects.order_by("kind", "code").values_list("pk", flat=True)[:1])
    name = account.person.name if account.person else "nobody in particular"
    record(
        verb,
        subject=account,
        by=by,
        at=at,
        parties=parties,
        facts={"technical": account.is_technical, "made_up": account.made_up},
        sealed={"person": name, "username": account.username},
    )
