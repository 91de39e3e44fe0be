"""What a decision about authority does when it takes effect."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from remit.authority.actions.schemes import adopt_on_strength
from remit.authority.models import SchemeVersion
from remit.kernel.words import day
from remit.shell.acts import Act


def _words(*, scheme_id: str, starts_at: str) -> str:
    version = SchemeVersion.objects.get(pk=UUID(scheme_id))
    return f"adopts {version.title}, edition {version.edition}, from {day(datetime.fromisoformat(starts_at))}"


ACTS = (Act("adopt-scheme", matter="governance/adopt-scheme", run=adopt_on_strength, words=_words),)
