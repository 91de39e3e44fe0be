"""What someone is to a decision at a moment: proposer, adviser, holder and so on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from remit.authority.models import SchemeVersion
from remit.authority.queries.worlds import scheme_of
from remit.authority.rules.scheme import Grant, Holder
from remit.authority.rulings import grant_of
from remit.decisions.models import Asked, Decision
from remit.decisions.rules.named import Named, named
from remit.decisions.rules.states import Part, State
from remit.decisions.rules.ways import Way
from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotFound
from remit.network.models import Appointment, Party
from remit.network.queries import present, uuid_of
from remit.promises.rules.owed import capacities


def parts_of(decision: Decision, actor: Actor, *, routes: Sequence[Sequence[Way]], at: datetime) -> frozenset[Part]:
    """Everything that an actor is to a decision, who may see it.

    Args:
        routes: the ways in which it may be closed now, as `rules.ways` reads them off the route.
    """
    if actor.kind is ActorKind.CLOCK:
        return frozenset({Part.CLOCK})
    person = actor.person
    if person is None:
        return frozenset()
    found = {Part.READER}
    if decision.proposed_by_id == person:
        found.add(Part.PROPOSER)
    if any(one.person == person for part in routes for way in part for one in way.people):
        found.add(Part.HOLDER)
    if any(one.person == person for part in routes for way in part for second in way.seconds for one in second.people):
        found.add(Part.CO_SIGNER)
    if Asked.objects.filter(decision=decision, person=person, part=Asked.Part.ADVISE, ended_at=None).exists():
        found.add(Part.ADVISER)
    mine = capacities(present(at=at), person, at=at)
    if not mine.parties.isdisjoint(party.pk for party in decision.concerns.all()):
        found.add(Part.AFFECTED)
    taken_in = decision.decided_in
    if decision.decided_by_id == person or (taken_in is not None and taken_in.post_id in mine.posts):
        found.add(Part.DECIDER)
    if decision.state is State.AWAITING_CONFIRMATION and person in _people(confirmers(decision, at=at)):
        found.add(Part.CONFIRMER)
    if decision.state is State.AWAITING_RATIFICATION and person in _people(ratifiers(decision, at=at)):
        found.add(Part.RATIFIER)
    return frozenset(found)


def party_of(decision: Decision, actor: Actor, *, at: datetime) -> Party:
    """The organisation for which somebody speaks in a decision: that of the post they act in, where it is concerned.

    Raises: NotFound, where none of theirs is.
    """
    mine = capacities(present(at=at), actor.person, at=at)
    held = Appointment.objects.filter(pk=actor.id or decision.pk).values_list("post__unit__organisation_id", flat=True)
    concerned = list(decision.concerns.filter(pk__in=[uuid_of(party) for party in mine.parties]))
    if not concerned:
        raise NotFound("organisation")
    acting = held.first()
    return next((party for party in concerned if party.pk == acting), concerned[0])


def confirmers(decision: Decision, *, at: datetime) -> list[Named]:
    """Whom the clauses that it was taken under have confirm it."""
    return [
        _named(grant.confirm_by, decision, party, clause=grant.clause, at=at)
        for party, grant in clauses_of(decision)
        if grant.confirm_by
    ]


def ratifiers(decision: Decision, *, at: datetime) -> list[Named]:
    """Whom the clauses that it was taken under have ratify it."""
    return [
        _named(grant.ratify_by, decision, party, clause=grant.clause, at=at)
        for party, grant in clauses_of(decision)
        if grant.ratify_by
    ]


def beside(decision: Decision, duty: str, *, at: datetime) -> list[Named]:
    """Whom the clauses that it was taken under name for a duty: `inform`, `report_to`."""
    found: dict[str, Named] = {}
    for party, grant in clauses_of(decision):
        for holder in getattr(grant, duty):
            one = _named(holder, decision, party, clause=grant.clause, at=at)
            found.setdefault(one.words, one)
    return list(found.values())


def clauses_of(decision: Decision) -> list[tuple[Party, Grant]]:
    """The grants that a decision was taken under, from the schemes that it pins."""
    found = []
    for used in decision.route.get("ways", ()):
        party = Party.objects.get(pk=UUID(used["party"]))
        rows = SchemeVersion.objects.filter(party=party, status=SchemeVersion.Status.ADOPTED)
        for row in rows.select_related("party", "taxonomy"):
            scheme = scheme_of(row)
            if f"{scheme.code} {scheme.edition}" == used["scheme"]:
                grant = grant_of(scheme, party=party, ref=used["ref"])
                if grant is not None:
                    found.append((party, grant))
    return found


def _named(holder: Holder, decision: Decision, party: Party, *, clause: str, at: datetime) -> Named:
    snapshot = present(at=at)
    unit = snapshot.tree.number.get(decision.unit_id, -1)
    if unit < 0 or snapshot.tree.organisation[unit] != party.pk:
        unit = snapshot.tree.root_of.get(party.pk, -1)
    return named(holder, snapshot=snapshot, party=party.pk, unit=unit, clause=clause, at=at)


def _people(all_named: Sequence[Named]) -> set[UUID]:
    return {person for one in all_named for person in one.people}
