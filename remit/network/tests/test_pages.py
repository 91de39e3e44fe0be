"""Pages of the network: systems, organisations, units, people; vacant posts, empty states, strangers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from remit.kernel import clock
from remit.kernel.actor import KEEPER
from remit.network.actions import close_party, end_appointment, load, record_absence, rename_party
from remit.network.models import Absence, Party, Person, Unit
from remit.network.queries import forget
from remit.network.rules import arriving
from remit.testing.small_system import LONG_AGO, MORNING, NIGHT

BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"
LONG = "The Royal Fenmoor and Marchland University Teaching Hospitals of Saint Botolph"
DAY = timedelta(days=1)


@pytest.fixture
def page(small):
    def get(address, *, who="efua", at=NIGHT, status=200, **headers):
        client = Client()
        client.force_login(small.account(who), BY_PASSWORD)
        with clock.stopped_at(at):
            response = client.get(address, headers=headers or None)
        assert response.status_code == status, response.content
        return response.content.decode().replace("&#39;", "'")

    return get


def test_one_begins_where_one_works(page):
    said = page("/network/")

    assert said.index("Where you work") < said.index("Fenmoor Hospitals") < said.index("Marsh Integrated Care System")
    assert said.index("Other organisations") < said.index("Marsh County Council")


def test_a_system_says_who_is_in_it_and_since_when(page):
    said = page("/network/marsh/")

    for words in ("3 members", "1 April 2024", "Convened by", "Marsh Integrated Care Board", "commands none"):
        assert words in said


def test_a_system_of_nobody_is_kind(page, small):
    Party.objects.create(kind="system", code="lonely", name="Lonely place", sort="place")
    forget()

    assert "0 members" in page("/network/lonely/")


def test_an_organisation_shows_its_tree_and_what_is_vacant(page, small):
    end_appointment(small.sunita.id, ends_at=NIGHT, by=small.noor, at=NIGHT)
    said = page("/network/fenmoor/", at=MORNING)

    assert said.index("Fenmoor General") < said.index("Acute medicine") < said.index("Ward 8")
    assert "1 vacant post" in said
    assert "7 units" in said
    assert 'role="tree"' not in said  # disclosure and lists: the keyboard works without scripts


def test_an_organisation_without_units_is_kind(page, small):
    Party.objects.create(kind="organisation", code="hospice", name="Fen Hospice", sort="hospice")
    forget()

    assert "No units are in Remit yet." in page("/network/hospice/")


def test_one_that_closes_says_so_and_is_listed_until_then(page, small):
    close_party(small.party("council"), closed_on=(MORNING + 7 * DAY).date(), by=KEEPER, at=NIGHT)

    assert "Closed on 30 November 2026" in page("/network/council/")
    assert "Marsh County Council" in page("/network/")
    assert "Marsh County Council" not in page("/network/", at=MORNING + 8 * DAY)


def test_a_unit_says_who_is_there_now_and_who_is_on_call_above(page):
    said = page("/network/fenmoor/units/ward-7/")

    assert "Here now: Efua Tandoh" in said
    assert "On call now" in said
    assert said.index("Dilip Harsevar") < said.index("Gwil Tarrant")  # the nearest unit first
    assert "off duty until" in said
    assert "Relies on" in said
    assert "Laboratory" in said


def test_a_unit_that_nobody_works_at_is_kind(page):
    said = page("/network/fenmoor/units/medicine/")
    assert "Nobody with a post here is on duty now." in said

    said = page("/network/council/units/council/", at=MORNING)
    assert "Nothing was decided here yet." in said


@pytest.mark.parametrize(
    "address",
    [
        "/network/nowhere/",
        "/network/fenmoor/units/attic/",
        "/network/nowhere/units/ward-7/",
        "/network/council/units/ward-7/",  # of another organisation
        "/network/people/00000000-0000-4000-8000-000000000000/",
        "/network/people/bronagh/",
    ],
)
@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}], ids=["without scripts", "with htmx"])
def test_what_is_not_there_says_so(page, address, headers):
    said = page(address, status=404, **headers)

    assert "Check the address, or go home." in said


def test_what_is_not_there_and_what_is_not_open_read_the_same(page, small):
    held = f"/network/people/{small.bronagh.person}/"
    missing = "/network/people/00000000-0000-4000-8000-000000000000/"

    assert (
        page(held, who="technical", status=404).split("<h1>")[1]
        == page(missing, who="technical", status=404).split("<h1>")[1]
    )


def test_a_person_says_when_they_are_back(page, small):
    assert small.bronagh.person is not None
    record_absence(small.bronagh.person, starts_at=NIGHT - DAY, ends_at=NIGHT + DAY, by=small.bronagh, at=NIGHT)

    assert "Away until tomorrow 02:10." in page(f"/network/people/{small.bronagh.person}/")


def test_a_person_whose_return_is_not_known(page, small):
    Absence.objects.create(person_id=small.bronagh.person, starts_at=NIGHT - DAY)
    forget()

    assert "Away until a day that is not known." in page(f"/network/people/{small.bronagh.person}/")
    assert "away" in page("/network/fenmoor/units/ward-7/")


def test_a_person_without_a_post_keeps_their_page(page, small):
    newcomer = Person.objects.create(code="new", name="Newly Come", phone="01632 960777")
    forget()
    said = page(f"/network/people/{newcomer.pk}/")

    assert "No post at the moment." in said
    assert "960777" not in said  # nobody shares a system with someone who is nowhere


def test_numbers_are_for_those_who_share_a_system(page, small):
    load(
        arriving.Arrivals(
            source="a trust elsewhere",
            parties=(arriving.PartyRow("elsewhere", "Elsewhere Trust", "organisation", "acute-trust"),),
            units=(
                arriving.UnitRow("elsewhere/elsewhere", "elsewhere", "elsewhere", "", "organisation", "Elsewhere", 0),
            ),
            posts=(arriving.PostRow("elsewhere/elsewhere/chair", "elsewhere/elsewhere", "chair", "chair"),),
            people=(arriving.PersonRow("e1", "Willa Fenn", "01632 960999"),),
            appointments=(arriving.AppointmentRow("a-e1", "e1", "elsewhere/elsewhere/chair", "substantive", LONG_AGO),),
        ),
        by=KEEPER,
        at=LONG_AGO,
    )
    willa = Person.objects.get(code="e1")

    assert "01632 960001" in page(f"/network/people/{small.bronagh.person}/", who="faith")
    assert "01632 960999" not in page(f"/network/people/{willa.pk}/", who="faith")


def test_long_names_are_written_in_full(page, small):
    rename_party(small.party("fenmoor"), LONG, by=KEEPER, at=NIGHT)
    Unit.objects.filter(code="ward-7").update(name=f"{LONG} ward")
    forget()

    for address in ("/network/", "/network/fenmoor/", "/network/fenmoor/units/ward-7/"):
        assert LONG in page(address)
