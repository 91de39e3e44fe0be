"""Units, people and parties by the codes and names that people type."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from remit.kernel.errors import NotValid
from remit.kernel.words import LONDON
from remit.network.models import Person
from remit.network.queries import present, uuid_of

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
