"""What was decided stays under the scheme that was in force then, whatever a later decision says."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from remit.authority.actions import draft_scheme
from remit.authority.actions.schemes import adopt_on_strength
from remit.authority.models import SchemeVersion
from remit.authority.rulings import scheme_in_force
from remit.kernel.actor import KEEPER
from remit.network.models import Party
from remit.shell.acts import Strength
from remit.testing.small_system import MORNING, SmallSystem


def test_a_scheme_is_never_adopted_for_a_time_that_is_over(small: SmallSystem) -> None:
    party = Party.objects.get(code="fenmoor")
    old = SchemeVersion.objects.get(party=party)
    text = old.text.replace('edition = "2026"', 'edition = "2027"', 1)
    draft = draft_scheme(party.pk, text, file="2027.toml", by=KEEPER, at=MORNING)

    adopt_on_strength(
        scheme_id=str(draft.pk),
        starts_at=(MORNING - timedelta(days=30)).isoformat(),
        strength=Strength(decision_id=uuid4(), entry_id=uuid4()),
        by=KEEPER,
        at=MORNING,
    )

    assert scheme_in_force(party, at=MORNING - timedelta(seconds=1)).edition == "2026"
    assert scheme_in_force(party, at=MORNING).edition == "2027"
