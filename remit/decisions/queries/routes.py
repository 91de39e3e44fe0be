"""The route of a stored decision at a moment, read without holding anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from remit.authority.models import Case
from remit.authority.queries import asking
from remit.authority.queries.worlds import world
from remit.authority.rules.routing import route
from remit.authority.rules.verdict import Verdict
from remit.authority.rulings import question_of


def verdict_of(case: Case, *, at: datetime, reader: UUID | None, apart_from: UUID | None = None) -> Verdict:
    """Who may decide a case at this moment, said to one reader: *You can* is theirs, whoever asked first.

    Whoever closes it asks again, under the lock.

    Args:
        apart_from: the decision on this case, whose own commitment did not come before it.
    """
    question = replace(question_of(case), asker=reader)
    taxonomy = asking.taxonomy_of(case.taxonomy)
    return route(asking.case_of(question, at=at, taxonomy=taxonomy, apart_from=apart_from), world(at=at), at)
