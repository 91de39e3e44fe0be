"""A matter with what it takes over from the nodes above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from remit.authority.rules.amounts import NO_LIMIT, units
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.taxonomy import Matter, Quantity, Taxonomy


class Within(NamedTuple):
    """How soon an answer is needed, and whether only working time counts."""

    span: timedelta
    working: bool


def within(span: timedelta | None, working: bool) -> Within | None:
    """A span as it counts; None where none is given."""
    return None if span is None else Within(span, working)


@dataclass(frozen=True, slots=True, eq=False)
class MatterFacts:
    """A matter ready for routing.

    Args:
        path_upwards: its own path, then those of the nodes above.
        quantities: its own first, then those that only a node above declares.
        facts: codes of the facts that may be stated.
        answer_within: its own, else that of the nearest node above that gives one.
    """

    matter: Matter
    path_upwards: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    codes: tuple[str, ...]
    place: Mapping[str, int]
    facts: frozenset[str]
    answer_within: Within | None
    reaches_dependants: bool
    needs_party: str
    said: dict[tuple[int, ...], str] = field(default_factory=dict)  # limits in words, once worked out

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
    spans = (within(node.answer_within, node.answer_in_working_time) for node in nodes)
    return MatterFacts(
        matter=matter,
        path_upwards=upwards,
        quantities=tuple(quantities[code] for code in order),
        codes=tuple(order),
        place={code: i for i, code in enumerate(order)},
        facts=frozenset(fact.code for node in nodes for fact in node.facts),
        answer_within=next((span for span in spans if span is not None), None),
        reaches_dependants=any(node.reaches_dependants for node in nodes),
        needs_party=next((node.needs_party for node in nodes if node.needs_party), ""),
    )
