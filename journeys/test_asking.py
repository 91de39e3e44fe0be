"""Who can decide? Asked on a phone, by night and by day."""

from __future__ import annotations

from playwright.sync_api import expect

from journeys.marchland import MORNING, NIGHT
from journeys.questions import ask_about, ask_for_beds, ask_to_spend


def test_by_day_the_matron_is_nearer(phone, stand_at):
    stand_at(MORNING)
    phone.sign_in_as("efua")

    ask_for_beds(phone, "4")

    phone.reads("Ask the matron", "Yvette Askerwell", "Clause 4.1", "Consult: the infection control lead")


def test_more_beds_than_the_site_manager_holds_go_to_the_director_on_call(phone, stand_at):
    stand_at(NIGHT)
    phone.sign_in_as("efua")

    ask_for_beds(phone, "7")

    phone.reads("Ask the on-call director", "Maryam Eastholme", "Clause 4.3")


def test_a_ward_manager_may_spend_to_the_limit_and_a_pound_more_goes_one_rung_up(phone):
    phone.sign_in_as("bronagh")

    ask_to_spend(phone, "5,000")
    phone.reads("You can", "up to £5,000", "Clause 1.1")

    phone.write("How much, in pounds?", "£5,001")
    phone.press("Ask Remit")
    phone.reads("Ask the service lead", "You hold this up to £5,000, and this is £5,001", "Nadia Kershope")


def test_a_lease_counts_over_its_whole_life(phone):
    phone.sign_in_as("celeste")

    ask_about(phone, "lease", "Spend from a budget")
    phone.write("How much, in pounds?", "24000")
    phone.write("For how many years?", "5")
    phone.press("Ask Remit")

    phone.reads("£120,000")


def test_matters_appear_under_the_words_as_they_are_written(phone):
    phone.sign_in_as("tomasz")

    phone.page.get_by_label("What do you want to decide?").press_sequentially("agency n")

    expect(phone.page.locator("#found")).to_contain_text("Book agency staff")
    phone.look()
    phone.follow("Book agency staff")
    assert phone.heading == "Book agency staff"


def test_two_organisations_get_a_joint_route(phone):
    # Given a director of the council, for whom more home care concerns the hospital too
    phone.sign_in_as("lorna")
    ask_about(phone, "package of care", "Book transport or care to get someone home")
    phone.write("How much, in pounds?", "3000")
    phone.unfold("It touches another organisation")
    phone.tick("Fenmoor Hospitals")

    # When she asks
    phone.press("Ask Remit")

    # Then both must agree, each by its own route, and neither commands the other
    phone.reads("Two organisations must agree", "must each agree, as no pool covers it")
    trust, council = ("Fenmoor Hospitals", "Ask the chief executive"), ("Marchland County Council", "You can")
    expect(phone.page.locator("#answer h2")).to_have_text(["Two organisations must agree", *trust, *council])


def test_what_the_members_have_pooled_needs_no_joint_route(phone):
    # Given whoever controls the system by day
    phone.sign_in_as("priya")

    # When she asks to lend beds between two members
    ask_about(phone, "lend beds", "beds")
    phone.write("How many beds?", "4")
    phone.write("How many days?", "7")
    phone.unfold("It touches another organisation")
    phone.tick("Fenmoor Hospitals")
    phone.press("Ask Remit")

    # Then the pool lets her
    phone.reads("You can", "Clause P1.1")
