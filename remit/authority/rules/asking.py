"""One question at one moment, in the numbers that the walk compares."""

from __future__ import annotations

from collections.abc import Iterable

from remit.authority.rules.case import Case, Conditions, Id
from remit.authority.rules.matters import Within
from remit.authority.rules.rungs import Test
from remit.authority.rules.scheme import ConditionKind
from remit.network.rules.moments import epoch
from remit.network.rules.rows import same_name
from remit.network.rules.snapshot import Snapshot


class Asking:
    """A case at a moment.

    Args:
        party: whose conditions count: the organisation, or the system of a pool.
        unit: whose working hours an answer in working time is counted in.
        by: the second before which the answer is needed; -1 leaves it to each grant.
        guarded: whether anybody's interests need looking into.
    """

    __slots__ = ("at", "by", "case", "concerns", "conditions", "excluded", "guarded", "party", "snapshot", "unit")

    def __init__(
        self,
        case: Case,
        snapshot: Snapshot,
        conditions: Conditions,
        *,
        at: int,
        party: Id,
        unit: int,
        answer_within: Within | None,
    ) -> None:
        self.case, self.snapshot, self.conditions, self.at, self.party = case, snapshot, conditions, at, party
        self.unit = unit
        self.by = -1
        if case.needed_by is not None:
            self.by = max(epoch(case.needed_by), at)
        elif answer_within is not None:
            self.by = self.before(answer_within)
        self.concerns: frozenset[Id] = (
            frozenset(map(same_name, case.concerns - {party})) if case.concerns and snapshot.interests else frozenset()
        )
        numbers = snapshot.staffing.person_number
        self.excluded: frozenset[int] = (
            frozenset(numbers[person] for person in case.conflicted if person in numbers)
            if case.conflicted
            else frozenset()
        )

        self.guarded = bool(self.concerns or self.excluded)

    def before(self, answer_within: Within | None) -> int:
        """The second before which a rung must be able to answer; now, where nothing gives a time."""
        if self.by >= 0:
            return self.by
        if answer_within is None:
            return self.at
        if not answer_within.working:
            return self.at + int(answer_within.span.total_seconds())
        calendar = self.snapshot.presence.calendar[self.unit]
        return self.at if calendar is None else calendar.after(self.at, answer_within.span)

    def conflicted(self, person: int) -> bool:
        """Whether a person has an interest in this case at the moment."""
        if person in self.excluded:
            return True
        if not self.concerns:
            return False
        return any(
            starts <= self.at < ends and with_whom in self.concerns
            for starts, ends, with_whom in self.snapshot.interests.get(person, ())
        )

    def holds(self, when: Iterable[Test]) -> bool:
        """Whether every condition holds at the moment."""
        return all(map(self.passes, when))

    def passes(self, test: Test) -> bool:
        """Whether one condition holds: a party's own level or incident, or that of a system it belongs to."""
        if test.kind is ConditionKind.FACT:
            return self.case.facts.get(test.value, False)
        if test.kind is ConditionKind.OPEL:
            return self.level()[0] >= test.level
        declared = [
            self.conditions.incidents.get(party, frozenset()) for party in self._parties(self.conditions.incidents)
        ]
        return any(test.value in kinds or (test.value == "any" and kinds) for kinds in declared)

    def level(self) -> tuple[int, Id]:
        """The highest OPEL level that counts here, and whose it is; nought where nobody declared one."""
        levels = self.conditions.opel
        if not levels:
            return 0, self.party
        return max(
            ((levels.get(party, 0), party) for party in self._parties(levels)),
            key=lambda found: (found[0], found[1] == self.party),
        )

    def _parties(self, declared: object) -> list[Id]:
        if not declared:
            return [self.party]
        return [self.party, *sorted(self.snapshot.partnerships.systems(self.party, self.at), key=str)]
