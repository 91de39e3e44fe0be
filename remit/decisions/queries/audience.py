"""Who sees a decision: its organisations' people and their systems' convenors; if restricted, those whom it ties."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from remit.decisions.models import Asked, Decision, Signature
from remit.kernel.actor import Actor
from remit.network.access import Audience, Sight, sight_of
from remit.network.queries import present, uuid_of
from remit.network.rules.moments import epoch
from remit.network.rules.rows import Id


def audience_of(decision: Decision, *, at: datetime) -> Audience:
    """For whom one decision is."""
    people = {decision.proposed_by_id, decision.decided_by_id}
    people |= set(Asked.objects.filter(decision=decision).values_list("person_id", flat=True))
    people |= set(Signature.objects.filter(decision=decision).values_list("person_id", flat=True))
    organisations = frozenset() if decision.restricted else _organisations(decision, at=at)
    return Audience(organisations=organisations, people=frozenset(people - {None}))


def sees(decision: Decision, actor: Actor, *, at: datetime) -> bool:
    """Whether an actor may see a decision. Whom it ties is looked up only where their organisation does not."""
    sight = sight_of(actor, at=at)
    if not decision.restricted and sight.sees(Audience(organisations=_organisations(decision, at=at))):
        return True
    return sight.sees(audience_of(decision, at=at))


def _organisations(decision: Decision, *, at: datetime) -> frozenset[Id]:
    partnerships = present(at=at).partnerships
    concerned = {party.pk for party in decision.concerns.all()}
    convenors = {
        partnerships.parties[system].convenor_id
        for party in concerned
        for system in partnerships.systems(party, epoch(at))
    }
    return frozenset(concerned | (convenors - {None}))


def parties_in(sight: Sight, *, at: datetime) -> set[UUID]:
    """The organisations whose decisions a sight covers: one's own, and the members of what one's own convenes."""
    partnerships = present(at=at).partnerships
    convened = [system for system, party in partnerships.parties.items() if party.convenor_id in sight.organisations]
    members = {member for system in convened for member in partnerships.organisations(system, epoch(at))}
    return {uuid_of(party) for party in {*sight.organisations, *members}}


def visible(actor: Actor, *, at: datetime) -> Q:
    """The decisions that an actor may see, as a condition on them."""
    sight = sight_of(actor, at=at)
    if sight.keeper:
        return Q()
    concerned = Decision.concerns.through.objects.filter(
        decision_id=OuterRef("pk"), party_id__in=parties_in(sight, at=at)
    )
    tied = Q(proposed_by=sight.person) | Q(decided_by=sight.person)
    tied |= Q(Exists(Asked.objects.filter(decision=OuterRef("pk"), person=sight.person)))
    tied |= Q(Exists(Signature.objects.filter(decision=OuterRef("pk"), person=sight.person)))
    open_to = Q(restricted=False) & Q(Exists(concerned))
    return open_to if sight.person is None else open_to | tied
