"""The two stories that Remit is there for, on a phone: with a finger, without scripts, with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from journeys import pictures
from journeys.marchland import NIGHT, WARD_7, the_record_is_whole
from journeys.questions import ask_for_beds, ask_to_spend, fill_in


@pytest.fixture(params=["finger", "no scripts", "keyboard"])
def used_with(request):
    return request.param


@pytest.fixture
def window(used_with, phone_of):
    return phone_of(used_with)


@pytest.fixture
def picture(used_with, window):
    """Keep a picture of the page for the documentation, when they are asked for; once is enough."""
    return lambda name, **part: used_with == "finger" and pictures.take(window.page, name, **part)


def test_a_ward_manager_asks_is_told_you_can_decides_and_finds_it_on_the_record(window, phone_of):
    # Given the manager of Ward 7
    window.sign_in_as("bronagh", to="/")
    window.reads("Good morning, Bronagh")

    # When she asks about an order of £4,900
    ask_to_spend(window, "4,900")

    # Then she is told that she can, and by which clause
    window.reads("You can", "You hold this for Ward 7, Fenmoor, up to £5,000", "Clause 1.1")

    # When she decides
    window.follow("Decide now")
    title = "Buy four pressure mattresses for Ward 7"
    fill_in(
        window,
        title=title,
        what="Order four pressure-relieving mattresses from the framework; on the ward by Friday.",
        why="Three patients wait for one each night, and hiring costs £60 a day.",
        measure="Nights on which somebody waits for a mattress",
        now="5 a week",
        expected="None",
    )
    window.press("Decide now")

    # Then the decision says who, when, alone, under which clause, and when it is looked at again
    window.reads("Decided, and on the record")
    assert window.heading == title
    window.reads("Agreed by Bronagh Tillerby, ward manager, Ward 7, Fenmoor, at 10:30, alone, under clause 1.1")
    window.reads("It is reviewed on 21 December 2026", "£4,900", "Recorded as entry")

    # And it stands on the page of the unit
    window.open(WARD_7)
    window.reads("Decided here", title, "under clause 1.1")
    window.follow(title)

    # And in the record, which the company secretary reads and checks
    secretary = phone_of("finger")
    secretary.sign_in_as("hugh", to="/network/fenmoor-hospitals/record/")
    secretary.reads(f"decided: {title}, under clause 1.1")
    secretary.follow("Check that it is whole")
    secretary.reads("the record is whole")
    assert the_record_is_whole()


def test_a_nurse_at_ten_past_two_is_told_whom_to_ask_and_at_level_four_that_she_can(
    window, phone_of, stand_at, picture
):
    # Given the night, and the nurse in charge
    stand_at(NIGHT)
    window.sign_in_as("efua", to="/")

    # When she asks for four beds
    ask_for_beds(window, "4")
    question = window.path

    # Then she is told whom to ask, how to reach him, and why it is not her matron
    window.reads("Ask the site manager on call", "Dilip Harsevar", "on duty until 07:30", "Clause 4.2")
    window.reads("Your matron holds this too, but is off duty until 07:00", "the site manager is nearer")
    expect(window.page.get_by_role("link", name="Call Dilip Harsevar")).to_have_attribute("href", "tel:01632960904")

    # And the working says it of every rung, herself first
    window.unfold("Show the working")
    rungs = window.page.locator(".remit-rung").all_inner_texts()
    assert "Nurse in charge counts only at OPEL 4" in rungs[0]
    assert "Matron is off duty until 07:00" in rungs[1]
    assert [n for n, rung in enumerate(rungs) if "Decides here" in rung] == [3]
    picture("at-ten-past-two", down_to=".remit-stairs")

    # When the site manager sets the level to 4
    manager = phone_of("finger")
    manager.sign_in_as("dilip", to="/levels/")
    manager.mark("Set the level of Fenmoor Hospitals", "4")
    manager.press("Set the level")
    manager.reads("OPEL 4")

    # Then the same page says that she can
    window.open(question)
    window.reads("You can", "up to 6 beds", "OPEL 4", "Clause 4.2")
    picture("at-level-four", down_to="#answer")

    # When she decides, without waiting for advice at this hour
    window.follow("Decide now")
    fill_in(
        window,
        title="Open four escalation beds on Ward 7",
        what="Four beds in bay C from 02:30, closed again by noon.",
        why="Eleven people wait for a bed in the emergency department, the longest for nine hours.",
        measure="Patients waiting over 12 hours at 08:00",
        now="4",
        expected="None",
    )
    window.write("If their advice cannot be waited for, why?", "Nobody in infection control is on duty before 09:00.")
    window.press("Decide now")

    # Then it is decided, and the site manager finds it around him
    window.reads("Agreed by Efua Tandoh-Reeve, nurse in charge, Ward 7, Fenmoor, at 02:10, alone, under clause 4.2")
    picture("decided", down_to="#history")
    manager.open("/")
    manager.reads("Open four escalation beds on Ward 7")
    assert the_record_is_whole()
