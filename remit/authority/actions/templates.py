"""A template of a scheme, given to parties that have none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from remit.authority.actions.schemes import adopt_first, draft_scheme
from remit.authority.models import SchemeVersion
from remit.kernel.actor import Actor
from remit.ledger.actions import action, nothing_to_change


@action
def begin_with_template(
    party_ids: Iterable[UUID], text: str, *, file: str, by: Actor, at: datetime
) -> list[SchemeVersion]:
    """Bring a template into force as the first scheme of each of these parties that has none.

    Raises: NotKeeper; SchemeRefused, with findings, and then none of them has it.
    """
    wanted = list(dict.fromkeys(party_ids))
    have = set(SchemeVersion.objects.filter(party__in=wanted).values_list("party_id", flat=True))
    drafts = [draft_scheme(party, text, file=file, by=by, at=at) for party in wanted if party not in have]
    if not drafts:
        nothing_to_change()
    return [adopt_first(draft.pk, by=by, at=at) for draft in drafts]
