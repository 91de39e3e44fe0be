"""The route of a stored decision at a moment, read without holding anything."""

from __future__ import annotations

from datetime import datetime

from remit.authority.models import Case
from remit.authority.queries import asking
from remit.authority.queries.worlds import world
from remit.authority.rules.routing import route
from remit.authority.rules.verdict import Verdict
from remit.authority.rulings import question_of


def verdict_of(case: Case, *, at: datetime) -> Verdict:
    """Who may decide a case at this moment, for a page. Whoever closes it asks again, under the lock."""
    return route(asking.case_of(question_of(case), at=at, taxonomy=asking.taxonomy_of(case.taxonomy)), world(at=at), at)
