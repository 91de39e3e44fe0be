"""Values that components show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from remit.shell.presenters import Clock, Face, Proof, clock_of, pager_of
from remit.shell.presenters.clocks import ClockState

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Efua Tandoh-Reeve", "ET"), ("Dr Ana Maria Quill", "DQ"), ("Hugh", "H"), ("Bo (bank) Lin", "BL"), ("", "")],
)
def test_a_face_is_the_first_letters_of_the_first_and_last_name(name, initials):
    assert Face(name).initials == initials


@pytest.mark.parametrize(
    ("due_in", "state", "words"),
    [
        (timedelta(hours=5), ClockState.CALM, "Due 07:10, in 5 hours"),
        (timedelta(minutes=25), ClockState.SOON, "Due 02:35, in 25 minutes"),
        (timedelta(minutes=-25), ClockState.LATE, "25 minutes late: was due 01:45"),
    ],
)
def test_a_clock_says_how_long_is_left_and_how_it_presses(due_in, state, words):
    assert clock_of(NOW + due_in, now=NOW) == Clock(NOW + due_in, state, words)


def test_what_was_done_no_longer_presses():
    clock = clock_of(NOW - timedelta(hours=1), now=NOW, done_at=NOW - timedelta(hours=2), otherwise="The rung above.")

    assert (clock.state, clock.words, clock.otherwise) == (ClockState.DONE, "Done 00:10", "")


def test_a_proof_says_no_more_than_was_checked():
    assert Proof(10482).recorded == "Recorded as entry 10,482"
    assert Proof(10482).chain == ""
    assert Proof(10482, whole=True).chain == "chain whole"
    assert "broken" in Proof(10482, whole=False).chain


def test_leafing_keeps_the_other_questions_of_the_address(rf):
    pager = pager_of(rf.get("/decisions/", {"unit": "ward 7", "page": "2"}), number=2, of=3)

    assert pager.before_url == "/decisions/?unit=ward+7&page=1"
    assert pager.after_url == "/decisions/?unit=ward+7&page=3"


def test_the_first_and_the_last_page_have_one_neighbour(rf):
    assert pager_of(rf.get("/"), number=1, of=2).before_url == ""
    assert pager_of(rf.get("/"), number=2, of=2).after_url == ""
