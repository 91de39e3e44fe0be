"""Systems, who belongs to them at a moment, and which units rely on which."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from remit.network.rules.rows import Id, PartyRow

Dated = tuple[int, int, int]  # starts, ends, what


@dataclass(frozen=True, slots=True, eq=False)
class Partnerships:
    """Parties, dated membership in both directions, dated dependencies sorted by what is relied on."""

    parties: Mapping[Id, PartyRow]
    party_ids: Mapping[str, Id]
    systems_of: Mapping[Id, tuple[tuple[int, int, Id], ...]]
    members_of: Mapping[Id, tuple[tuple[int, int, Id], ...]]
    relied_on: Sequence[int]
    reliance: Sequence[Dated]  # starts, ends, the unit that relies; beside `relied_on`

    def systems(self, party: Id, at: int) -> set[Id]:
        """Every system a party belongs to at a moment, its own or through another system."""
        found: set[Id] = set()
        waiting = [party]
        while waiting:
            for starts, ends, system in self.systems_of.get(waiting.pop(), ()):
                if starts <= at < ends and system not in found:
                    found.add(system)
                    waiting.append(system)
        return found

    def organisations(self, system: Id, at: int) -> set[Id]:
        """Every organisation in a system at a moment, its own or through another system."""
        found: set[Id] = set()
        seen: set[Id] = {system}
        waiting = [system]
        while waiting:
            for starts, ends, member in self.members_of.get(waiting.pop(), ()):
                if starts <= at < ends and member not in seen:
                    seen.add(member)
                    if self.parties[member].kind == "system":
                        waiting.append(member)
                    else:
                        found.add(member)
        return found

    def dependants(self, units: Iterable[range], at: int) -> set[int]:
        """The units that at a moment rely directly on a unit in one of these ranges."""
        found: set[int] = set()
        for inside in units:
            i = bisect_left(self.relied_on, inside.start)
            while i < len(self.relied_on) and self.relied_on[i] < inside.stop:
                starts, ends, unit = self.reliance[i]
                if starts <= at < ends:
                    found.add(unit)
                i += 1
        return found
