"""A matter with what it takes over from the nodes above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from remit.authority.rules.amounts import NO_LIMIT, units
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.taxonomy import Matter, Quantity, Taxonomy


@dataclass(frozen=True, slots=True, eq=False)
class MatterFacts:
    """A matter ready for routing.

    Args:
        path_upwards: its own path, then those of the nodes above.
        quantities: its own first, then those that only a node above declares.
        facts: codes of the facts that may be stated.
        answer_within: seconds, -1 where no node gives it.
    """

    matter: Matter
    path_upwards: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    codes: tuple[str, ...]
    place: Mapping[str, int]
    facts: frozenset[str]
    answer_within: int
    reaches_dependants: bool
    needs_party: str

    def amounts(self, of: Mapping[str, Decimal], *, missing: int, clause: str = "") -> tuple[int, ...]:
        """Amounts in the order of the quantities. Raises: CannotRoute, where one is not declared."""
        if not of:
            return (missing,) * len(self.codes)
        found = [missing] * len(self.codes)
        for code, given in of.items():
            place = self.place.get(code)
            if place is None:
                said = f"Clause {clause} limits" if clause else "The question gives"
                raise CannotRoute(
                    f"{said} “{code}”, which “{self.matter.title}” does not count, so it cannot be weighed. "
                    "Add the quantity to the matter, or leave it out.",
                    about=code,
                )
            found[place] = units(given, of=code)
        return tuple(found)

    def limits(self, of: Mapping[str, Decimal], *, clause: str) -> tuple[int, ...]:
        """Limits in the order of the quantities; what is not named has none."""
        return self.amounts(of, missing=NO_LIMIT, clause=clause)


def facts_of(taxonomy: Taxonomy, path: str) -> MatterFacts:
    """A matter with what it inherits. Raises: CannotRoute, where the taxonomy has no such path."""
    matter = taxonomy.matters.get(path)
    if matter is None:
        raise CannotRoute(f"There is no matter “{path}” in {taxonomy.code} {taxonomy.edition}.", about=path)
    parts = path.split("/")
    upwards = tuple("/".join(parts[:n]) for n in range(len(parts), 0, -1))
    nodes = [taxonomy.matters[at] for at in upwards if at in taxonomy.matters]
    quantities = {quantity.code: quantity for node in reversed(nodes) for quantity in node.quantities}
    order = dict.fromkeys(quantity.code for node in nodes for quantity in node.quantities)
    within = next((node.answer_within for node in nodes if node.answer_within is not None), None)
    return MatterFacts(
        matter=matter,
        path_upwards=upwards,
        quantities=tuple(quantities[code] for code in order),
        codes=tuple(order),
        place={code: i for i, code in enumerate(order)},
        facts=frozenset(fact.code for node in nodes for fact in node.facts),
        answer_within=-1 if within is None else int(within.total_seconds()),
        reaches_dependants=any(node.reaches_dependants for node in nodes),
        needs_party=next((node.needs_party for node in nodes if node.needs_party), ""),
    )
