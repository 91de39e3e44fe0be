"""Lists, counts, moments and lengths of time, as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel import words

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000))


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_lists(items, said):
    assert words.joined(items) == said


def test_a_list_of_choices():
    assert words.joined(["A", "B", "C"], "or") == "A, B or C"


@given(st.lists(st.sampled_from(["Ward 7", "Ward 8", "laboratory", "matron"]), min_size=1))
def test_a_list_names_everything_once_as_often_as_given(items):
    said = words.joined(items)

    assert said.replace(" and ", ", ").split(", ") == items


@pytest.mark.parametrize(("n", "said"), [(0, "0 beds"), (1, "1 bed"), (2, "2 beds"), (1200, "1,200 beds")])
def test_counts(n, said):
    assert words.counted(n, "bed") == said


def test_a_noun_with_its_own_plural():
    assert words.counted(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (NOW, "12:00"),
        (NOW - timedelta(days=1), "yesterday 12:00"),
        (NOW + timedelta(days=1), "tomorrow 12:00"),
        (NOW + timedelta(days=3), "Wednesday 12:00"),
        (NOW + timedelta(days=7), "29 November 2026, 12:00"),
        (NOW - timedelta(days=2), "20 November 2026, 12:00"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2 July 2026, 00:30"),  # summer time, so the next day
    ],
)
def test_moments_as_near_as_the_reader_needs(when, said):
    assert words.moment(when, now=NOW) == said


def test_a_moment_for_ever_says_its_day():
    assert words.in_full(NOW) == "22 November 2026, 12:00"
    assert words.day(date(2026, 1, 3)) == "3 January 2026"


def test_the_date_of_a_moment_is_the_one_on_the_wall():
    summer_midnight = datetime(2026, 6, 30, 23, 0, tzinfo=UTC)

    assert words.day(summer_midnight) == "1 July 2026"
    assert words.in_full(summer_midnight) == "1 July 2026, 00:00"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(0), "less than a minute"),
        (timedelta(seconds=29), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=2, minutes=25), "2 hours 25 minutes"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=3, hours=1, minutes=9), "3 days 1 hour"),
        (timedelta(hours=-2), "2 hours"),
    ],
)
def test_lengths_of_time(span, said):
    assert words.duration(span) == said


@given(spans)
def test_a_length_of_time_has_two_parts_at_most(span):
    assert words.duration(span)
    assert sum(word.isdigit() for word in words.duration(span).replace(",", "").split()) <= 2


@given(st.text(max_size=40))
def test_a_sentence_ends_once(text):
    said = words.sentence(text)

    assert words.sentence(said) == said
    assert not said or said[-1] in ".?!:"


def test_a_capital_leaves_the_rest():
    assert words.capital("nHS England") == "NHS England"
    assert words.capital("") == ""
    assert words.sentence("over the limit") == "Over the limit."
