"""A scheme laid down for walking: each matter's rungs by unit and by kind of unit, in order.

Nothing here hangs on a case or a moment. It holds for one edition of the trees;
appointments, duty, absence, OPEL levels and incidents change beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from remit.authority.rules.asking import Asking
from remit.authority.rules.case import Id
from remit.authority.rules.chain import Effective, effective
from remit.authority.rules.delegation import Delegation
from remit.authority.rules.holders import EVERYWHERE, Spec, body_called, seat_of, spec
from remit.authority.rules.matters import MatterFacts, facts_of, within
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.rungs import Flight, Kept, Ladder, Node, Rung, RungKey, Stairs, Test
from remit.authority.rules.scheme import Condition, ConditionKind, Grant, May, Reservation, Scheme
from remit.authority.rules.taxonomy import Taxonomy
from remit.network.rules.moments import ALWAYS, NEVER, closing, opening
from remit.network.rules.snapshot import Snapshot

_LAST: RungKey = (2, 0, (), 0, "", "")


class CompiledScheme:
    """One scheme on one edition of the network. A matter is laid down when it is first asked about."""

    __slots__ = (
        "_ladders",
        "_nodes",
        "_residual",
        "delegations",
        "ends",
        "party_id",
        "scheme",
        "snapshot",
        "starts",
        "taxonomy",
    )

    def __init__(
        self, scheme: Scheme, taxonomy: Taxonomy, delegations: Sequence[Delegation], snapshot: Snapshot, party_id: Id
    ) -> None:
        self.scheme, self.taxonomy, self.snapshot, self.party_id = scheme, taxonomy, snapshot, party_id
        self.starts, self.ends = opening(scheme.starts_at), closing(scheme.ends_at)
        self.delegations = delegations
        self._residual: tuple[Rung, Spec] | None = None
        self._ladders: dict[str, Ladder] = {}
        self._nodes: dict[str, Node] = {}
        for grant in scheme.grants:
            node = self._node(grant.matter)
            if grant.may is May.DECIDE:
                node.decide.append(grant)
                _mention(node, grant)
            else:
                node.beside.append(grant)
        for reservation in scheme.reservations:
            node = self._node(reservation.matter)
            node.reserved.append(reservation)
            _mention(node, reservation)

    def ladder(self, path: str) -> Ladder:
        """The nodes that bear on a matter. Raises: CannotRoute, where the taxonomy does not have it."""
        known = self._ladders.get(path)
        if known is None:
            matter = facts_of(self.taxonomy, path)
            nodes = [self._nodes[at] for at in matter.path_upwards if at in self._nodes]
            known = self._ladders[path] = Ladder(matter, nodes, [None] * len(nodes))
        return known

    def stairs(self, ladder: Ladder, depth: int) -> Stairs:
        """What one node of a ladder makes. Raises: CannotRoute, where something said on it cannot be evaluated."""
        laid = ladder.laid[depth]
        if laid is None:
            laid = ladder.laid[depth] = self._stairs(ladder.nodes[depth], ladder.matter)
        return laid

    def lay_down(self) -> None:
        """Lay down every matter now, rather than when it is first asked about."""
        for path in self.taxonomy.matters:
            ladder = self.ladder(path)
            for depth in range(len(ladder.nodes)):
                self.stairs(ladder, depth)

    def beside(self, ladder: Ladder, depth: int, may: May, asking: Asking) -> tuple[Grant, ...]:
        """The grants to propose, confirm or ratify on a node that count at a moment."""
        return tuple(
            grant
            for grant in ladder.nodes[depth].beside
            if grant.may is may
            and opening(grant.starts_at) <= asking.at < closing(grant.ends_at)
            and asking.holds(tests(grant.when, clause=grant.clause))
        )

    def residual(self) -> tuple[Rung, Spec]:
        """Who takes what no clause covers. Raises: CannotRoute, where the network does not have it."""
        if self._residual is None:
            found = spec(self.scheme.residual, snapshot=self.snapshot, party=self.party_id, clause="for all else")
            grant = Grant(ref="residual", matter="", clause="", holder=self.scheme.residual)
            rung = Rung(
                (), found.mask, ALWAYS, NEVER, (), found.roles, (), -1, found.body, True, None, (), _LAST, grant, None
            )
            self._residual = rung, found
        return self._residual

    def _node(self, path: str) -> Node:
        node = self._nodes.get(path)
        if node is None:
            node = self._nodes[path] = Node(path)
        return node

    def _stairs(self, node: Node, matter: MatterFacts) -> Stairs:
        stairs = Stairs()
        for grant in node.decide:
            found = spec(grant.holder, snapshot=self.snapshot, party=self.party_id, clause=grant.clause)
            self._place(stairs, self._rung(grant, found, matter), found)
        if self.delegations:
            refs = {grant.ref: grant for grant in node.decide}
            for passed in effective(self.delegations, refs, snapshot=self.snapshot, party=self.party_id):
                if passed.void:
                    stairs.void.append(passed)
                else:
                    rung = self._passed_on(passed, matter)
                    self._put(stairs, rung, -1 if self.scheme.pooled else passed.unit)
        stairs.mentions = tuple(
            dict.fromkeys(
                (opening(said.starts_at), closing(said.ends_at), tests(said.when, clause=said.clause))
                for said in node.competing
            )
        )
        for flight in (*stairs.by_kind.values(), *stairs.by_unit.values()):
            flight.put_in_order()
        stairs.pooled.sort(key=attrgetter("key"))
        stairs.kept = [self._kept(reservation, matter) for reservation in node.reserved]
        stairs.kept.sort(key=lambda k: (tuple(-limit for limit in k.above), k.reservation.clause, k.reservation.ref))
        return stairs

    def _place(self, stairs: Stairs, rung: Rung, found: Spec) -> None:
        if self.scheme.pooled:
            if found.body is None and found.unit < 0:
                raise CannotRoute(
                    f"Clause {rung.grant.clause} gives a pooled matter to a role without naming one unit. "
                    "A pool needs a body, or a role at one unit.",
                    about=rung.grant.ref,
                )
            stairs.pooled.append(rung)
        elif found.body is not None:
            self._put(stairs, rung, seat_of(found.body, snapshot=self.snapshot, party=self.party_id))
        elif found.unit >= 0:
            self._put(stairs, rung, found.unit)
        elif found.kind == EVERYWHERE:
            raise CannotRoute(
                f"Clause {rung.grant.clause} does not say where its holder sits. Name a kind of unit, or one unit.",
                about=rung.grant.ref,
            )
        else:
            flight = stairs.by_kind.get(found.kind) or stairs.by_kind.setdefault(found.kind, Flight())
            flight.rungs.append(rung)

    def _put(self, stairs: Stairs, rung: Rung, unit: int) -> None:
        if unit < 0:
            stairs.pooled.append(rung)
        else:
            (stairs.by_unit.get(unit) or stairs.by_unit.setdefault(unit, Flight())).rungs.append(rung)

    def _rung(self, grant: Grant, found: Spec, matter: MatterFacts) -> Rung:
        limits = matter.limits(grant.limits, clause=grant.clause)
        in_order = (0, grant.order) if grant.order is not None else (1, 0)
        posts: tuple[int, ...] = ()
        if self.scheme.pooled and found.unit >= 0:
            staffing = self.snapshot.staffing
            posts = tuple(post for role in found.roles for post in staffing.posts(found.unit, role))
        return Rung(
            limits,
            -1 if self.scheme.pooled else found.mask,
            opening(grant.starts_at),
            closing(grant.ends_at),
            tests(grant.when, clause=grant.clause),
            found.roles,
            posts,
            -1,
            found.body,
            grant.deputies,
            within(grant.answer_within, grant.answer_in_working_time),
            tuple(
                spec(holder, snapshot=self.snapshot, party=self.party_id, clause=grant.clause)
                for holder in grant.co_signers
            ),
            (*in_order, limits, int(found.body is not None), grant.clause, grant.ref),
            grant,
            None,
        )

    def _passed_on(self, passed: Effective, matter: MatterFacts) -> Rung:
        own = self._rung(passed.grant, Spec((), -1, -1, passed.body, -1), matter)
        limits = own.limits
        for amounts in passed.limits:
            limits = tuple(map(min, limits, matter.limits(amounts, clause=passed.grant.clause)))
        return own._replace(
            limits=limits,
            starts=passed.starts,
            ends=passed.ends,
            posts=() if passed.post < 0 else (passed.post,),
            person=passed.person,
            key=(*own.key[:2], limits, int(passed.body is not None), passed.grant.clause, passed.delegation.ref),
            passed_on=passed,
        )

    def _kept(self, reservation: Reservation, matter: MatterFacts) -> Kept:
        body = body_called(reservation.body, snapshot=self.snapshot, party=self.party_id)
        if body is None:
            raise CannotRoute(
                f"Clause {reservation.clause} reserves “{reservation.matter}” to “{reservation.body}”, "
                "which the network does not have. Tell the governance secretary.",
                about=reservation.ref,
            )
        return Kept(
            matter.amounts(reservation.above, missing=-1, clause=reservation.clause),
            not reservation.above,
            opening(reservation.starts_at),
            closing(reservation.ends_at),
            tests(reservation.when, clause=reservation.clause),
            body,
            within(reservation.answer_within, reservation.answer_in_working_time),
            reservation,
        )


def _mention(node: Node, said: Grant | Reservation) -> None:
    starts, ends = opening(said.starts_at), closing(said.ends_at)
    node.always |= (starts, ends, said.when) == (ALWAYS, NEVER, ())


def tests(when: tuple[Condition, ...], *, clause: str) -> tuple[Test, ...]:
    """The conditions, ready to be held against the moment. Raises: CannotRoute, where one cannot be."""
    found = []
    for condition in when:
        level = 0
        if condition.kind is ConditionKind.OPEL:
            if not condition.value.isdigit():
                raise CannotRoute(
                    f"Clause {clause} holds at OPEL “{condition.value}”, which is not a level.", about=condition.value
                )
            level = int(condition.value)
        found.append(Test(condition.kind, level, condition.value))
    return tuple(found)
