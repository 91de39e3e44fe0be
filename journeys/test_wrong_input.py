"""What is typed wrong, or asked of the wrong person: clear words, and nothing lost."""

from __future__ import annotations

import pytest

from journeys.questions import ask_about, ask_to_spend


@pytest.mark.parametrize("garbage", ["about five grand", "-40", "4,9.00.1"])
def test_an_amount_that_is_none_is_said_beside_its_box_and_kept(phone, garbage):
    phone.sign_in_as("bronagh")
    ask_about(phone, "training", "Spend from a budget")
    phone.write("From whom?", "Fenmoor College")

    phone.write("How much, in pounds?", garbage)
    phone.press("Ask Remit")

    phone.reads("There is something to put right")
    assert phone.page.get_by_label("How much, in pounds?").input_value() == garbage
    assert phone.page.get_by_label("From whom?").input_value() == "Fenmoor College"
    said = phone.page.locator(".nhsuk-error-message").inner_text()
    assert "4,900" in said or "number" in said or "£" in said, said


def test_beds_come_whole(phone):
    phone.sign_in_as("efua")
    ask_about(phone, "extra beds", "Open escalation beds")

    phone.write("How many beds?", "two and a half")
    phone.press("Ask Remit")

    phone.reads("Write a whole number, like 4.")


def test_words_that_nothing_is_called_by(phone):
    phone.sign_in_as("bronagh")
    phone.open("/who/")

    phone.write("What do you want to decide?", "zebra crossing licence")
    phone.press("Find")

    phone.reads("Nothing is called that. Try other words")
    assert phone.page.get_by_label("What do you want to decide?").input_value() == "zebra crossing licence"


def test_a_matter_that_is_not_there_leads_back_to_the_search(phone):
    phone.sign_in_as("bronagh")

    phone.open("/who/?matter=spend/moonbeams&ask=1")

    assert phone.heading == "Who can decide?"


@pytest.mark.parametrize("path", ["/decisions/00000000-0000-7000-8000-000000000000/", "/network/nowhere/", "/nothing/"])
def test_what_is_not_there_is_said_kindly(phone, path):
    phone.sign_in_as("bronagh")

    with phone.refused(404):
        phone.open(path)

    phone.reads("There is nothing here", "Go to My remit")


def test_what_was_written_stays_when_something_is_missing(phone):
    phone.sign_in_as("bronagh")
    ask_to_spend(phone, "4900")
    phone.follow("Decide now")
    phone.write("What is to be decided?", "Send two nurses on the tracheostomy course")
    phone.write("Why?", "Nobody on nights has had it.")

    with phone.refused(422):
        phone.press("Decide now")

    phone.reads("There is something to put right", "Say what would show that it worked.")
    assert phone.page.get_by_label("What is to be decided?").input_value().startswith("Send two nurses")
    assert phone.page.get_by_label("Why?").first.input_value() == "Nobody on nights has had it."


def test_a_patient_is_kept_out_of_the_record(phone):
    phone.sign_in_as("bronagh")
    ask_to_spend(phone, "4900")
    phone.follow("Decide now")
    phone.write("What is to be decided?", "Buy a chair for the patient with NHS number 943 476 5919")
    phone.write("What would show that it worked?", "Falls a month")

    with phone.refused(422):
        phone.press("Decide now")

    phone.reads("There is something to put right", "NHS number")
    assert "943 476 5919" in phone.page.get_by_label("What is to be decided?").input_value()


def test_whoever_keeps_the_machine_sees_no_content(phone):
    phone.sign_in_as("sam", to="/acting-in/")
    phone.reads("You hold no post now")

    for path in ("/who/", "/network/"):
        with phone.refused(404):
            phone.open(path)
        phone.reads("There is nothing here")
