"""Units, people and parties by the codes and names that people type."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from remit.authority.rules.case import Id
from remit.authority.rules.holders import body_called
from remit.authority.rules.scheme import Holder
from remit.kernel.errors import NotValid
from remit.kernel.words import LONDON
from remit.network.models import Party, Person
from remit.network.queries import present, uuid_of
from remit.network.rules.snapshot import Snapshot

EARLIEST, LATEST = 1948, 2200  # years that a question may be about


def unit_named(text: str, *, at: datetime) -> UUID:
    """A unit by its id, *party/unit*, its code or its name.

    Raises: NotValid, where there is none, or several of that name.
    """
    snapshot = present(at=at)
    tree, wanted = snapshot.tree, text.strip().casefold()
    party, slash, code = wanted.partition("/")
    found = [
        unit
        for unit in range(len(tree))
        if str(tree.ids[unit]) == wanted
        or (slash and tree.codes[unit].casefold() == code and snapshot.party_of(unit).code.casefold() == party)
        or (not slash and wanted in (tree.codes[unit].casefold(), tree.names[unit].casefold()))
    ]
    if len(found) == 1:
        return uuid_of(tree.ids[found[0]])
    if not found:
        raise NotValid(
            f"There is no unit “{text}”. Write its name, or its code as organisation/unit.", unit="is not there"
        )
    several = ", ".join(f"{snapshot.party_of(unit).code}/{tree.codes[unit]}" for unit in found[:6])
    raise NotValid(f"Several units are called “{text}”: {several}. Write one of these.", unit="is not one")


def moment_asked(moment: datetime | None, *, zone: ZoneInfo = LONDON) -> datetime | None:
    """A moment as someone gives it: without an offset it is in `zone`.

    Raises: NotValid, for a moment that nobody can mean.
    """
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if not EARLIEST <= aware.year <= LATEST:
        raise NotValid(f"The year {aware.year} is not one to ask about. Choose one from {EARLIEST} to {LATEST}.")
    return aware


def person_named(text: str) -> UUID:
    """A person by id, code, user name or name. Raises: NotValid."""
    people = Person.objects.all()
    if "\x00" in text:
        raise NotValid("This is nobody’s name.", person="?")
    try:
        found = list(people.filter(pk=UUID(text))[:2])
    except ValueError:
        found = list((people.filter(code=text) | people.filter(account__username=text) | people.filter(name=text))[:2])
    if len(found) != 1:
        raise NotValid(f"There is {'nobody' if not found else 'more than one person'} called “{text}”.", person="?")
    return found[0].pk


def called(holder: Holder, snapshot: Snapshot, *, party: Id) -> str:
    """A holder of a clause as a sentence names it: *the finance committee*, *the chief executive*."""
    if holder.body:
        found = body_called(holder.body, snapshot=snapshot, party=party)
        name = found.name if found is not None else holder.body
    else:
        group = holder.role_group.replace("-", " ")
        name = next((role.name for role in snapshot.roles if role.code == holder.role), group)
    return f"the {name}" if name[1:2].isupper() else f"the {name[:1].lower()}{name[1:]}"


def party_named(code: str) -> UUID:
    """An organisation or a system by its code. Raises: NotValid."""
    found = Party.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise NotValid(f"There is no organisation with the code “{code}”.", shares="names one that is not there")
    return found
