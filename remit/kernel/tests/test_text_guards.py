"""No NHS number passes, and little else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel.errors import NotValid
from remit.kernel.text_guards import MASK, holds_nhs_number, is_nhs_number, masked, refuse_nhs_numbers

VALID = "9434765919"  # Source: the NHS Data Dictionary's own worked example


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        "943 476 5919",
        "943-476-5919",
        "943.476.5919",
        "943\u00a0476\u00a05919",
        "943 – 476 – 5919",
        "NHS no 9434765919, bed 4",
        "NHS9434765919",
        "(943 476 5919)",
        "Bed 4: 943 476 5919.",
    ],
)
def test_usual_shapes_are_found_and_masked(text):
    assert holds_nhs_number(text)
    assert MASK in masked(text)
    assert not holds_nhs_number(masked(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "943 476 5918",  # wrong check digit
        "94347659190",  # eleven digits
        "07700 900123",
        "+44 7700 900123",
        "£9,434,765,919",
        "019ab34f-5678-7123-9434-765919abcdef",
        "between 943 and 476 of 5919",
    ],
)
def test_other_numbers_pass(text):
    assert not holds_nhs_number(text)
    assert masked(text) == text


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_at_most_one_check_digit_is_right(nine):
    assert sum(is_nhs_number(nine + last) for last in "0123456789") <= 1


@given(st.text())
def test_what_was_masked_may_be_stored(text):
    assert not holds_nhs_number(masked(text))


def test_the_refusal_names_the_field_and_not_the_number():
    with pytest.raises(NotValid) as refusal:
        refuse_nhs_numbers(("why", "for 943 476 5919"), ("title", "Open four beds"))

    assert set(refusal.value.fields) == {"why"}
    assert "5919" not in refusal.value.words()
