"""What authority's actions, and the actions of those above, ask for themselves."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from remit.authority.errors import NoScheme
from remit.authority.models import Case, Delegation, ExposureLock, SchemeVersion
from remit.authority.queries import asking
from remit.authority.queries.worlds import scheme_of, world
from remit.authority.rules.question import Question
from remit.authority.rules.routing import route
from remit.authority.rules.scheme import Grant, Scheme
from remit.authority.rules.verdict import Verdict
from remit.authority.rules.vocabulary import Vocabulary
from remit.network.models import Appointment, Body, Party, Role, RoleGroup, Unit
from remit.network.queries.kinds import unit_kinds


def route_for(case: Case, *, at: datetime, apart_from: UUID | None = None) -> Verdict:
    """The route of a case at this moment, with what is committed now. Takes the lock on its purpose.

    Args:
        apart_from: the decision on this case, whose own commitment did not come before it.
    INVARIANT: whoever commits exposure holds the lock from here until commit, so two
    orders at once cannot pass a limit together.
    """
    question = question_of(case)
    if connection.in_atomic_block:
        lock_purpose(case.party_id, asking.purpose_of(question))
    taxonomy = asking.taxonomy_of(case.taxonomy)
    return route(asking.case_of(question, at=at, taxonomy=taxonomy, apart_from=apart_from), world(at=at), at)


def lock_purpose(party_id: UUID, purpose: str) -> None:
    """Hold a purpose of an organisation until commit."""
    ExposureLock.objects.bulk_create([ExposureLock(party_id=party_id, purpose=purpose)], ignore_conflicts=True)
    if connection.features.has_select_for_update:
        ExposureLock.objects.select_for_update().get(party_id=party_id, purpose=purpose)


def question_of(case: Case) -> Question:
    """A stored case as the question that it was."""
    return Question(
        matter=case.matter,
        origin=case.origin_id,
        affected=tuple(case.affected.order_by("pk").values_list("pk", flat=True)),
        quantities={code: Decimal(amount) for code, amount in case.quantities.items()},
        years=case.years,
        facts=frozenset(case.facts),
        reversible=case.reversible,
        needed_by=case.needed_by,
        purpose=case.purpose,
        supplier=case.supplier,
        bears=case.bears_id,
        asker=case.asked_by_id,
        shares={
            UUID(party): {code: Decimal(amount) for code, amount in share.items()}
            for party, share in case.shares.items()
        },
        separable=case.separable,
        words=case.words,
    )


def scheme_in_force(party: Party, *, at: datetime) -> Scheme:
    """The scheme of a party at a moment. Raises: NoScheme."""
    rows = SchemeVersion.objects.filter(party=party, status=SchemeVersion.Status.ADOPTED, starts_at__lte=at)
    row = rows.exclude(ends_at__lte=at).select_related("party", "taxonomy").order_by("-starts_at").first()
    if row is None:
        raise NoScheme(party.name)
    return scheme_of(row)


def grant_of(scheme: Scheme, *, party: Party, ref: str) -> Grant | None:
    """The grant that a ref names, directly or at the bottom of a chain of delegations."""
    seen: set[str] = set()
    while ref not in seen:
        seen.add(ref)
        for grant in scheme.grants:
            if grant.ref == ref:
                return grant
        upper = Delegation.objects.filter(party=party, ref=ref).values_list("of", flat=True).first()
        if upper is None:
            return None
        ref = upper
    return None


def holds_grant(mine: Appointment, grant: Grant, upper: Delegation | None, *, at: datetime) -> bool:
    """Whether an appointment holds a grant, or what was passed on from it, at a moment."""
    if mine.starts_at > at or (mine.ends_at is not None and mine.ends_at <= at):
        return False
    if upper is not None:
        return upper.to_post_id == mine.post_id or upper.to_person_id == mine.person_id
    post = mine.post
    holder = grant.holder
    by_role = holder.role == post.role.code or (
        holder.role_group != "" and post.role.groups.filter(code=holder.role_group).exists()
    )
    unit = post.unit
    placed = (not holder.at_kind or holder.at_kind == unit.kind) and (
        not holder.at_unit or holder.at_unit in (unit.code, f"{unit.organisation.code}/{unit.code}")
    )
    return by_role and placed and (grant.deputies or mine.kind == Appointment.Kind.SUBSTANTIVE)


def vocabulary(party: Party) -> Vocabulary:
    """The codes that a scheme of this party may use."""
    known = {party.pk, *Party.objects.filter(memberships__member=party).values_list("pk", flat=True)}
    known |= set(Party.objects.filter(belongs_to__system=party).values_list("pk", flat=True))
    units = Unit.objects.filter(organisation__in=known).values_list("organisation__code", "code")
    bodies = Body.objects.filter(party__in=known).values_list("party__code", "code")
    return Vocabulary(
        roles=frozenset(Role.objects.values_list("code", flat=True)),
        role_groups=frozenset(RoleGroup.objects.values_list("code", flat=True)),
        unit_kinds=unit_kinds(),
        units=frozenset(f"{owner}/{code}" for owner, code in units),
        bodies=frozenset(code for owner, body in bodies for code in (body, f"{owner}/{body}")),
    )
