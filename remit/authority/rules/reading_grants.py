"""A scheme's grants, reservations and holders, from their tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from remit.authority.rules.findings import suggestion
from remit.authority.rules.reading_matters import CODE
from remit.authority.rules.scheme import Condition, ConditionKind, Grant, Holder, May, Reservation
from remit.authority.rules.tables import Table
from remit.authority.rules.taxonomy import Matter, Taxonomy
from remit.authority.rules.vocabulary import Vocabulary
from remit.kernel.words import joined

METHODS = ["sole", "advice", "consent", "consensus", "majority", "supermajority"]
HOLDER_RIGHT = 'Write { role = "matron", at = "directorate" }, { group = "...", at = "..." } or { body = "board" }.'
WHEN_RIGHT = 'Write when = [{ opel = 4 }], [{ fact = "risk-assessed" }] or [{ incident = "any" }].'
PARTY = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
UNIT = re.compile(rf"(?:\*|{PARTY.pattern})/{PARTY.pattern}")


@dataclass(slots=True)
class Reader:
    """Reads the tables of one scheme against what is known of matters and codes."""

    taxonomy: Taxonomy
    vocabulary: Vocabulary
    clauses: Mapping[str, str]
    refs: set[str] = field(default_factory=set)
    in_clause: dict[str, int] = field(default_factory=dict)

    def grants(self, table: Table) -> list[Grant]:
        """Read one `[[grant]]`: one grant, or one for each kind where `at` is a list of kinds."""
        matter, clause = self._matter(table), self._clause(table)
        answer, confirm = table.span("answer_within"), table.span("confirm_within")
        ref = self._ref(table, clause)
        holders = self._holders(table)
        starts_at, ends_at = table.dates()
        grant = Grant(
            ref=ref,
            matter=matter,
            clause=clause,
            holder=holders[0] if holders else Holder(),
            may=May(table.choice("may", [may.value for may in May], default=May.DECIDE.value)),
            method=table.choice("method", METHODS, default="sole"),
            limits=self._limits(table, "limits", matter),
            when=self._when(table, matter),
            co_signers=self._list(table, "co_signers"),
            consult=self._list(table, "consult"),
            inform=self._list(table, "inform"),
            report_to=self._list(table, "report_to"),
            ratify_by=self._one(table, "ratify_by"),
            confirm_by=self._one(table, "confirm_by"),
            confirm_within=confirm.length if confirm else None,
            answer_within=answer.length if answer else None,
            delegable=table.flag("delegable", default=False),
            deputies=table.flag("deputies", default=True),
            order=table.whole("order"),
            starts_at=starts_at,
            ends_at=ends_at,
            line=table.line(),
            answer_in_working_time=bool(answer and answer.working),
            confirm_in_working_time=bool(confirm and confirm.working),
        )
        if grant.confirm_within and not grant.confirm_by:
            right = 'Add confirm_by = { role = "chief-executive", at = "organisation" }.'
            table.find("confirm_within", "“confirm_within” says when, and nothing says who.", right)
        table.close()
        if len(holders) < 2:
            return [grant]
        return [
            replace(grant, holder=one, ref=self._unique(table, f"{ref}.{one.at_kind or one.at_unit}"))
            for one in holders
        ]

    def reservation(self, table: Table) -> Reservation:
        """Read one `[[reservation]]`."""
        matter, clause = self._matter(table), self._clause(table)
        starts_at, ends_at = table.dates()
        answer = table.span("answer_within")
        body = table.text("body", example="board", needed=True)
        self._body(table, body)
        read = Reservation(
            ref=self._ref(table, clause),
            matter=matter,
            clause=clause,
            body=body,
            above=self._limits(table, "above", matter),
            when=self._when(table, matter),
            method=table.choice("method", METHODS, default="majority"),
            starts_at=starts_at,
            ends_at=ends_at,
            line=table.line(),
            consult=self._list(table, "consult"),
            inform=self._list(table, "inform"),
            answer_within=answer.length if answer else None,
            answer_in_working_time=bool(answer and answer.working),
        )
        table.close()
        return read

    def holder(self, table: Table) -> Holder:
        """Read a holder's own table. Keeps a finding and gives an empty one when it is wrong."""
        holders = self._held(table, several=False)
        return holders[0] if holders else Holder()

    def _holders(self, table: Table) -> list[Holder]:
        inner = table.inner("holder", right=HOLDER_RIGHT, needed=True)
        return self._held(inner, several=True) if inner else []

    def _one(self, table: Table, key: str) -> Holder | None:
        inner = table.inner(key, right=f"{key}: {HOLDER_RIGHT}")
        return self.holder(inner) if inner else None

    def _list(self, table: Table, key: str) -> tuple[Holder, ...]:
        return tuple(self.holder(inner) for inner in table.inners(key, right=HOLDER_RIGHT))

    def _held(self, table: Table, *, several: bool) -> list[Holder]:
        role, group = table.text("role", example="matron"), table.text("group", example="executive-director")
        body = table.text("body", example="board")
        at = table.raw.get("at")
        if several and isinstance(at, list):
            places = list(table.texts("at", example="ward"))
        else:
            place = table.text("at", example="ward")
            places = [place] if place else []
        table.close()
        given = [name for name in (role, group, body) if name]
        if len(given) != 1 or (body and places):
            named = "nobody" if not given else "more than one" if len(given) > 1 else "a body at a unit"
            table.find("", f"{table.noun[:1].upper()}{table.noun[1:]} names {named}.", HOLDER_RIGHT)
            return []
        if body:
            self._body(table, body)
            return [Holder(body=body)]
        if not places:
            right = 'Add at = "ward", or another kind of unit, or one unit like at = "fenmoor-hospitals/ward-7".'
            table.find("at", f"“{role or group}” is held at no unit.", right)
            return []
        if role:
            self._code(table, "role", role, self.vocabulary.roles, "role")
        else:
            self._code(table, "group", group, self.vocabulary.role_groups, "group of roles")
        return [self._held_at(table, role, group, place) for place in places]

    def _held_at(self, table: Table, role: str, group: str, place: str) -> Holder:
        if "/" not in place:
            self._code(table, "at", place, self.vocabulary.unit_kinds, "kind of unit")
            return Holder(role=role, role_group=group, at_kind=place)
        if not UNIT.fullmatch(place):
            right = "Write party-code/unit-code, like “fenmoor-hospitals/ward-7”; in a template “*/ward-7”."
            table.find("at", f"“{place}” is not a unit.", right)
        elif not place.startswith("*/"):
            self._code(table, "at", place, self.vocabulary.units, "unit")
        return Holder(role=role, role_group=group, at_unit=place)

    def _body(self, table: Table, code: str) -> None:
        """Check a body's code; one of another party is written party-code/body-code."""
        if not UNIT.fullmatch(code):
            self._code(table, "body", code, self.vocabulary.bodies, "body")

    def _code(self, table: Table, key: str, code: str, known: Collection[str] | None, noun: str) -> None:
        if code and known is not None and code not in known:
            right = suggestion(code, known, otherwise=f"Use the code of a {noun} of this network.")
            table.find(key, f"“{code}” is not a known {noun}.", right)
        elif code and known is None and "/" not in code and not CODE.fullmatch(code):
            right = "Write small letters and figures with hyphens between."
            table.find(key, f"“{code}” is not a code.", right)

    def _matter(self, table: Table) -> str:
        path = table.text("matter", example="estate/open-beds", needed=True)
        if path and path not in self.taxonomy.matters:
            otherwise = f"Use a matter of {self.taxonomy.name}."
            right = suggestion(path, self.taxonomy.matters, otherwise=otherwise)
            table.find("matter", f"The matter “{path}” is not in {self.taxonomy.name}.", right)
        return path

    def _nodes(self, path: str) -> list[Matter]:
        """The matter and those above it, whose quantities and facts are its own too."""
        parts = path.split("/")
        upwards = ("/".join(parts[:n]) for n in range(len(parts), 0, -1))
        return [self.taxonomy.matters[at] for at in upwards if at in self.taxonomy.matters]

    def _clause(self, table: Table) -> str:
        clause = table.text("clause", example="4.2", needed=True)
        if clause and self.clauses and clause not in self.clauses:
            right = suggestion(clause, self.clauses, otherwise=f'Add "{clause}" = "..." under [clauses].')
            table.find("clause", f"Clause “{clause}” is not under [clauses].", right)
        return clause

    def _ref(self, table: Table, clause: str) -> str:
        """Read the ref, or make one of the clause and the place among those that carry it."""
        self.in_clause[clause] = self.in_clause.get(clause, 0) + 1
        made = f"{clause or 'clause'}#{self.in_clause[clause]}"
        return self._unique(table, table.text("ref", example="beds-matron") or made)

    def _unique(self, table: Table, ref: str) -> str:
        if ref in self.refs:
            table.find("ref", f"The ref “{ref}” is used above already.", "Give each grant and reservation its own.")
        self.refs.add(ref)
        return ref

    def _limits(self, table: Table, key: str, path: str) -> Mapping[str, Decimal]:
        amounts = table.amounts(key)
        if nodes := self._nodes(path):
            declared = list(dict.fromkeys(quantity.code for node in nodes for quantity in node.quantities))
            for code in amounts:
                if code not in declared:
                    counts = f"It counts {joined(declared)}" if declared else "It counts nothing"
                    otherwise = f"{counts}: take this out, or add it to the matter in the taxonomy."
                    right = suggestion(code, declared, otherwise=otherwise)
                    table.find(key, f"“{path}” does not count “{code}”.", right)
        return amounts

    def _when(self, table: Table, path: str) -> tuple[Condition, ...]:
        return tuple(
            condition
            for inner in table.inners("when", right=WHEN_RIGHT)
            if (condition := self._condition(inner, path)) is not None
        )

    def _condition(self, table: Table, path: str) -> Condition | None:
        given = [kind for kind in ConditionKind if kind.value in table.raw]
        if len(given) != 1:
            table.find("", "A condition names one of opel, fact and incident.", WHEN_RIGHT)
            return None
        kind = given[0]
        if kind is ConditionKind.OPEL:
            level = table.whole("opel")
            table.close()
            if level is not None and not 1 <= level <= 4:
                table.find("", f"There is no OPEL {level}.", "Write a level from 1 to 4: it means that or above.")
            return Condition(kind, str(level))
        value = table.text(kind.value, example="any")
        table.close()
        nodes = self._nodes(path)
        if kind is ConditionKind.FACT and nodes and value:
            asked = [fact.code for node in nodes for fact in node.facts]
            if value not in asked:
                otherwise = "Use a fact that the matter asks, or add it to the matter in the taxonomy."
                wrong = f"“{path}” does not ask “{value}”."
                table.find("", wrong, suggestion(value, asked, otherwise=otherwise))
        return Condition(kind, value)
