"""Each macro of shell/components.jinja, rendered."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from remit.kernel import clock
from remit.shell.presenters import Face, Fact, Line, Link, Pager, Proof, Rung, RungState, clock_of
from remit.shell.tests.rendering import component, is_whole, words

NOW = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
DILIP = Face("Dilip Harsevar", "site manager, Fenmoor General", "/people/1/", "on call until 07:00", "01632 960904")
RUNGS = (
    Rung("Nurse in charge, Ward 7", RungState.PASSED, "up to 6 beds", "The system is at OPEL 2; this needs 4.", "4.2"),
    Rung("Site manager, Fenmoor General", RungState.ROUTE, "up to 6 beds", "On call now.", "4.2", (DILIP,)),
    Rung("On-call director, Fenmoor Hospitals", RungState.ABOVE, "up to 20 beds"),
    Rung("Chief executive, Fenmoor Hospitals", RungState.ABOVE, clause="1.1"),
)
FACTS = [Fact("Clause", "4.2", "/clause/"), Fact("Beds", "4", change_url="/ask/")]
EVERY = {
    "person": "{{ c.person(dilip, large=true) }}",
    "face": '{{ c.face("Efua Tandoh-Reeve", "nurse in charge", note="on duty") }}',
    "tag": '{{ c.tag("Vacant", "wait") }}',
    "clock": "{{ c.clock(due) }}",
    "moment_of": "{{ c.moment_of(now) }}",
    "money_of": "{{ c.money_of(4900) }}",
    "empty": '{{ c.empty("Nothing waits for you.", "Rest.", "/x/", "Look round") }}',
    "section": '{% call c.section("History", id="history", note="Last", url="/x/", link="All") %}in{% endcall %}',
    "verdict": '{% call c.verdict("yes", "You can.", "Up to 6 beds.") %}in{% endcall %}',
    "verdict alone": '{{ c.verdict("hold", "Hold.") }}',
    "staircase": "{{ c.staircase(rungs) }}",
    "working": "{% call c.working(rungs, open=true) %}more{% endcall %}",
    "working alone": "{{ c.working(rungs) }}",
    "history": '{{ c.history(lines, "What happened") }}',
    "proof_line": "{{ c.proof_line(proof) }}",
    "summary": "{{ c.summary(facts) }}",
    "facts": "{{ c.facts(facts) }}",
    "table": '{{ c.table("Orders", ["Unit", "Total"], rows, numeric=(1,)) }}',
    "breadcrumbs": "{{ c.breadcrumbs(links) }}",
    "pager": "{{ c.pager(pager) }}",
    "button": '{{ c.button("Decide now", name="go", value="1") }}',
    "link_button": '{{ c.link_button("Call", "tel:1", kind="secondary") }}',
    "notice": '{% call c.notice("wait", "The rung has moved") %}<p>in</p>{% endcall %}',
}


@pytest.fixture(autouse=True)
def at_ten_past_two():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def context():
    return {
        "dilip": DILIP,
        "now": NOW,
        "due": clock_of(NOW + timedelta(minutes=25), now=NOW, otherwise="Then the director is asked."),
        "rungs": RUNGS,
        "lines": (Line(NOW - timedelta(hours=1), "Asked", note="By phone."), Line(NOW, "Agreed", url="/x/")),
        "proof": Proof(10482, whole=True, checkpoint_at=NOW, url="/record/"),
        "facts": FACTS,
        "rows": [[Link("Ward 7", "/units/7/"), "£4,900"], ["Ward 8", "£1"]],
        "links": [Link("Marchland", "/m/"), Link("Fenmoor", "/f/")],
        "pager": Pager(2, 9, "/1/", "/3/"),
    }


@pytest.mark.parametrize("name", EVERY)
def test_every_component_is_whole_and_has_nothing_inline(name, context):
    html = component(EVERY[name], **context)

    assert is_whole(html), html
    assert not re.search(r"\sstyle=|<script|\son\w+=", html)


@pytest.mark.parametrize("name", EVERY)
def test_what_people_wrote_is_never_markup(name, context):
    nasty = "<script>alert(1)</script>"
    context |= {
        "dilip": Face(nasty, nasty, note=nasty),
        "rungs": [Rung(nasty, RungState.ROUTE, nasty, nasty, nasty, (Face(nasty, note=nasty),))],
        "lines": [Line(NOW, nasty, note=nasty)],
        "facts": [Fact(nasty, nasty)],
        "rows": [[nasty, nasty]],
        "links": [Link(nasty, "/")],
    }

    assert "<script" not in component(EVERY[name], **context)


def test_the_staircase_reads_aloud_as_an_ordered_list(context):
    html = component(EVERY["staircase"], **context)

    assert html.count("<ol") == 1
    assert [words(item) for item in re.findall(r"<li.*?</li>", html, re.DOTALL)] == [
        "Passed over Nurse in charge, Ward 7, up to 6 beds The system is at OPEL 2; this needs 4. Clause 4.2",
        "Decides here Site manager, Fenmoor General, up to 6 beds On call now."
        " Dilip Harsevar, on call until 07:00 · clause 4.2",
        "Above, if it must go on On-call director, Fenmoor Hospitals, up to 20 beds",
        "Above, if it must go on Chief executive, Fenmoor Hospitals Clause 1.1",
    ]


def test_what_lies_beyond_the_route_is_above_whatever_refused_it():
    beyond = [Rung("Matron", RungState.ROUTE), Rung("Director", RungState.PASSED, reason="Off duty until 09:00.")]
    html = component("{{ c.staircase(rungs) }}", rungs=beyond)

    assert "remit-rung--above" in html
    assert words(html).endswith("Above, if it must go on Director Off duty until 09:00.")


def test_the_working_is_shut_until_asked_for(context):
    assert "<details" in component("{{ c.working(rungs) }}", **context)
    assert " open>" not in component("{{ c.working(rungs) }}", **context)


def test_a_person_is_named_with_the_post(context):
    said = words(component("{{ c.person(dilip) }}", **context))

    assert said.startswith("Dilip Harsevar site manager, Fenmoor General on call until 07:00")
    assert 'href="tel:01632960904"' in component("{{ c.person(dilip) }}", **context)


def test_the_face_macro_takes_the_same_initials_as_the_value():
    assert ">EQ<" in component('{{ c.face("Efua Maria Quill") }}')


def test_a_history_is_sentences_with_times(context):
    assert words(component("{{ c.history(lines) }}", **context)) == "01:10 Asked By phone. 02:10 Agreed"


def test_the_proof_is_one_line(context):
    said = words(component("{{ c.proof_line(proof) }}", **context))

    assert said == "Recorded as entry 10,482 ; chain whole; last checkpoint 02:10."


def test_a_broken_chain_is_loud(context):
    assert "remit-proof--broken" in component("{{ c.proof_line(p) }}", p=Proof(1, whole=False))
    assert "remit-proof--broken" not in component("{{ c.proof_line(p) }}", p=Proof(1))


def test_a_table_names_its_columns_and_rows(context):
    html = component(EVERY["table"], **context)

    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 2
    assert "nhsuk-table__cell--numeric" in html
    assert '<a class="nhsuk-link" href="/units/7/">Ward 7</a>' in html


def test_one_page_needs_no_leafing():
    assert component("{{ c.pager(p) }}", p=Pager(1, 1)).strip() == ""


def test_a_row_leaves_room_for_a_link_only_where_another_row_has_one(context):
    assert component("{{ c.summary(facts) }}", **context).count("--no-actions") == 1
    assert "--no-actions" not in component("{{ c.summary(facts[:1]) }}", **context)


def test_a_row_says_aloud_what_it_changes(context):
    assert "Change Beds" in words(component("{{ c.summary(facts) }}", **context))
