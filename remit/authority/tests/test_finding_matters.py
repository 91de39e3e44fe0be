"""Matters found by everyday words, as people type them on a phone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.authority.rules.finding_matters import MatterIndex, find_matters, stem
from remit.authority.tests.shipped import taxonomy


def first(text: str) -> str:
    return next((matter.path for matter in find_matters(text, taxonomy())), "")


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("agency nurse", "workforce/agency"),
        ("agency", "workforce/agency"),
        ("locum", "workforce/agency"),
        ("open beds", "estate/open-beds"),
        ("open a bay", "estate/open-beds"),
        ("extra beds", "estate/open-beds"),
        ("can I open four beds", "estate/open-beds"),
        ("escalation beds", "estate/open-beds"),
        ("bank shift", "workforce/bank"),
        ("order gloves", "supplies/order"),
        ("gloves", "supplies/order"),
        ("reagents", "supplies/laboratory-order"),
        ("lab order", "supplies/laboratory-order"),
        ("move a nurse to another ward", "workforce/redeploy"),
        ("redeploy staff", "workforce/redeploy"),
        ("dismiss", "workforce/dismiss"),
        ("sack someone", "workforce/dismiss"),
        ("overtime", "workforce/overtime"),
        ("swap shifts", "workforce/rota"),
        ("cancel a list", "service/cancel-elective"),
        ("cancel operations", "service/cancel-elective"),
        ("close a ward for infection", "infection/close-ward"),
        ("norovirus", "infection/close-bay"),
        ("close a bay for infection", "infection/close-bay"),
        ("stop visitors", "visiting/restrict"),
        ("end of life visit", "visiting/exception"),
        ("ambulance divert", "flow/divert"),
        ("taxi", "flow/discharge-transport"),
        ("opel", "flow/set-opel"),
        ("lease", "spend/revenue/budgeted"),
        ("single tender", "spend/tender-waiver"),
        ("lost hearing aid", "spend/write-off"),
        ("drug shortage", "medicines/substitute"),
        ("broken lift", "estate/repair"),
        ("borrow a pump", "equipment/borrow"),
        ("pilot", "quality/trial-change"),
        ("winter money", "spend/winter"),
        ("mutual aid beds", "mutual-aid/beds"),
        ("shut a unit", "service/close-temporarily"),
        ("reconfiguration", "service/change-permanently"),
    ],
)
def test_everyday_words_find_the_matter(typed, path):
    assert first(typed) == path


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("agancy nurse", "workforce/agency"),
        ("agency nures", "workforce/agency"),
        ("escaltion beds", "estate/open-beds"),
        ("redploy", "workforce/redeploy"),
        ("overtme", "workforce/overtime"),
        ("order glvoes", "supplies/order"),
        ("norvirus", "infection/close-bay"),
        ("AGENCY NURSES!", "workforce/agency"),
    ],
)
def test_a_slip_of_the_thumb_is_forgiven(typed, path):
    assert first(typed) == path


@pytest.mark.parametrize(
    ("typed", "path"), [("age", "workforce/agency"), ("glov", "supplies/order"), ("redep", "workforce/redeploy")]
)
def test_half_a_word_finds_what_it_may_become(typed, path):
    assert path in [matter.path for matter in find_matters(typed, taxonomy(), limit=5)]


@pytest.mark.parametrize("typed", ["", "   ", "?!", "xyzzyq"])
def test_what_means_nothing_finds_nothing(typed):
    assert find_matters(typed, taxonomy()) == ()


def test_one_strange_word_does_not_empty_the_list():
    assert first("agency nurse xyzzyq") == "workforce/agency"


@pytest.mark.parametrize("path", sorted(taxonomy().matters))
def test_every_matter_is_found_by_its_title(path):
    assert first(taxonomy().matters[path].title) == path


@pytest.mark.parametrize("path", sorted(taxonomy().matters))
def test_every_everyday_word_leads_near_its_matter(path):
    for words in taxonomy().matters[path].words:
        found = [matter.path for matter in find_matters(words, taxonomy(), limit=6)]
        assert path in found, f"{words}: {found}"


def test_the_forms_of_a_word_are_one():
    assert stem("nurses") == stem("nurse")
    assert stem("ordering") == stem("orders") == stem("order")
    assert stem("closed") == stem("close") == stem("closing")
    assert stem("bed") == "bed"


@given(st.text(max_size=60))
def test_any_text_is_answered_the_same_way_twice(text):
    assert find_matters(text, taxonomy()) == find_matters(text, taxonomy())


def test_it_is_quick_enough_for_every_key_pressed():
    index = MatterIndex(taxonomy())
    started = time.perf_counter()
    for _ in range(20):
        index.find("move an agency nurse to ward")
    assert (time.perf_counter() - started) / 20 < 0.02
