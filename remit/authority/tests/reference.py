"""The slow, obvious route: plain loops over plain rows, sharing nothing with the real one but its dataclasses.

It is written from the design, point by point, and is right before it is anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from remit.authority.rules.case import Case, Conditions
from remit.authority.rules.delegation import Delegation
from remit.authority.rules.scheme import Grant, Holder, May, Reservation, Scheme
from remit.authority.rules.taxonomy import Matter, Taxonomy
from remit.authority.tests.reference_presence import Roster, within
from remit.network.rules.build import NetworkRows
from remit.network.rules.rows import BodyRow, UnitRow


class Refused(Exception):
    """The question cannot be answered."""


@dataclass(frozen=True)
class Answer:
    """What must agree: the outcome, whose scheme, where, under what, and who may sign, in order."""

    outcome: str
    party: Any
    unit: Any = None
    ref: str = ""
    people: tuple[Any, ...] = ()
    body: Any = None
    gap: bool = False
    could_from: datetime | None = None
    parts: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Rung:
    unit: UnitRow | None
    grant: Grant
    limits: dict[str, Decimal]
    starts: list[datetime | None]
    ends: list[datetime | None]
    ref: str
    posts: tuple[Any, ...] | None = None
    person: Any = None
    body: BodyRow | None = None


class Reference:
    """Answers as `route` should."""

    def __init__(
        self,
        rows: NetworkRows,
        taxonomy: Taxonomy,
        schemes: list[Scheme],
        delegations: list[Delegation],
        conditions: Conditions,
    ) -> None:
        self.rows, self.taxonomy, self.schemes, self.delegations = rows, taxonomy, schemes, delegations
        self.conditions = conditions
        self.units = {unit.id: unit for unit in rows.units}
        self.parties = {party.id: party for party in rows.parties}
        self.posts = {post.id: post for post in rows.posts}
        self.roster = Roster(rows)

    # Point 1 and 2

    def route(self, case: Case, at: datetime) -> Answer:
        units = []
        for unit_id in (case.origin, *case.affected):
            if unit_id not in self.units:
                raise Refused
            units.append(self.units[unit_id])
        self.in_force(units[0].organisation_id, at)
        matter = self.matter(case.matter)
        if any(fact not in [f.code for m in self.lineage(matter) for f in m.facts] for fact in case.facts):
            raise Refused
        if any(m.reaches_dependants for m in self.lineage(matter)):
            for link in self.rows.dependencies:
                relied = self.units[link.relies_on_id]
                touched = any(self.lies_in(relied, unit) for unit in units[: 1 + len(case.affected)])
                if touched and open_at(link.starts_at, link.ends_at, at):
                    units.append(self.units[link.unit_id])
        parties = list(dict.fromkeys(unit.organisation_id for unit in units))
        if len(parties) == 1:
            case = replace(case, shares={})
            answer = self.own(case, at, parties[0], units)
        else:
            for code in self.codes(case):
                shares = [case.shares[party][code] for party in parties if code in case.shares.get(party, {})]
                if len(shares) == len(parties) and sum(shares) < case.quantities.get(code, 0):
                    raise Refused
            pooled = self.pool(case, at, parties, units[0])
            parts = pooled or tuple(
                self.own(
                    self.between(case, parties, party), at, party, [u for u in units if u.organisation_id == party]
                )
                for party in sorted(parties, key=lambda p: self.parties[p].code)
            )
            answer = parts if isinstance(parts, Answer) else Answer("joint", parts[0].party, parts=parts)
        return self.needed(case, at, answer, parties, matter)

    def between(self, case: Case, parties: list[Any], party: Any) -> Case:
        """The case as one of several weighs it: an interest in another of them is one in the case."""
        return replace(case, concerns=(case.concerns | set(parties)) - {party})

    def needed(self, case: Case, at: datetime, answer: Answer, parties: list[Any], matter: Matter) -> Answer:
        needs = next((m.needs_party for m in self.lineage(matter) if m.needs_party), "")
        if not needs:
            return answer
        systems = {system for party in parties for system in self.systems(party, at)}
        convenors = {self.parties[system].convenor_id for system in systems} - {None}
        if needs.startswith("commissioning-"):
            named = {p for p in convenors if self.parties[p].sort == needs[len("commissioning-") :]}
        else:
            around = convenors | {p for system in systems for p in self.members(system, at)}
            named = {p for p in around if needs in (self.parties[p].sort, self.parties[p].code)}
        if not named:
            raise Refused
        more = sorted(named - set(parties), key=lambda p: self.parties[p].code)
        if not more:
            return answer
        parts = list(answer.parts or (answer,))
        for party in more:
            roots = [u for u in self.rows.units if u.organisation_id == party and u.parent_id is None]
            if not roots:
                raise Refused
            parts.append(self.own(self.between(case, parties, party), at, party, roots))
        return Answer("joint", parts[0].party, parts=tuple(parts))

    def pool(self, case: Case, at: datetime, parties: list[Any], origin: UnitRow) -> Answer | None:
        found = []
        for system in self.rows.parties:
            if all(system.id in self.systems(party, at) for party in parties):
                for scheme in self.schemes_at(system.id, at):
                    if scheme.pooled and self.node(scheme, case, at, system.id) is not None:
                        found.append((len(self.members(system.id, at)), system.code, system.id, scheme))
        if not found:
            return None
        for party in parties:
            own = self.in_force(party, at)
            node = self.node(own, case, at, party)
            if node is not None and self.reserved(own, node, case, at, party) is not None:
                return None
        _, _, system_id, scheme = min(found, key=lambda f: (f[0], f[1]))
        node = self.node(scheme, case, at, system_id)
        assert node is not None
        kept = self.reserved(scheme, node, case, at, system_id, shares=False)
        if kept is not None:
            before = self.before(case, at, kept, origin)
            body = self.body(kept.body, system_id)
            if self.sits(body, case, at, before) is None:
                return None
            return Answer("pool", system_id, ref=kept.ref, body=body.id)
        rungs = [r for r in self.rungs(scheme, node, system_id, case) if self.counts(r, case, at, system_id)]
        for rung in sorted(rungs, key=self.order(case)):
            if self.suffices(rung, case.quantities):
                people = self.signers(rung, case, at, self.before(case, at, rung.grant, origin), None)
                if people is not None:
                    return self.named("pool", system_id, rung, people)
        return None

    # Points 3 to 6

    def own(self, case: Case, at: datetime, party: Any, units: list[UnitRow]) -> Answer:
        scheme = self.in_force(party, at)
        quantities = {**case.quantities, **case.shares.get(party, {})}
        self.check(quantities, case)
        cover = next(u for u in self.upwards(units[0]) if all(self.lies_in(unit, u) for unit in units))
        node = self.node(scheme, case, at, party)
        waiting: list[tuple[Rung, UnitRow | None]] = []
        if node is not None:
            kept = self.reserved(scheme, node, case, at, party)
            if kept is not None:
                body = self.body(kept.body, party)
                sits = self.sits(body, case, at, self.before(case, at, kept, cover))
                later = None if sits else self.sits(body, case, at, None)
                return Answer("rung" if sits else "hold", party, ref=kept.ref, body=body.id, could_from=later)
            rungs = [r for r in self.rungs(scheme, node, party, case) if self.counts(r, case, at, party)]
            for unit in self.upwards(cover):
                here = [r for r in rungs if (r.unit is not None and r.unit.id == unit.id) or self.everywhere(r, unit)]
                for rung in sorted(here, key=self.order(case)):
                    if self.suffices(rung, quantities) and self.exists(rung, unit):
                        people = self.signers(rung, case, at, self.before(case, at, rung.grant, cover), unit)
                        if people is not None:
                            return self.named("rung", party, rung, people, unit)
                        waiting.append((rung, unit))
        if waiting:
            return Answer("hold", party, could_from=self.later(waiting, case, at))
        place = self.where(scheme.residual, cover, party)
        residual = Rung(place, Grant("residual", "", "", scheme.residual), {}, [], [], "residual")
        if scheme.residual.body:
            residual = Rung(cover, residual.grant, {}, [], [], "residual", body=self.body(scheme.residual.body, party))
        elif place is None:
            raise Refused
        before = self.before(case, at, None, cover)
        people = self.signers(residual, case, at, before, place)
        if people is None:
            return Answer("hold", party, gap=True, could_from=self.later([(residual, place)], case, at))
        return self.named("residual", party, residual, people, place if not scheme.residual.body else cover, gap=True)

    def named(
        self, outcome: str, party: Any, rung: Rung, people: list[Any], unit: UnitRow | None = None, gap: bool = False
    ) -> Answer:
        body = rung.body.id if rung.body else None
        who = tuple(person for _, person in people if person is not None)
        return Answer(outcome, party, unit.id if unit else None, rung.ref, who, body, gap)

    def later(self, waiting: list[tuple[Rung, UnitRow | None]], case: Case, at: datetime) -> datetime | None:
        for rung, unit in waiting:
            people = self.signers(rung, case, at, None, unit)
            if people is not None:
                seconds = [self.second(h, rung, case, at, None, unit) for h in rung.grant.co_signers]
                return max([people[0][0], *(found[0][0] for found in seconds)])
        return None

    def node(self, scheme: Scheme, case: Case, at: datetime, party: Any) -> str | None:
        matter = self.matter(case.matter)
        for one in self.lineage(matter):
            said: list[Grant | Reservation] = [g for g in scheme.grants if g.matter == one.path and g.may is May.DECIDE]
            said += [r for r in scheme.reservations if r.matter == one.path]
            for grant in said:
                if open_at(grant.starts_at, grant.ends_at, at) and self.holds(grant, case, at, party):
                    return one.path
        return None

    def reserved(
        self, scheme: Scheme, node: str, case: Case, at: datetime, party: Any, shares: bool = True
    ) -> Reservation | None:
        quantities = {**case.quantities, **(case.shares.get(party, {}) if shares else {})}
        self.check(quantities, case)
        caught = []
        for one in scheme.reservations:
            if one.matter == node and open_at(one.starts_at, one.ends_at, at) and self.holds(one, case, at, party):
                over = [code for code, limit in one.above.items() if quantities.get(code, Decimal(-1)) > limit]
                if over or not one.above:
                    caught.append(one)
        order = self.codes(case)
        caught.sort(key=lambda r: ([-r.above.get(code, Decimal("-0.0001")) for code in order], r.clause, r.ref))
        return caught[0] if caught else None

    def rungs(self, scheme: Scheme, node: str, party: Any, case: Case) -> list[Rung]:
        found = []
        for grant in scheme.grants:
            if grant.matter == node and grant.may is May.DECIDE:
                holder = grant.holder
                unit = self.unit(holder.at_unit, party) if holder.at_unit else None
                body = self.body(holder.body, party) if holder.body else None
                if body is not None:  # where it stands; one of another party stands at the root
                    roots = [u for u in self.rows.units if u.organisation_id == party and u.parent_id is None]
                    unit = roots[0] if roots else None
                    if body.unit_id and self.units[body.unit_id].organisation_id == party:
                        unit = self.units[body.unit_id]
                dates = [grant.starts_at], [grant.ends_at]
                found.append(Rung(unit, grant, dict(grant.limits), *dates, grant.ref, body=body))
        for delegation in self.delegations:
            rung = self.passed_on(delegation, scheme, node, party)
            if rung is not None:
                found.append(rung)
        return found

    def passed_on(self, delegation: Delegation, scheme: Scheme, node: str, party: Any) -> Rung | None:
        if delegation.party != scheme.party:
            return None
        chain = [delegation]
        grants = {grant.ref: grant for grant in scheme.grants if grant.matter == node and grant.may is May.DECIDE}
        while chain[-1].of not in grants:
            before = [d for d in self.delegations if d.ref == chain[-1].of and d.party == scheme.party]
            if not before:
                return None
            chain.append(before[0])
        grant, first = grants[chain[-1].of], chain[-1]
        if not grant.delegable or not all(link.passable for link in chain[1:]):
            return None
        post = self.posts[first.from_post]
        unit = self.units[post.unit_id]
        right_place = unit.code == grant.holder.at_unit if grant.holder.at_unit else unit.kind == grant.holder.at_kind
        if unit.organisation_id != party or not right_place or post.role not in self.roles(grant.holder):
            return None
        limits = dict(grant.limits)
        for link in reversed(chain):
            if link.within is not None:
                if not self.lies_in(self.units[link.within], unit):
                    return None
                unit = self.units[link.within]
            for code, limit in link.limits.items():
                limits[code] = min(limit, limits.get(code, limit))
        return Rung(
            unit,
            grant,
            limits,
            [grant.starts_at, *(link.starts_at for link in chain)],
            [grant.ends_at, *(link.ends_at for link in chain), *(link.revoked_at for link in chain)],
            delegation.ref,
            posts=(delegation.to_post,) if delegation.to_post is not None else None,
            person=delegation.to_person,
            body=self.body(delegation.to_body, party) if delegation.to_body else None,
        )

    def order(self, case: Case) -> Callable[[Rung], Any]:
        def compare(a: Rung, b: Rung) -> int:
            return self.compare(a, b, case)

        return cmp_to_key(compare)

    def compare(self, a: Rung, b: Rung, case: Case) -> int:
        """Order at one unit: the scheme's, then limits quantity by quantity, then a role before a body, then clause."""
        if (a.grant.order is None) != (b.grant.order is None):
            return -1 if a.grant.order is not None else 1
        if a.grant.order != b.grant.order:
            return -1 if (a.grant.order or 0) < (b.grant.order or 0) else 1
        for code in self.codes(case):
            first, second = a.limits.get(code), b.limits.get(code)
            if first != second:
                if first is None or second is None:
                    return 1 if first is None else -1
                return -1 if first < second else 1
        left = (a.body is not None, a.grant.clause, a.ref)
        right = (b.body is not None, b.grant.clause, b.ref)
        return -1 if left < right else int(left > right)

    def suffices(self, rung: Rung, quantities: Any) -> bool:
        return all(quantities[code] <= limit for code, limit in rung.limits.items() if code in quantities)

    def counts(self, rung: Rung, case: Case, at: datetime, party: Any) -> bool:
        in_date = all(s is None or s <= at for s in rung.starts) and all(e is None or at < e for e in rung.ends)
        return in_date and self.holds(rung.grant, case, at, party)

    def everywhere(self, rung: Rung, unit: UnitRow) -> bool:
        return rung.unit is None and rung.body is None and rung.grant.holder.at_kind == unit.kind

    def exists(self, rung: Rung, unit: UnitRow) -> bool:
        if rung.body is not None or rung.posts is not None or rung.person is not None:
            return True
        return any(p.unit_id == unit.id and p.role in self.roles(rung.grant.holder) for p in self.rows.posts)

    # Point 5

    def signers(
        self, rung: Rung, case: Case, at: datetime, before: datetime | None, unit: UnitRow | None
    ) -> list[tuple[datetime, Any]] | None:
        """Who can decide, soonest first; a body as (moment, None). None where nobody can."""
        if rung.body is not None:
            sits = self.sits(rung.body, case, at, before)
            leads: list[tuple[datetime, Any]] = [] if sits is None else [(sits, None)]
        elif rung.person is not None:
            assert rung.unit is not None
            leads = self.roster.in_person(rung.person, case, at, before, rung.unit)
        elif rung.posts is not None:
            leads = self.roster.in_posts(rung.posts, case, at, before, rung.grant.deputies)
        else:
            where = unit or rung.unit
            leads = self.roster.in_posts(self.posts_of(rung.grant.holder, where), case, at, before, rung.grant.deputies)
        seconds = [self.second(holder, rung, case, at, before, unit) for holder in rung.grant.co_signers]
        leads = [lead for lead in leads if different([[lead], *seconds])]
        return leads or None

    def second(
        self, holder: Holder, rung: Rung, case: Case, at: datetime, before: datetime | None, unit: UnitRow | None
    ) -> list[tuple[datetime, Any]]:
        party = next(s.party for s in self.schemes if any(g is rung.grant for g in s.grants))
        party_id = next(p.id for p in self.rows.parties if p.code == party)
        if holder.body:
            sits = self.sits(self.body(holder.body, party_id), case, at, before)
            return [] if sits is None else [(sits, None)]
        where = self.where(holder, unit, party_id)
        if where is None:
            return []
        return self.roster.in_posts(self.posts_of(holder, where), case, at, before, rung.grant.deputies)

    def posts_of(self, holder: Holder, unit: UnitRow | None) -> list[Any]:
        roles = [role.code for role in self.rows.roles]
        found = [p for p in self.rows.posts if unit and p.unit_id == unit.id and p.role in self.roles(holder)]
        return [p.id for p in sorted(found, key=lambda p: (roles.index(p.role), p.title, str(p.id)))]

    def sits(self, body: BodyRow, case: Case, at: datetime, before: datetime | None) -> datetime | None:
        moments = [at] if body.may_resolve_in_writing else []
        planned = sorted(s.starts_at for s in self.rows.sittings if s.body_id == body.id and s.starts_at >= at)
        moments += [s for s in planned if before is None or s < before or s == at]
        seats = [m for m in self.rows.members if m.body_id == body.id]
        for moment in moments:
            if self.roster.quorate(body, seats, case, at, moment):
                return moment
        return None

    # The world

    def holds(self, said: Grant | Reservation, case: Case, at: datetime, party: Any) -> bool:
        around = [party, *self.systems(party, at)]
        for condition in said.when:
            if condition.kind == "fact" and not case.facts.get(condition.value, False):
                return False
            levels = [self.conditions.opel.get(p, 0) for p in around]
            if condition.kind == "opel" and max(levels) < int(condition.value):
                return False
            if condition.kind == "incident":
                kinds = {kind for p in around for kind in self.conditions.incidents.get(p, frozenset())}
                if not (condition.value in kinds or (condition.value == "any" and kinds)):
                    return False
        return True

    def before(self, case: Case, at: datetime, said: Grant | Reservation | None, unit: UnitRow) -> datetime:
        if case.needed_by is not None:
            return max(case.needed_by, at)
        matter = self.matter(case.matter)
        for one in (*self.lineage(matter), *([said] if said else [])):
            if one.answer_within is not None:
                hours = self.roster.hours(unit) if one.answer_in_working_time else None
                if one.answer_in_working_time and hours is None:
                    return at
                return within(at, one.answer_within, hours)
        return at

    def matter(self, path: str) -> Matter:
        if path not in self.taxonomy.matters:
            raise Refused
        return self.taxonomy.matters[path]

    def lineage(self, matter: Matter) -> list[Matter]:
        found = [m for m in self.taxonomy.matters.values() if (matter.path + "/").startswith(m.path + "/")]
        return sorted(found, key=lambda m: -len(m.path))

    def codes(self, case: Case) -> list[str]:
        found: list[str] = []
        for matter in self.lineage(self.matter(case.matter)):
            found += [q.code for q in matter.quantities if q.code not in found]
        return found

    def check(self, quantities: Any, case: Case) -> None:
        for code, value in quantities.items():
            if code not in self.codes(case) or value < 0:
                raise Refused

    def schemes_at(self, party: Any, at: datetime) -> list[Scheme]:
        code = self.parties[party].code
        return [s for s in self.schemes if s.party == code and open_at(s.starts_at, s.ends_at, at)]

    def in_force(self, party: Any, at: datetime) -> Scheme:
        found = [s for s in self.schemes_at(party, at) if not s.pooled]
        if not found:
            raise Refused
        return found[0]

    def systems(self, party: Any, at: datetime) -> set[Any]:
        direct = {
            m.system_id for m in self.rows.memberships if m.member_id == party and open_at(m.starts_at, m.ends_at, at)
        }
        return direct.union(*(self.systems(system, at) for system in direct))

    def members(self, system: Any, at: datetime) -> set[Any]:
        return {p.id for p in self.rows.parties if p.kind == "organisation" and system in self.systems(p.id, at)}

    def roles(self, holder: Holder) -> set[str]:
        if holder.role_group:
            return {role.code for role in self.rows.roles if holder.role_group in role.groups}
        return {holder.role}

    def unit(self, code: str, party: Any) -> UnitRow:
        if "/" in code:
            owner, code = code.split("/")
            party = next(p.id for p in self.rows.parties if p.code == owner)
        return next(u for u in self.rows.units if u.organisation_id == party and u.code == code)

    def body(self, code: str, party: Any) -> BodyRow:
        if "/" in code:
            owner, code = code.split("/")
            party = next(p.id for p in self.rows.parties if p.code == owner)
        return next(b for b in self.rows.bodies if b.party_id == party and b.code == code)

    def where(self, holder: Holder, unit: UnitRow | None, party: Any) -> UnitRow | None:
        if holder.at_unit:
            return self.unit(holder.at_unit, party)
        for above in self.upwards(unit) if unit else ():
            if holder.at_kind == above.kind or (not holder.at_kind and self.posts_of(holder, above)):
                return above
        return None

    def upwards(self, unit: UnitRow) -> list[UnitRow]:
        return [unit, *(self.upwards(self.units[unit.parent_id]) if unit.parent_id is not None else ())]

    def lies_in(self, unit: UnitRow, outer: UnitRow) -> bool:
        return any(above.id == outer.id for above in self.upwards(unit))


def open_at(starts: datetime | None, ends: datetime | None, at: datetime) -> bool:
    return (starts is None or starts <= at) and (ends is None or at < ends)


def different(candidates: list[list[tuple[datetime, Any]]], taken: tuple[Any, ...] = ()) -> bool:
    """Whether one can be taken from each list so that no person is taken twice; a body is nobody."""
    if not candidates:
        return True
    return any(
        (person is None or person not in taken) and different(candidates[1:], (*taken, person))
        for _, person in candidates[0]
    )
