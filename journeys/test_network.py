"""The network: a system, an organisation's tree by keyboard, a unit, a person; long names, vacant posts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from journeys.keyboards import KeyboardWindow
from journeys.marchland import NIGHT, WARD_7
from journeys.windows import DESK, PHONE
from remit.authority.queries import worlds
from remit.network.models import Person, Unit
from remit.network.queries import snapshots

LONG = "Her Grace Wilhelmina-Alexandrina Featherstonehaugh-Cholmondeley-Majoribanks of Llanfairpwllgwyngyll"


def test_from_the_system_to_the_person_who_runs_the_ward(phone):
    phone.sign_in_as("bronagh", to="/network/")
    phone.follow("Marchland Integrated Care System")
    phone.reads("A system of 7 members", "It convenes its members and commands none of them", "1 July 2022")

    phone.follow("Fenmoor Hospitals")
    phone.unfold("Fenmoor General")
    phone.unfold("Medicine")
    phone.unfold("Acute medicine")
    phone.follow("Ward 7, Fenmoor")
    phone.reads("Here now:", "On call now", "Relies on", "Laboratory")

    phone.follow("Bronagh Tillerby")
    phone.reads("ward manager, Ward 7, Fenmoor", "at work now", "Call 01632 960902")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_tree_opens_and_closes_with_the_keyboard(opened, viewport):
    window = opened(KeyboardWindow, viewport=viewport)
    window.sign_in_as("hugh", to="/network/fenmoor-hospitals/")

    window.unfold("Saltmere Hospital")
    window.unfold("Saltmere services")
    window.unfold("Rehabilitation")
    ward = window.page.get_by_role("link", name="Alder ward, Saltmere")
    expect(ward).to_be_visible()

    window.unfold("Saltmere Hospital")
    expect(ward).to_be_hidden()
    window.unfold("Saltmere Hospital")
    window.follow("Alder ward, Saltmere")
    assert window.heading == "Alder ward, Saltmere"


def test_the_first_step_of_the_keyboard_leads_past_the_navigation(opened):
    window = opened(KeyboardWindow)
    window.sign_in_as("hugh", to="/network/")

    window.page.reload()
    window.page.keyboard.press("Tab")
    skip = window.page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#maincontent")).to_be_focused()


def test_a_vacant_post_stands_in_plain_sight(phone):
    phone.sign_in_as("hugh", to="/network/fenmoor-hospitals/units/orthopaedics/")

    phone.reads("1 vacant post")
    vacant = phone.page.locator(".remit-rows__item", has_text="Vacant")
    assert "Matron" in vacant.inner_text()


def test_somebody_acting_for_another_is_said_to(phone):
    phone.sign_in_as("hugh", to="/network/fenmoor-hospitals/units/ward-10/")

    phone.reads("Acting ward manager")


def test_at_night_the_page_of_a_ward_names_who_is_there(phone, stand_at):
    stand_at(NIGHT)
    phone.sign_in_as("yvette", to=WARD_7)

    phone.reads("Efua Tandoh-Reeve", "On call now", "Dilip Harsevar", "Maryam Eastholme")


@pytest.fixture
def long_names(live_server):
    """A ward and its manager with names longer than any window. They count up no version, so pictures are let go."""
    Unit.objects.filter(code="ward-7").update(name="Ward 7 for rheumatology, dermatology, " + "otorhinolaryngology" * 3)
    Person.objects.filter(code="bronagh").update(name=LONG)
    forget_pictures()
    yield
    forget_pictures()


def forget_pictures():
    snapshots.forget()
    worlds.forget()


@pytest.mark.parametrize("viewport", [PHONE, {"width": 320, "height": 640}], ids=["phone", "narrow"])
def test_long_names_stay_on_the_page(opened, long_names, viewport):
    window = opened(viewport=viewport)

    # Each page holds them: every look refuses what sticks out to the side
    window.sign_in_as("bronagh", to="/")
    window.open(WARD_7)
    window.reads(LONG)
    window.open(f"/network/people/{Person.objects.get(code='bronagh').pk}/")
    window.reads(LONG)
    window.open("/network/fenmoor-hospitals/")
    window.open("/acting-in/")
