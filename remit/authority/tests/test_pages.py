"""*Who can decide?* and the levels, as whole requests: found, answered, refused, with scripts and without."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.authority.models import ConditionState
from remit.authority.queries.places import MOST_PLACES, places_for
from remit.kernel import clock
from remit.kernel.actor import KEEPER
from remit.network.actions import load
from remit.network.models import Unit
from remit.network.queries import forget
from remit.network.rules import arriving
from remit.testing.small_system import LONG_AGO, MORNING, NIGHT

BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"
LONG = "The department of very long names and of what follows from them for narrow screens"
HTMX = {"hx-request": "true", "hx-target": "found"}


@pytest.fixture
def page(small):
    """Ask for an address as someone; at night unless told otherwise."""

    def ask(address: str = "/who/", *, who: str = "efua", at=NIGHT, headers=None, **query):
        client = Client()
        client.force_login(small.account(who), BY_PASSWORD)
        with clock.stopped_at(at):
            return client.get(f"{address}?{urlencode(query)}" if query else address, headers=headers)

    return ask


def text(response) -> str:
    return str(response.content.decode()).replace("&#39;", "'")


def test_an_empty_search_says_how_to_ask(page):
    said = text(page())

    assert "Everyday words will do" in said
    assert said.count("<h1>") == 1


@pytest.mark.parametrize("headers", [None, HTMX], ids=["without scripts", "with htmx"])
def test_matters_are_found_by_everyday_words(page, headers):
    said = text(page(q="extra beds", headers=headers))

    assert "matter=estate%2Fopen-beds" in said
    assert ("<html" in said) is (headers is None)


@pytest.mark.parametrize("headers", [None, HTMX], ids=["without scripts", "with htmx"])
def test_words_that_nothing_is_called_are_met_with_others(page, headers):
    assert "Try other words" in text(page(q="qqqq zzzz", headers=headers))


def test_someone_asks_and_is_told_whom(small, page):
    said = text(page(matter="estate/open-beds", ask="1", beds="4", fact="risk-assessed", needed="now"))

    assert "Ask the site manager on call" in said
    assert "Dilip Harsevar" in said
    assert "01632 960001" in said  # they share a system
    assert "Nobody" not in said


def test_a_holder_is_told_that_they_can(page):
    said = text(page(matter="spend/revenue/budgeted", ask="1", exposure_gbp="£900", who="bronagh", at=MORNING))

    assert "You can" in said
    assert "/decisions/new/?" in said


def test_an_answer_can_be_sent_on_as_an_address(small, page):
    ward = str(small.unit("ward-7"))
    given = {"matter": "spend/revenue/budgeted", "ask": "1", "exposure_gbp": "900", "unit": ward}

    mine, theirs = (text(page(who=who, at=MORNING, **given)) for who in ("bronagh", "efua"))

    assert "You can" in mine
    assert "You can" not in theirs
    assert "Bronagh Tiller" in theirs


@pytest.mark.parametrize("amount", ["lots", "-4", "NaN", "Infinity", "1e999", "4.5", "9" * 19, "٣٫٥", "sNaN"])
def test_a_form_that_comes_back_keeps_what_was_typed(page, amount):
    response = page(matter="estate/open-beds", ask="1", beds=amount, fact="risk-assessed", needed="hour")
    said = text(response)

    assert response.status_code == 200
    assert "There is something to put right" in said
    assert f'value="{amount}"' in said
    assert said.count(" checked") == 1
    assert 'value="hour" selected' in said
    assert 'id="answer"' not in said


@pytest.mark.parametrize("unit", ["x", "0" * 32, "00000000-0000-4000-8000-000000000000", "<b>", "../..", "1' or 1=1"])
def test_a_unit_that_is_garbage_breaks_nothing(page, unit):
    assert page(unit=unit).status_code == 200
    said = text(page(matter="estate/open-beds", ask="1", beds="4", unit=unit))

    assert "There is something to put right" in said
    assert "<b>" not in said


@pytest.mark.parametrize("matter", ["", "estate/castles", "estate/", "<script>"])
def test_a_matter_that_is_none_leads_to_the_search(page, matter):
    assert "What do you want to decide?" in text(page(matter=matter, ask="1"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["q", "matter", "unit", "ask", "beds", "exposure_gbp", "years", "fact", "needed", "affects"]),
        st.text(max_size=8) | st.sampled_from(["estate/open-beds", "spend/revenue/budgeted", "1", "now"]),
    )
)
def test_no_address_is_a_fault(page, query):
    expected = 400 if "\x00" in "".join(query.values()) else 200  # nobody types a NUL, and PostgreSQL keeps none
    assert page(**query).status_code == expected


def test_someone_without_a_post_finds_nothing_whatever_unit_they_name(small, page):
    for query in ({}, {"unit": str(small.unit("ward-7"))}, {"matter": "estate/open-beds", "ask": "1", "beds": "4"}):
        response = page(who="technical", **query)
        assert response.status_code == 404
        assert "Ward 7" not in text(response)


def test_long_names_are_written_in_full(small, page):
    Unit.objects.filter(code="ward-7").update(name=LONG)
    forget()
    said = text(page(matter="estate/open-beds", ask="1", beds="4", fact="risk-assessed"))

    assert len(LONG) > 60
    assert LONG in said


def test_of_ten_thousand_units_the_list_holds_those_nearest(small):
    load(
        arriving.Arrivals(
            source="many wards",
            units=tuple(
                arriving.UnitRow(f"fenmoor/x{n}", "fenmoor", f"x{n}", "fenmoor/laboratory", "ward", f"Bench {n}", n)
                for n in range(2_000)
            ),
        ),
        by=KEEPER,
        at=LONG_AGO,
    )
    far = Unit.objects.get(code="x1999")
    mine = places_for(small.efua, at=MORNING)
    chosen = places_for(small.efua, at=MORNING, unit_id=far.pk)

    assert len(mine) == len(chosen) == MOST_PLACES
    assert mine[0].words == "Ward 7"
    assert {"Acute medicine", "Fenmoor General"} <= {place.words for place in mine}
    assert chosen[0].unit_id == far.pk  # from its own page it can still be asked for


class TestLevels:
    @pytest.fixture
    def send(self, small):
        def send(who: str, **data):
            client = Client()
            client.force_login(small.account(who), BY_PASSWORD)
            with clock.stopped_at(NIGHT):
                return client.post("/levels/", {"party": str(small.party("fenmoor")), "level": "4"} | data, follow=True)

        return send

    def test_whoever_may_sets_it_and_reads_that_it_is_set(self, send):
        said = text(send("dilip"))

        assert "OPEL 4 is set." in said
        assert ConditionState.objects.get().value == "4"

    @pytest.mark.parametrize(
        ("who", "data", "status"),
        [
            ("tomasz", {}, 403),
            ("faith", {}, 403),
            ("technical", {}, 403),
            ("dilip", {"level": "5"}, 422),
            ("dilip", {"level": ""}, 422),
            ("dilip", {"party": "x"}, 422),
            ("dilip", {"party": "00000000-0000-4000-8000-000000000000"}, 404),
        ],
    )
    def test_whoever_may_not_and_what_is_no_level_changes_nothing(self, send, who, data, status):
        assert send(who, **data).status_code == status
        assert not ConditionState.objects.exists()
