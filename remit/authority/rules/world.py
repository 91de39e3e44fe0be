"""What a question is asked of: the network, the schemes in force, and the conditions of the moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from remit.authority.rules.case import CALM, Conditions, Id
from remit.authority.rules.delegation import Delegation
from remit.authority.rules.index import CompiledScheme
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.scheme import Scheme
from remit.authority.rules.taxonomy import Taxonomy
from remit.kernel.words import day
from remit.network.rules.moments import as_moment
from remit.network.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A snapshot, the schemes of each party laid down on it, and the conditions.

    INVARIANT: every scheme is laid down on the trees of `snapshot`; patched snapshots share them.
    """

    snapshot: Snapshot
    schemes: Mapping[Id, tuple[CompiledScheme, ...]]  # of each party, the latest first
    conditions: Conditions = CALM

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        *,
        taxonomies: Sequence[Taxonomy],
        schemes: Sequence[Scheme],
        delegations: Sequence[Delegation] = (),
        conditions: Conditions = CALM,
    ) -> World:
        """Lay the schemes down. Raises: CannotRoute, where a party or taxonomy is not there."""
        known = {key: taxonomy for taxonomy in taxonomies for key in (taxonomy.code, taxonomy.name)}
        laid: dict[Id, list[CompiledScheme]] = {}
        for scheme in schemes:
            party = snapshot.partnerships.party_ids.get(scheme.party)
            taxonomy = known.get(scheme.taxonomy)
            if party is None or taxonomy is None:
                missing = f"the party “{scheme.party}”" if party is None else f"the taxonomy “{scheme.taxonomy}”"
                raise CannotRoute(f"{scheme.title} names {missing}, which is not there.", about=scheme.code)
            own = [delegation for delegation in delegations if delegation.party == scheme.party]
            laid.setdefault(party, []).append(CompiledScheme(scheme, taxonomy, own, snapshot, party))
        for found in laid.values():
            found.sort(key=lambda s: (s.starts, s.scheme.edition), reverse=True)
        return cls(snapshot, {party: tuple(found) for party, found in laid.items()}, conditions)

    def under(self, conditions: Conditions) -> World:
        """The same world at other OPEL levels, with other incidents."""
        return replace(self, conditions=conditions)

    def seen_in(self, snapshot: Snapshot) -> World:
        """The same schemes on a patched snapshot. Raises: ValueError, where its trees are others."""
        if snapshot.tree is not self.snapshot.tree:
            raise ValueError("this snapshot has other trees: lay the schemes down anew")
        return replace(self, snapshot=snapshot)

    def in_force(self, party: Id, at: int) -> CompiledScheme | None:
        """The scheme that a party goes by at a moment."""
        for scheme in self.schemes.get(party, ()):
            if scheme.starts <= at < scheme.ends:
                return scheme
        return None

    def scheme(self, party: Id, at: int) -> CompiledScheme:
        """The scheme that an organisation goes by at a moment. Raises: CannotRoute, where it has none."""
        found = self.in_force(party, at)
        if found is None or found.scheme.pooled:
            name = self.snapshot.partnerships.parties[party].name
            when = as_moment(at)
            raise CannotRoute(
                f"{name} has no scheme of delegation in force{f' on {day(when)}' if when else ''}, "
                "so nobody can be named. Ask its governance secretary.",
                about=str(party),
            )
        return found
