"""Compare the plan of England with what stands: what a load would add, rename, close and move."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta

from remit.kernel.words import day
from remit.network.rules.england.plan import England, Listed


@dataclass(frozen=True, slots=True)
class PresentOrganisation:
    """A system or an organisation loaded before, as it stands now."""

    code: str
    name: str
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """What stands now of what was loaded before; `memberships` are (member, system), still open."""

    organisations: Mapping[str, PresentOrganisation]
    memberships: Set[tuple[str, str]]
    as_of: date | None = None


NOTHING = Present({}, frozenset())
GONE = "no longer in the file, and no successor is known: close it, or name its successor in the mapping file"


@dataclass(frozen=True, slots=True)
class Renamed:
    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Closed after `on`, its last day; `into` names who took over, where that is known."""

    code: str
    name: str
    on: date
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A member that joins and leaves systems."""

    code: str
    joined: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a load would do. `questions` are for a person and change nothing."""

    added: tuple[str, ...]
    renamed: tuple[Renamed, ...]
    closed: tuple[Closed, ...]
    moved: tuple[Moved, ...]
    unchanged: tuple[str, ...]
    questions: tuple[Listed, ...]

    @property
    def nothing_to_do(self) -> bool:
        return not (self.added or self.renamed or self.closed or self.moved)


def compare(plan: England, present: Present = NOTHING) -> Changes:
    """Find what has to change for the present to be as the plan.

    A member that the plan places nowhere keeps the memberships that it has, and so does
    one that is closed. An organisation that the plan no longer has is closed when its
    successor is known, and otherwise becomes a question.
    """
    planned = {s.code: s.name for s in plan.systems} | {o.code: o.name for o in plan.organisations}
    closing = {o.code: o for o in plan.organisations if o.closed_on}
    into = {s.old: s for s in plan.successions}
    added = tuple(code for code in planned if code not in present.organisations)
    renamed, closed, questions = [], [], []
    for code, stands in present.organisations.items():
        if code not in planned:
            if stands.closed_on is None:
                if code in into and into[code].on <= plan.as_of:
                    last = into[code].on - timedelta(days=1)
                    closed.append(Closed(code, stands.name, last, into[code].new))
                else:
                    questions.append(Listed(code, stands.name, GONE))
            continue
        if planned[code] != stands.name:
            renamed.append(Renamed(code, stands.name, planned[code]))
        if code in closing:
            last_day = closing[code].closed_on
            if last_day is not None and last_day != stands.closed_on:
                closed.append(Closed(code, planned[code], last_day, into[code].new if code in into else ()))
        elif stands.closed_on is not None:
            why = f"open in the file, and closed here since {day(stands.closed_on)}: left closed"
            questions.append(Listed(code, stands.name, why))
    moved = _moved(plan, present, shut={c.code for c in closed} | set(closing))
    touched = {r.code for r in renamed} | {c.code for c in closed} | {m.code for m in moved}
    return Changes(
        added=added,
        renamed=tuple(renamed),
        closed=tuple(closed),
        moved=moved,
        unchanged=tuple(code for code in planned if code in present.organisations and code not in touched),
        questions=tuple(questions),
    )


def _moved(plan: England, present: Present, *, shut: Set[str]) -> tuple[Moved, ...]:
    systems = {s.code for s in plan.systems}
    wanted: dict[str, set[str]] = {}
    for membership in plan.memberships:
        wanted.setdefault(membership.member, set()).add(membership.system)
    standing: dict[str, set[str]] = {}
    for member, system in present.memberships:
        standing.setdefault(member, set()).add(system)
    moved = []
    for code in sorted(wanted):
        stands = present.organisations.get(code)
        if stands is None or stands.closed_on is not None or code in shut:
            continue
        now = standing.get(code, set()) & systems
        if now != wanted[code]:
            moved.append(Moved(code, tuple(sorted(wanted[code] - now)), tuple(sorted(now - wanted[code]))))
    return tuple(moved)


def as_present(plan: England) -> Present:
    """What would stand once the plan is loaded on its own."""
    systems = {s.code: PresentOrganisation(s.code, s.name) for s in plan.systems}
    organisations = {o.code: PresentOrganisation(o.code, o.name, o.closed_on) for o in plan.organisations}
    open_ended = frozenset((m.member, m.system) for m in plan.memberships if m.ends_on is None)
    return Present(systems | organisations, open_ended, plan.as_of)
