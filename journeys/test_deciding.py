"""Decisions that take more than one: sent up a rung, advised on, declined, reversed."""

from __future__ import annotations

import pytest

from journeys.marchland import WARD_7, the_record_is_whole
from journeys.questions import ask_about, fill_in

DRESSINGS = "Change to foam dressings on Ward 7"


@pytest.fixture
def put_forward(phone):
    """The manager of Ward 7 has put an order of £6,200 forward: over her limit."""
    phone.sign_in_as("bronagh")
    ask_about(phone, "dressings", "Order supplies")
    phone.write("How much, in pounds?", "6200")
    phone.press("Ask Remit")
    phone.reads("Ask the service lead", "You hold this up to £5,000, and this is £6,200")
    phone.follow("Send it on")
    fill_in(
        phone,
        title=DRESSINGS,
        what="Order a year of foam dressings by Friday.",
        why="Fewer changes a day, and people sleep.",
        measure="Dressing changes a day",
        now="40",
        expected="25",
    )
    phone.press("Put it forward")
    phone.reads("It is for the service lead to decide")
    return phone


def test_an_order_over_the_limit_goes_to_the_next_rung_after_consulting(put_forward, opened):
    # Given an order that is over the limit, and waits for the service lead
    lead, matron = opened(), opened()
    lead.sign_in_as("nadia", to="/")
    lead.reads("Waiting for you", "Yours to decide")
    lead.follow(DRESSINGS)

    # When she asks the matron first
    with lead.within("Ask someone for advice"):
        lead.choose_like("Whom do you ask?", "Yvette Askerwell")
        lead.write("What do you ask?", "Would your wards change over on the same day?")
        lead.mark("Tell them how it stands", "It is open")
        lead.press("Ask someone for advice")

    # Then the matron finds it, and is told how open it is
    matron.sign_in_as("yvette", to="/")
    matron.follow(DRESSINGS)
    matron.reads("Would your wards change over on the same day?", "open")
    matron.mark("Where do you stand?", "For it")
    matron.write("What do you think?", "Yes, if the tissue viability nurse shows us on Thursday.")
    matron.press("Give advice")

    # When the service lead has said what she made of it, and agrees
    lead.open(lead.path)
    lead.reads("Yes, if the tissue viability nurse shows us on Thursday.")
    with lead.within("Say what was made of it"):
        lead.mark("Did it change anything?", "Yes")
        lead.write("What was made of it?", "Training on Thursday, the change on Friday.")
        lead.press("Tell them")
    lead.write("Your reasons", "It pays for itself within the year.")
    lead.press("Agree")

    # Then it is hers, under her clause, and stands on the page of Ward 7
    lead.reads("Agreed by Nadia Kershope, service lead, Acute medicine", "under clause 10.5")
    lead.reads("Training on Thursday, the change on Friday.")
    put_forward.open(WARD_7)
    put_forward.reads(DRESSINGS)
    assert the_record_is_whole()


def test_a_proposal_is_declined_with_reasons_or_not_at_all(put_forward, phone_of):
    lead = phone_of("finger")
    lead.sign_in_as("nadia", to="/")
    lead.follow(DRESSINGS)

    with lead.refused(422):
        lead.press("Decline")
        lead.reads("Say why you decline.")

    lead.write("Your reasons", "The framework changes in January: ask again then.")
    lead.press("Decline")
    lead.reads("Declined by Nadia Kershope", "The framework changes in January")


def test_nobody_decides_for_somebody_else(put_forward, phone_of):
    # Given a proposal that waits for the service lead; when the one who proposed it opens it, and somebody below
    address = put_forward.path
    below = phone_of("finger")
    below.sign_in_as("tomasz")
    below.open(address)

    # Then neither is offered to agree
    for window in (put_forward, below):
        assert window.page.get_by_role("button", name="Agree", exact=True).count() == 0

    # And whoever sends it all the same is told so in words, and nothing has changed
    with below.refused(403):
        with below.page.expect_navigation():
            below.page.evaluate(FORGED, f"{address}take_decision/")
        below.look()
        below.reads("This is not yours to decide, and nothing was changed.", "Ask the service lead")
    put_forward.open(address)
    put_forward.does_not_read("Agreed")


FORGED = """(address) => {
    const form = document.createElement("form");
    form.method = "post"; form.action = address;
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    for (const [name, value] of [["csrfmiddlewaretoken", token], ["answer", "agree"]]) {
        const field = document.createElement("input");
        field.name = name; field.value = value;
        form.append(field);
    }
    document.body.append(form);
    form.submit();
}"""
