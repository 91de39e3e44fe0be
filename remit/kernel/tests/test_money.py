"""Money is exact, reads what people type, and refuses the rest in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel.errors import NotValid
from remit.kernel.money import MOST, PENNY, as_money, gbp

amounts = st.decimals(min_value=0, max_value=MOST, places=2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4900", "4900"),
        ("£4,900", "4900"),
        (" £ 4,900.50 ", "4900.50"),
        ("25k", "25000"),
        ("1.5M", "1500000"),
        ("0", "0"),
        ("0.005", "0.01"),
        (Decimal("12.3"), "12.3"),
        (7, "7"),
    ],
)
def test_what_people_type(typed, meant):
    assert gbp(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "k",
        "£",
        "lots",
        "-1",
        "-0.01",
        "nan",
        "sNaN",
        "inf",
        "-inf",
        "1e400",
        "1e999999m",
        "9" * 40,
        "4.9.0",
        "ten k",
    ],
)
def test_what_is_no_amount_is_refused_in_words(typed):
    with pytest.raises(NotValid) as refused:
        gbp(typed)

    assert "Write it like" in refused.value.words()


@given(amounts)
def test_what_is_written_reads_back_the_same(amount):
    assert gbp(as_money(amount)) == amount


@given(amounts)
def test_reading_twice_changes_nothing(amount):
    once = gbp(amount)

    assert gbp(once) == once
    assert once == once.quantize(PENNY)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_refusal(text):
    try:
        amount = gbp(text)
    except NotValid:
        return
    assert amount.is_finite()
    assert amount >= 0


def test_pence_are_shown_only_where_there_are_some():
    assert as_money(Decimal("4900.00")) == "£4,900"
    assert as_money(Decimal("4900.5")) == "£4,900.50"
    assert as_money(1_250_000) == "£1,250,000"
