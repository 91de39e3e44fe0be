"""`POST /api/authority/route`: answered, refused in words, and never a fault, whatever comes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.kernel import clock
from remit.ledger.queries import count_entries
from remit.testing.small_system import MORNING, NIGHT

ADDRESS = "/api/authority/route"
BEDS = {
    "matter": "estate/open-beds",
    "unit": "fenmoor/ward-7",
    "quantities": {"beds": 4},
    "facts": ["risk-assessed"],
}
BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def ask(small):
    def ask(body: Any, *, who: str = "efua") -> Any:
        client = Client(raise_request_exception=False)
        if who:
            client.force_login(small.account(who), BY_PASSWORD)
        return client.post(ADDRESS, body, content_type="application/json")

    with clock.stopped_at(NIGHT):
        yield ask


def test_the_answer_has_its_reasons_and_leaves_nothing(ask):
    before = count_entries()
    answer = ask(BEDS | {"needed_by": "2026-11-23T02:10:00Z"})

    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert found["headline"] == "Ask the site manager on call"
    assert "matron" in found["explanation"]
    assert found["outcome"] == "rung"
    assert not found["you_can"]
    assert "01632" not in answer.content.decode()
    assert count_entries() == before


@pytest.mark.parametrize(
    "unit", ["fenmoor/ward-7", "FENMOOR/WARD-7", "ward-7", "Ward 7", " ward 7 "], ids=lambda unit: unit.strip()
)
def test_a_unit_by_any_of_its_names(ask, unit):
    assert ask(BEDS | {"unit": unit}).status_code == 200


def test_you_can_is_said_of_the_caller_or_of_whom_they_name(ask):
    order = {"matter": "spend/revenue/budgeted", "unit": "ward-7", "quantities": {"exposure_gbp": 900}}
    by_day = {**order, "at": "2026-11-23T11:00"}

    assert ask(by_day, who="bronagh").json()["you_can"]
    assert not ask(by_day, who="efua").json()["you_can"]
    assert ask(by_day | {"as_person": "Bronagh Tiller"}, who="efua").json()["you_can"]


def test_a_moment_without_an_offset_is_in_uk_time(ask):
    summer = BEDS | {"at": "2026-07-06T01:30"}

    assert ask(summer).json() == ask(BEDS | {"at": "2026-07-06T00:30Z"}).json()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"matter": "estate/castles"}, "“estate/castles” is not a matter"),
        ({"unit": "Ward 99"}, "There is no unit “Ward 99”"),
        ({"affects": ["fenmoor/attic"]}, "There is no unit “fenmoor/attic”"),
        ({"as_person": "Nobody Atall"}, "nobody called “Nobody Atall”"),
        ({"quantities": {"beds": -1}}, ""),
        ({"quantities": {"beds": "many"}}, ""),
        ({"quantities": {"beds": "NaN"}}, ""),
        ({"quantities": {"beds": 1e300}}, ""),
        ({"years": 0}, ""),
        ({"years": 100}, ""),
        ({"at": "soon"}, ""),
        ({"at": "0001-01-01T00:00"}, ""),
        ({"at": "9999-12-31T23:59:59Z"}, ""),
        ({"needed_by": "9999-12-31T23:59:59"}, ""),
        ({"supplier": "x" * 161}, ""),
        ({"unit": "x" * 201}, ""),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_refused_with_a_code_and_words(ask, body, words):
    refused = ask(BEDS | body)

    assert refused.status_code == 422, refused.content
    assert refused.json()["code"] == "not-valid"
    assert words in refused.json()["words"]
    assert refused.json()["words"]


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"who"', b"\xff\xfe", "{}"])
def test_what_is_no_question_is_refused_in_json(ask, body):
    refused = ask(body)

    assert refused.status_code in {400, 422}
    assert refused["Content-Type"].startswith("application/json")
    assert refused.json()["code"]
    assert refused.json()["words"]


@pytest.mark.parametrize(("who", "status", "code"), [("", 401, "signed-out"), ("technical", 404, "not-found")])
def test_who_may_not_ask(ask, who, status, code):
    refused = ask(BEDS, who=who)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.json()["words"].endswith(".")


def test_the_past_is_not_open_to_whoever_has_left(small, ask):
    from remit.network.actions import end_appointment

    assert small.tomasz.id is not None
    end_appointment(small.tomasz.id, ends_at=NIGHT, by=small.noor, at=NIGHT)

    assert ask(BEDS | {"at": "2026-11-20T11:00"}, who="tomasz").status_code == 404


def test_a_session_needs_its_token(small):
    client = Client(enforce_csrf_checks=True)
    client.force_login(small.account("efua"), BY_PASSWORD)
    with clock.stopped_at(MORNING):
        refused = client.post(ADDRESS, BEDS, content_type="application/json")
        token = client.get("/network/").cookies["csrftoken"].value
        heard = client.post(ADDRESS, BEDS, content_type="application/json", headers={"x-csrftoken": token})

    assert refused.status_code == 403
    assert refused.json()["words"]
    assert heard.status_code == 200


words = st.sampled_from(
    ["", "estate/open-beds", "spend/revenue/budgeted", "service/move", "fenmoor/ward-7", "council/council", "/", "\x00"]
) | st.text(max_size=12)
moments = st.none() | st.datetimes().map(str) | st.just("2026-11-23T02:10:00Z") | st.text(max_size=6)
numbers = (
    st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.decimals().map(str) | st.text(max_size=4)
)
questions = st.fixed_dictionaries(
    {"matter": words, "unit": words},
    optional={
        "affects": st.lists(words, max_size=3),
        "quantities": st.dictionaries(st.sampled_from(["beds", "exposure_gbp", "days", "apples", ""]), numbers),
        "years": st.integers(-2, 200) | st.text(max_size=2),
        "facts": st.lists(st.sampled_from(["risk-assessed", "urgent", "\x00", ""]), max_size=3),
        "purpose": words,
        "supplier": words,
        "needed_by": moments,
        "at": moments,
        "as_person": words,
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions)
def test_no_question_at_all_is_a_fault(ask, question):
    answer = ask(json.dumps(question))

    assert answer.status_code in {200, 400, 404, 409, 422}, (question, answer.content)
    if answer.status_code != 200:
        assert answer.json()["code"]
        assert answer.json()["words"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers.map(str), st.integers(1, 99), moments, moments)
def test_no_amount_and_no_moment_is_a_fault(ask, amount, years, at, needed_by):
    question = {"matter": "spend/revenue/budgeted", "unit": "ward-7", "quantities": {"exposure_gbp": amount}}
    answer = ask(question | {"years": years, "at": at, "needed_by": needed_by})

    assert answer.status_code in {200, 409, 422}, answer.content
