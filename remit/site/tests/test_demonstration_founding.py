"""Marchland in a database: loaded once, whole, with a way in for each persona and for nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from remit.ledger.queries import find_faults
from remit.network.queries import present
from remit.site.demonstration.founding import Founded, found, founded, opened_at
from remit.site.demonstration.personas import personas

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def count(model: str) -> int:
    return int(apps.get_model(model).objects.count())


def test_it_is_found_once() -> None:
    said: list[str] = []
    first = found(size="small", seed=7, at=NOW, say=said.append)
    rows = {model: count(model) for model in ("network.Person", "network.Duty", "authority.SchemeVersion")}
    later = found(size="large", seed=8, at=NOW + timedelta(days=1), say=said.append)

    assert first == later == founded() == Founded("small", 7, NOW.date())
    assert {model: count(model) for model in rows} == rows
    assert rows["network.Person"] == 1_200
    assert rows["authority.SchemeVersion"] == 8
    assert len([words for words in said if words.startswith("Making")]) == 1


def test_personas_have_a_way_in_without_a_password_and_the_record_is_whole() -> None:
    found(size="small", seed=7, at=NOW, say=lambda _: None)
    model = apps.get_model("network.Account")
    model.objects.filter(username="efua").delete()
    found(size="small", seed=7, at=NOW, say=lambda _: None)  # what was missing is made good
    accounts = model.objects.all()

    assert {account.username for account in accounts} == {persona.code for persona in personas()}
    assert all(account.made_up and not account.has_usable_password() for account in accounts)
    assert [account.username for account in accounts if account.person_id is None] == ["sam"]
    assert [account.username for account in accounts if account.is_technical] == ["sam"]
    assert not list(find_faults())
    assert len(present(at=opened_at(NOW.date()) + timedelta(hours=1)).tree.ids) == 124
