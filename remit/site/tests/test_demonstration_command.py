"""`remit demonstration` and `remit personas`, as they are typed."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from remit.site.demonstration.personas import personas


@pytest.mark.django_db(transaction=True)
def test_the_past_needs_a_network_and_the_network_is_made_once() -> None:
    with pytest.raises(CommandError, match="no demonstration system here yet"):
        call_command("demonstration", stage="history")

    first, second = StringIO(), StringIO()
    call_command("demonstration", stage="network", stdout=first)
    call_command("demonstration", stage="network", stdout=second)

    assert "1,200 made-up people" in first.getvalue()
    assert second.getvalue() == ""
    assert apps.get_model("network.Party").objects.filter(kind="organisation").count() == 7


def test_personas_are_listed_with_what_to_try() -> None:
    said = StringIO()
    call_command("personas", stdout=said)

    for persona in personas():
        assert persona.name in said.getvalue()
        assert persona.about in said.getvalue()
