"""Ids, actors and refusals: the small values that everything speaks in."""

from __future__ import annotations

import dataclasses
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel.actor import ANONYMOUS, CLOCK, KEEPER, Actor, ActorKind
from remit.kernel.errors import NotAllowed, NotFound, NotValid, RemitError, WrongState
from remit.kernel.ids import new_id, random_id

ALL_ERRORS = [NotFound("decision"), NotAllowed("Ask."), WrongState(found="in_effect", wanted="open"), NotValid("No.")]


def test_ids_of_the_record_sort_by_when_they_were_made():
    made = [new_id() for _ in range(1000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {one.version for one in made} == {7}


def test_random_ids_say_nothing_of_when():
    made = [random_id() for _ in range(1000)]

    assert made != sorted(made)
    assert len(set(made)) == len(made)
    assert {one.version for one in made} == {4}
    assert {one.variant for one in made} == {random_id().variant}


def test_an_actor_is_a_value():
    person = new_id()
    assert Actor(ActorKind.PERSON, person, "someone", person) == Actor(ActorKind.PERSON, person, "someone", person)
    with pytest.raises(dataclasses.FrozenInstanceError):
        KEEPER.words = "somebody else"  # type: ignore[misc]


@pytest.mark.parametrize("actor", [CLOCK, KEEPER, ANONYMOUS])
def test_those_who_are_nobody_carry_no_id(actor):
    assert actor.id is None
    assert actor.person is None
    assert actor.words


@pytest.mark.parametrize("error", ALL_ERRORS, ids=lambda error: error.code)
def test_a_refusal_speaks_to_people_and_to_machines(error):
    assert isinstance(error, RemitError)
    assert error.words().endswith(".")
    assert error.code == error.code.lower()
    assert " " not in error.code
    assert 400 <= error.status < 500


def test_codes_of_refusals_are_all_different():
    assert len({error.code for error in ALL_ERRORS}) == len(ALL_ERRORS)


def test_what_moved_on_says_where_it_is():
    refusal = WrongState(found="in_effect", wanted="awaiting_confirmation")

    assert "in effect" in refusal.words()
    assert "awaiting confirmation" in refusal.words()
    assert "Nothing was changed" in refusal.words()
    assert refusal.status is HTTPStatus.CONFLICT


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), st.text(max_size=20), max_size=4))
def test_what_is_not_valid_names_its_fields(fields):
    assert NotValid("This cannot be used.", **fields).details() == {"fields": fields}
