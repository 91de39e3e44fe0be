"""What part of a grant may be passed on: nothing that routing could not weigh afterwards."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from remit.authority.actions import delegate
from remit.authority.models import Delegation
from remit.kernel.errors import NotValid
from remit.testing.small_system import MORNING, SmallSystem


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"limits": {"beds": Decimal(4)}}, "This matter counts exposure_gbp, not beds."),
        ({"limits": {"exposure_gbp": Decimal(-4)}}, "below nought"),
        ({"within": uuid4()}, "no such unit"),
        ({"to_person": None, "to_body": "cabinet"}, "no body “cabinet”"),
    ],
)
def test_a_part_that_could_not_be_weighed_is_refused(small: SmallSystem, part: dict[str, Any], said: str) -> None:
    given = {
        "to_person": small.efua.person,
        "document": "A letter",
        "starts_at": MORNING,
        "ends_at": MORNING + timedelta(days=9),
    } | part
    with pytest.raises(NotValid, match=said):
        delegate(small.party("fenmoor"), "budgeted-service-lead", by=small.nadia, at=MORNING, **given)
    assert not Delegation.objects.exists()
