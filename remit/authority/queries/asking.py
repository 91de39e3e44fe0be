"""From what someone asks to the case that routing weighs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from remit.authority.models import Case as CaseRow
from remit.authority.models import Exposure, TaxonomyVersion
from remit.authority.queries.worlds import taxonomies, world
from remit.authority.rules.case import Case, Id
from remit.authority.rules.exposure import Commitment, Reckoning, reckon, year_before
from remit.authority.rules.question import Question
from remit.authority.rules.taxonomy import Matter, Quantity, Reach, StatedFact, Taxonomy
from remit.kernel.errors import NotValid
from remit.network.queries import present, uuid_of
from remit.network.rules.moments import epoch


def taxonomy_in_force(unit_id: UUID, *, at: datetime) -> Taxonomy:
    """The matters that the organisation of a unit goes by: those of its scheme, else the newest.

    Raises: NotValid, for a unit that is not there, or where no matters were read in.
    """
    asked = world(at=at)
    if unit_id not in asked.snapshot.tree.number:
        raise NotValid("There is no such unit, or it is closed.", unit="is not there")
    party = asked.snapshot.party_of(asked.snapshot.unit(unit_id)).id
    scheme = asked.in_force(party, epoch(at))
    if scheme is not None:
        return scheme.taxonomy
    known = taxonomies()
    if not known:
        raise NotValid("No matters were read in yet, so there is nothing to ask about.")
    return known[-1]


def version_of(taxonomy: Taxonomy) -> TaxonomyVersion:
    """The stored edition of these matters."""
    return TaxonomyVersion.objects.get(key=taxonomy.name)


def taxonomy_of(row: TaxonomyVersion) -> Taxonomy:
    """A stored edition as values."""
    return next(taxonomy for taxonomy in taxonomies() if taxonomy.name == row.key)


def matter_of(question: Question, taxonomy: Taxonomy) -> Matter:
    """The matter of a question. Raises: NotValid, where this edition does not have it."""
    matter = taxonomy.matters.get(question.matter)
    if matter is None:
        raise NotValid(f"“{question.matter}” is not a matter of {taxonomy.name}. Choose one from the list.", matter="?")
    return matter


def quantities_of(matter: Matter, taxonomy: Taxonomy) -> list[Quantity]:
    """The quantities of a matter, its own first, then those of the nodes above it."""
    found: dict[str, Quantity] = {}
    path = matter.path
    while path:
        node = taxonomy.matters.get(path)
        for quantity in node.quantities if node else ():
            found.setdefault(quantity.code, quantity)
        path = path.rpartition("/")[0]
    return list(found.values())


def facts_of(matter: Matter, taxonomy: Taxonomy) -> list[StatedFact]:
    """The facts that may be stated about a matter, its own first, then those of the nodes above it."""
    found: dict[str, StatedFact] = {}
    path = matter.path
    while path:
        node = taxonomy.matters.get(path)
        for fact in node.facts if node else ():
            found.setdefault(fact.code, fact)
        path = path.rpartition("/")[0]
    return list(found.values())


def purpose_of(question: Question) -> str:
    """The purpose that commitments are summed by, however it is spelled; else the matter itself."""
    return " ".join(question.purpose.split()).casefold() or question.matter[-60:]


def committed_before(
    question: Question, *, at: datetime, apart_from: UUID | None = None
) -> dict[str, list[Commitment]]:
    """What the bearing unit committed for this purpose in the 12 months before, by quantity.

    Args:
        apart_from: the decision on this very question, whose own commitment did not come before it.
    """
    rows = Exposure.objects.filter(
        bears=question.bears or question.origin,
        purpose=purpose_of(question),
        committed_at__gt=year_before(at),
        committed_at__lte=at,
    ).exclude(reversed_at__lte=at)
    if apart_from is not None:
        rows = rows.exclude(decision_id=apart_from)
    rows = rows.order_by("committed_at")
    found: dict[str, list[Commitment]] = {}
    for code, amount, supplier, committed_at in rows.values_list("quantity", "amount", "supplier", "committed_at"):
        found.setdefault(code, []).append(Commitment(amount=amount, committed_at=committed_at, supplier=supplier))
    return found


def reckoned(question: Question, *, at: datetime, taxonomy: Taxonomy, apart_from: UUID | None = None) -> Reckoning:
    """The quantities of a question as limits count them: whole life, with the year before."""
    matter = matter_of(question, taxonomy)
    quantities = quantities_of(matter, taxonomy)
    summed = any(map(_summed, quantities))
    before = committed_before(question, at=at, apart_from=apart_from) if summed else {}
    return reckon(quantities, question.quantities, years=question.years, before=before, at=at)


def case_of(question: Question, *, at: datetime, taxonomy: Taxonomy, apart_from: UUID | None = None) -> Case:
    """The case that routing weighs. Raises: NotValid, for a unit or matter that is not there."""
    reckoning = reckoned(question, at=at, taxonomy=taxonomy, apart_from=apart_from)
    number = present(at=at).tree.number
    if any(unit not in number for unit in (question.origin, *question.affected)):
        raise NotValid("One of the units is not there, or it is closed.", unit="is not there")
    return Case(
        matter=question.matter,
        origin=question.origin,
        affected=question.affected,
        quantities=reckoning.quantities,
        facts=dict.fromkeys(question.facts, True),
        reversible=question.reversible,
        needed_by=question.needed_by,
        asker=question.asker,
        concerns=frozenset({question.supplier} if question.supplier else ()),
        shares=_shares(question, at=at, taxonomy=taxonomy, apart_from=apart_from),
        separable=question.separable,
        reckoning=reckoning.words,
    )


def _shares(
    question: Question, *, at: datetime, taxonomy: Taxonomy, apart_from: UUID | None
) -> dict[Id, Mapping[str, Decimal]]:
    """Each organisation's share as limits count it; what came before counts where the cost is borne."""
    if not question.shares:
        return {}
    quantities = quantities_of(matter_of(question, taxonomy), taxonomy)
    snapshot = present(at=at)
    bears = snapshot.party_of(snapshot.unit(question.bears or question.origin)).id
    before = committed_before(question, at=at, apart_from=apart_from)
    return {
        party: reckon(
            quantities, share, years=question.years, before=before if party == bears else {}, at=at
        ).quantities
        for party, share in question.shares.items()
    }


def _summed(quantity: Quantity) -> bool:
    """Whether what came before counts with it."""
    return Reach.ROLLING_YEAR in quantity.reaches


def own_amounts(case: CaseRow) -> Mapping[str, Decimal]:
    """What a case commits by itself: whole life, without what came before."""
    question = Question(
        matter=case.matter,
        origin=case.origin_id,
        quantities={code: Decimal(amount) for code, amount in case.quantities.items()},
        years=case.years,
    )
    taxonomy = taxonomy_of(case.taxonomy)
    quantities = quantities_of(matter_of(question, taxonomy), taxonomy)
    alone = reckon(quantities, question.quantities, years=case.years, at=case.asked_at).alone
    return {q.code: alone[q.code] for q in quantities if (q.is_money or _summed(q)) and q.code in alone}


def parties_of(question: Question, *, at: datetime) -> set[UUID]:
    """The organisations of the origin and of every unit named."""
    snapshot = present(at=at)
    units = (snapshot.unit(unit) for unit in (question.origin, *question.affected))
    return {uuid_of(snapshot.party_of(unit).id) for unit in units}
