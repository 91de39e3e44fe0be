"""`remit who`: in text, as JSON, with every option; what is wrong is said, and ends with 1."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from remit.kernel import clock
from remit.ledger.queries import count_entries
from remit.testing.small_system import MORNING

BEDS = ("estate/open-beds", "--unit", "ward-7", "--beds", "4", "--fact", "risk-assessed", "--at", "2026-11-23T02:10")


@pytest.fixture
def who(small, capsys):
    def who(*words: str) -> str:
        call_command("who", *words)
        return str(capsys.readouterr().out)

    with clock.stopped_at(MORNING):
        yield who


def test_the_answer_in_words_with_its_working(who):
    before = count_entries()
    said = who(*BEDS, "--needed-by", "2026-11-23T02:10", "--as", "efua")

    assert said.splitlines()[0].endswith("Ask the site manager on call")
    assert "Dilip Harsevar" in said
    assert "The working, nearest first:" in said
    assert "Matron" in said
    assert count_entries() == before


def test_the_same_as_json(who):
    found = json.loads(who(*BEDS, "--as", "Efua Tandoh", "--json"))

    assert found["outcome"] == "rung"
    assert found["headline"]
    assert not found["you_can"]


def test_every_option_is_heard(who):
    order = ("spend/revenue/budgeted", "--unit", "fenmoor/ward-7", "--purpose", "equipment", "--supplier", "Hollis")
    alone = who(*order, "--exposure-gbp", "900", "--as", "bronagh")
    lease = who(*order, "--exposure-gbp", "24k", "--years", "5", "--as", "p13")

    assert alone.splitlines()[0].endswith("You can")
    assert "£24,000 a year for 5 years is £120,000" in lease
    assert "Marsh County Council" in who("service/move", "--unit", "ward-7", "--affects", "council/council")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("estate/castles", "--unit", "ward-7"), "“estate/castles” is not a matter"),
        (("estate/open-beds", "--unit", "ward-99"), "There is no unit “ward-99”"),
        ((*BEDS, "--affects", "attic"), "There is no unit “attic”"),
        ((*BEDS, "--as", "nobody"), "There is nobody called “nobody”"),
        (("estate/open-beds", "--unit", "ward-7", "--at", "0001-01-01T00:00"), "The year 1 is not one to ask about"),
        ((*BEDS, "--needed-by", "9999-01-01"), "The year 9999 is not one to ask about"),
        (("estate/open-beds",), "--unit"),
        ((*BEDS, "--exposure-gbp", "lots"), "lots"),
        ((*BEDS[:-1], "yesterday"), "yesterday"),
        ((*BEDS, "--years", "0"), "years"),
        (("estate/open-beds", "--unit", "ward-7", "--beds", "-4"), "cannot be negative"),
    ],
)
def test_what_is_wrong_is_said(who, words, said):
    with pytest.raises(CommandError, match=said) as refusal:
        who(*words)

    assert refusal.value.returncode == 1


def test_each_organisation_decides_on_its_own_share(who):
    several = ("service/move", "--unit", "fenmoor/ward-7", "--affects", "council/council", "--exposure-gbp", "60000")

    assert "share" in who(*several, "--share", "fenmoor:50000", "--share", "council:10000")
    with pytest.raises(CommandError, match="no organisation"):
        who(*several, "--share", "nowhere:1")
    with pytest.raises(CommandError, match="is not a share"):
        who(*several, "--share", "10000")
