"""The frame round every page."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.utils.translation import gettext_lazy

from remit.kernel.actor import Actor, ActorKind
from remit.shell import navigation
from remit.shell.frame import frame
from remit.shell.navigation import Place, shown_on
from remit.shell.tests.rendering import is_whole, shown, words

WARD_MANAGER = Actor(ActorKind.APPOINTMENT, uuid4(), "ward manager, Ward 7", uuid4())
PAGE = (
    '{% extends "shell/page.jinja" %}'
    "{% block title %}Ward 7{% endblock %}{% block content %}<h1>Ward 7</h1>{% endblock %}"
)


@pytest.fixture
def places():
    before = list(navigation._places)
    navigation.lay_out(Place(gettext_lazy("My remit"), "home"), Place("Sign in", "account_login"))
    yield
    navigation.lay_out(*before)


def test_a_page_has_one_main_part_a_way_past_the_header_and_a_title():
    html = shown(PAGE)

    assert is_whole(html)
    assert html.count("<main") == 1
    assert 'href="#maincontent"' in html
    assert "<title>Ward 7 – Remit</title>" in html
    assert '<html lang="en-GB"' in html


def test_without_context_there_is_no_side_column():
    assert "<aside" not in shown(PAGE)
    assert "<aside" in shown(PAGE + "{% block side %}<p>Beside</p>{% endblock %}")


def test_someone_signed_in_sees_in_which_post_they_act():
    html = shown(PAGE, actor=WARD_MANAGER)

    assert "You act as ward manager, Ward 7" in words(html)
    assert "Change the post in which you act" in words(html)
    assert "Sign out" in words(html)


def test_someone_without_a_post_is_told():
    assert "You act in no post" in words(shown(PAGE, actor=Actor(ActorKind.PERSON, uuid4(), "someone")))


def test_whoever_is_not_signed_in_sees_none_of_it():
    html = shown(PAGE)

    assert "Sign out" not in html
    assert "<nav" not in html


def test_a_demonstration_says_that_all_is_made_up():
    assert "everyone is made up" in shown(PAGE, demonstration=True)
    assert "made up" not in shown(PAGE)


def test_what_was_just_done_is_said_once_at_the_top():
    html = shown(PAGE, messages=[Message(constants.SUCCESS, "Decided. Infection control are told.")])

    assert 'role="status"' in html
    assert "remit-flash--success" in html


def test_the_place_where_one_is_is_marked(places):
    home, sign_in = shown_on("/sign-in/")

    assert (home.words, home.here) == ("My remit", "")
    assert sign_in.here == "page"
    assert shown_on("/sign-in/password/")[1].here == "true"
    assert shown_on("/")[0].here == "page"


def test_the_frame_offers_places_only_to_those_who_act(rf, places):
    request = rf.get("/")

    assert frame(request)["places"] == ()
    request.actor = WARD_MANAGER
    assert len(frame(request)["places"]) == 2


def test_a_fault_is_told_without_request_or_database():
    html = engines["jinja2"].get_template("shell/fault.jinja").render()

    assert is_whole(html)
    assert "Nothing was changed" in html
