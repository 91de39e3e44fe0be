"""Small things that pages say: a link, a person, a fact, a line of a history, a proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; without an address they are only words."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """A person as pages show them: initials, name, and the post with its unit."""

    name: str
    post: str = ""
    url: str = ""
    note: str = ""  # on call until 07:00
    phone: str = ""

    @property
    def initials(self) -> str:
        """First letters of the first and the last name; one for a single name."""
        names = [part for part in self.name.split() if part[0].isalpha()]
        return "".join(part[0] for part in (names[:1] + names[1:][-1:])).upper()


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a summary: what it is, what it says, and perhaps where to change it."""

    key: str
    value: str
    url: str = ""  # where the value leads
    change_url: str = ""
    change: str = ""  # the verb of that link; *Change* by default


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a history."""

    at: datetime
    words: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """Where the record keeps something, and how sure that is.

    Args:
        entry: the number of the entry in its stream.
        whole: whether the chain was found whole; None when it was not checked.
    """

    entry: int
    whole: bool | None = None
    checkpoint_at: datetime | None = None
    url: str = ""

    @property
    def recorded(self) -> str:
        return _("Recorded as entry %(number)s") % {"number": f"{self.entry:,}"}

    @property
    def chain(self) -> str:
        match self.whole:
            case None:
                return ""
            case True:
                return _("chain whole")
            case False:
                return _("chain broken: tell whoever keeps this system")
