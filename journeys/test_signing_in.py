"""Signing in with a password, too many tries, signing out, and the post in which one acts."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings

from remit.kernel import clock
from remit.kernel.actor import KEEPER
from remit.network.actions import give_account
from remit.network.models import Person

PASSWORD = "kettle-orbit-marmalade"


@pytest.fixture
def with_a_password(live_server, settings):
    """The estates lead has been given an account, on a system that is no demonstration."""
    settings.DEMONSTRATION = False
    settings.LOGIN_URL = settings.LOGOUT_REDIRECT_URL = "account_login"
    lead = Person.objects.get(name="Winifred Tolleby")
    give_account("winifred", person_id=lead.pk, by=KEEPER, at=clock.now(), password=PASSWORD)


def sign_in(window, password):
    window.write("User name", "winifred")
    window.write("Password", password)
    window.press("Sign in")


@pytest.mark.parametrize("used_with", ["finger", "no scripts", "keyboard"])
def test_one_signs_in_goes_on_to_where_one_was_going_and_signs_out(with_a_password, phone_of, used_with):
    # Given an address that somebody sent
    window = phone_of(used_with)
    window.open("/decisions/")
    assert window.heading == "Sign in to Remit"

    # When she signs in, first wrongly
    sign_in(window, "kettle-orbit-marmite")
    window.reads("The user name and password do not go together")
    assert window.page.get_by_label("User name").input_value() == "winifred"
    sign_in(window, PASSWORD)

    # Then she is where she was going, and nobody offers to be someone else
    assert window.heading == "Decisions"
    assert window.page.get_by_text("Be someone else").count() == 0

    # When she signs out, then what she saw is closed
    window.press("Sign out")
    window.open("/decisions/")
    assert window.heading == "Sign in to Remit"


def test_too_many_tries_close_the_door_to_the_right_password_too(with_a_password, phone):
    phone.open("/sign-in/")
    for _ in range(django_settings.AXES_FAILURE_LIMIT - 1):
        sign_in(phone, "wrong")
        phone.reads("The user name and password do not go together")

    with phone.refused(429):
        sign_in(phone, "wrong")
        phone.reads("Too many tries", "closed here for 15 minutes")
        phone.open("/sign-in/")
        sign_in(phone, PASSWORD)
        phone.reads("Too many tries")


def test_a_post_is_chosen_and_everything_goes_with_it(phone):
    # Given somebody who holds posts in two organisations
    phone.sign_in_as("adaeze", to="/")
    assert "You act as GP partner, Wold View Practice" in acting(phone)

    # When she changes to the other
    phone.follow("Change the post in which you act")
    phone.press_like("Place director, North Marchland place")

    # Then she acts in that, and asks from there
    assert "North Marchland place" in acting(phone)
    phone.open("/who/")
    phone.write("What do you want to decide?", "training")
    phone.press("Find")
    phone.follow("Spend from a budget")
    chosen = phone.page.get_by_label("Where?").locator("option:checked")
    assert chosen.inner_text().startswith("North Marchland place")


def acting(window):
    return " ".join(window.page.locator(".remit-acting").inner_text().split())
