"""The pages of decisions, whole requests: what they show, what they refuse, in how few statements."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from remit.decisions import actions
from remit.decisions.models import Decision
from remit.decisions.rules.states import State
from remit.decisions.tests.world import BUDGETED, LATER, LEAD, MANAGER, NOON, opened
from remit.kernel import clock
from remit.network.models import Account

PAGE, REGISTER, NEW = 32, 14, 24  # the most statements that each page may send
NHS = "943 476 5919"


@pytest.fixture
def be(world, client):
    def be(name):
        person = world.person(name)
        account, _ = Account.objects.get_or_create(username=name, defaults={"person_id": person, "made_at": NOON})
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    with clock.stopped_at(LATER):
        yield be


def question(world, amount=4_900):
    given = {
        "matter": BUDGETED,
        "unit": str(world.units["ward-7"].pk),
        "exposure_gbp": str(amount),
        "purpose": "Clinical supplies",
        "ask": "1",
    }
    return f"{reverse('decisions:new')}?{urlencode(given)}"


WORDS = {
    "title": "Order dressings for Ward 7",
    "why": "Stock ends on Friday.",
    "measure": "Dressing changes put off",
    "baseline": "3 a week",
    "expected": "None",
    "review_on": "2026-12-21",
}


def text(answer):
    return answer.content.decode()


def test_asked_decided_and_on_the_page_in_one_go(world, be):
    client = be(MANAGER)
    page = client.get(question(world))
    assert "Decide now" in text(page)

    answer = client.post(question(world), WORDS | {"do": "decide", "in_effect": "on"}, follow=True)

    decision = Decision.objects.get()
    assert decision.state is State.IN_EFFECT
    assert answer.redirect_chain[-1][0] == reverse("decisions:show", args=[decision.pk])
    shown = text(answer)
    assert "Agreed by Ward Manager, ward manager, Ward 7, at 13:00, alone, under clause 1.1." in shown
    assert "Dressing changes put off" in shown
    assert "Recorded as entry" in shown
    assert "Review: Order dressings for Ward 7" in shown


def test_over_the_limit_it_can_only_be_put_forward(world, be):
    client = be(MANAGER)
    assert "Decide now" not in text(client.get(question(world, 9_000)))

    shown = text(client.post(question(world, 9_000), WORDS | {"do": "decide"}, follow=True))

    assert Decision.objects.get().state is State.OPEN
    assert "decides" in shown
    assert "Agree</button>" not in shown
    assert "Agree</button>" in text(be(LEAD).get(reverse("decisions:show", args=[Decision.objects.get().pk])))


def test_without_what_would_show_that_it_worked_it_comes_back(world, be):
    answer = be(MANAGER).post(question(world), WORDS | {"measure": "", "do": "decide"})

    assert answer.status_code == 422
    assert "Say what would show that it worked." in text(answer)
    assert "Stock ends on Friday." in text(answer)
    assert not Decision.objects.exists()


def test_an_nhs_number_comes_back_with_a_box_that_takes_it_out(world, be):
    client = be(MANAGER)
    given = WORDS | {"why": f"For {NHS}", "do": "decide"}

    back = client.post(question(world), given)
    assert back.status_code == 422
    assert 'name="take_out"' in text(back)
    client.post(question(world), given | {"take_out": "on"})

    assert Decision.objects.get().why == "For [NHS number removed]"


def test_each_step_by_its_form(world, be):
    decision = opened(world, world.order(9_000))
    show = reverse("decisions:show", args=[decision.pk])

    def step(who, name, **given):
        answer = be(who).post(reverse("decisions:step", args=[decision.pk, name]), given)
        assert answer.status_code == 302, text(answer)
        decision.refresh_from_db()
        return decision.state

    assert step(MANAGER, "ask_advice", whom=str(world.person("procurement")), standing="open") is State.ADVICE
    assert "Your advice is asked for" not in text(be("clerk").get(show))
    assert step("procurement", "give_advice", position="for", said_words="The frame contract has them.") is State.OPEN
    heard = decision.consultations.get()
    made = {"consultation": str(heard.pk), "changed_something": "yes", "made_of_it": "Ordered there."}
    assert step(MANAGER, "say_what_was_made_of_it", **made) is State.OPEN
    assert step("clerk", "halt", reason="Wrong size on the list.") is State.HALTED
    assert step(LEAD, "resume", reason="Put right.") is State.OPEN
    assert step(LEAD, "take_decision", answer="agree", because="Within the budget.") is State.AGREED
    assert step(LEAD, "bring_into_effect") is State.IN_EFFECT
    shown = text(be("clerk").get(show))
    assert "The frame contract has them." in shown
    assert "Ordered there." in shown
    assert step(LEAD, "review", happened="None put off.", outcome="keep") is State.REVIEWED
    assert step(LEAD, "reverse", reason="Contract ended.") is State.REVERSED


def test_amending_and_declining(world, be):
    decision = opened(world, world.order(9_000))
    address = reverse("decisions:amend", args=[decision.pk])

    assert "Order dressings" in text(be(MANAGER).get(address))
    be(MANAGER).post(address, WORDS | {"title": "Order dressings for a month"})
    back = be(LEAD).post(reverse("decisions:step", args=[decision.pk, "take_decision"]), {"answer": "refuse"})
    assert back.status_code == 422
    assert "Say why you decline." in text(back)
    be(LEAD).post(
        reverse("decisions:step", args=[decision.pk, "take_decision"]), {"answer": "refuse", "because": "No budget."}
    )

    decision.refresh_from_db()
    assert (decision.title, decision.state) == ("Order dressings for a month", State.DECLINED)


def test_who_may_not_decide_is_told_who_may(world, be):
    decision = opened(world, world.order(9_000))

    answer = be("clerk").post(reverse("decisions:step", args=[decision.pk, "take_decision"]), {"answer": "agree"})

    assert answer.status_code == 403
    assert "ervice lead" in text(answer)


def test_strangers_find_nothing_and_the_convenor_does(world, be, client):
    decision = opened(world, world.order(4_900))
    show = reverse("decisions:show", args=[decision.pk])

    assert be("other-manager").get(show).status_code == 404
    assert be("other-manager").get(reverse("decisions:register")).status_code == 200
    assert decision.title not in text(be("other-manager").get(reverse("decisions:register")))
    assert be("convenor").get(show).status_code == 200
    assert decision.title in text(be("convenor").get(reverse("decisions:register")))
    client.logout()
    assert client.get(show).status_code == 302


def test_a_restricted_one_is_seen_by_those_whom_it_ties(world, be):
    decision = opened(world, world.order(9_000), restricted=True)
    show = reverse("decisions:show", args=[decision.pk])

    assert be(LEAD).get(show).status_code == 200
    assert be("clerk").get(show).status_code == 404
    assert be("convenor").get(show).status_code == 404
    assert decision.title not in text(be("clerk").get(reverse("decisions:register")))
    assert decision.title in text(be(MANAGER).get(reverse("decisions:register")))


def test_a_draft_is_its_proposers_alone(world, be):
    client = be(MANAGER)
    client.post(question(world), WORDS | {"do": "draft"})
    decision = Decision.objects.get()
    show = reverse("decisions:show", args=[decision.pk])

    assert "Put it forward" in text(client.get(show))
    assert be("clerk").get(show).status_code == 404
    be(MANAGER).post(reverse("decisions:step", args=[decision.pk, "put_forward"]))
    assert be("clerk").get(show).status_code == 200


def test_an_empty_register_is_kind_and_a_full_one_is_searched(world, be):
    assert "No decision is found." in text(be(MANAGER).get(reverse("decisions:register")))
    opened(world, world.order(4_900))
    opened(world, world.order(100), title="Buy a kettle")

    found = text(be(MANAGER).get(reverse("decisions:register"), {"q": "kettle", "status": "open"}))
    assert "Buy a kettle" in found
    assert "Order dressings" not in found
    assert "No decision is found." in text(be(MANAGER).get(reverse("decisions:register"), {"status": "declined"}))
    within = {"unit": str(world.units["fenmoor-medicine"].pk), "matter": "spend"}
    assert "Buy a kettle" in text(be(MANAGER).get(reverse("decisions:register"), within))


def test_a_question_that_is_none_leads_back_to_the_asking(world, be):
    assert be(MANAGER).get(reverse("decisions:new")).status_code == 302
    assert be(MANAGER).post(reverse("decisions:step", args=[opened(world, world.order(1)).pk, "x"])).status_code == 404


def test_pages_send_a_bounded_number_of_statements(world, be, django_assert_max_num_queries):
    for n in range(30):
        last = opened(world, world.order(100), title=f"Order {n}", at=NOON + timedelta(minutes=n))
        actions.take_decision(last.pk, agreed=True, by=world[MANAGER], at=NOON + timedelta(minutes=n, seconds=1))
    client = be(MANAGER)
    client.get(reverse("decisions:show", args=[last.pk]))

    with django_assert_max_num_queries(PAGE):
        client.get(reverse("decisions:show", args=[last.pk]))
    with django_assert_max_num_queries(REGISTER):
        client.get(reverse("decisions:register"))
    with django_assert_max_num_queries(NEW):
        client.get(question(world))
