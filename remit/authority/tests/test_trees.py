"""Units opened, moved and closed: each makes an edition, and the old ones answer for their time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from remit.authority.queries import Answer, answer
from remit.authority.rules.question import Question
from remit.kernel.actor import KEEPER
from remit.kernel.errors import NotValid
from remit.ledger.queries import entries_about
from remit.network.actions import close_unit, end_appointment, load, move_unit, open_unit
from remit.network.errors import NotKeeper
from remit.network.models import Appointment, Edition, Numbering, Unit
from remit.network.queries import present
from remit.network.rules.arriving import Arrivals, PartyRow, UnitRow
from remit.network.tests.traces import cut_at, refused, unchanged
from remit.testing.small_system import LONG_AGO, MORNING, SmallSystem

DAY = timedelta(days=1)
UNITS = "remit.network.actions.units"


def above(unit: UUID, *, at) -> list[str]:
    tree = present(at=at).tree
    return [tree.codes[number] for number in tree.ancestors(tree.number[unit])][1:]


def rungs(found: Answer) -> list[str]:
    return [rung.holder for rung in found.rungs]


def opened(small: SmallSystem, code: str = "ward-9", *, at=MORNING) -> Unit:
    return open_unit(small.unit("acute-medicine"), kind="ward", code=code, name="Ward 9", by=small.noor, at=at)


def emptied(small: SmallSystem, code: str) -> UUID:
    for held in Appointment.objects.filter(post__unit__code=code, ends_at=None):
        end_appointment(held.pk, ends_at=MORNING, by=small.noor, at=MORNING)
    return small.unit(code)


def test_a_unit_is_opened_on_the_record_in_an_edition_of_its_own(small):
    before = Edition.objects.count()
    unit = opened(small)

    assert Edition.objects.count() == before + 1
    assert above(unit.pk, at=MORNING) == ["acute-medicine", "medicine", "general", "fenmoor"]
    [line] = entries_about(unit.pk)
    assert line.words == "Governance secretary, Fenmoor Hospitals opened Ward 9, ward in Acute medicine."


@pytest.mark.parametrize("code", ["ward-7", "", "ward/9", "ward 9", "../x", "-", "w" * 61, "stänka", "<b>", "ward-9\n"])
def test_a_code_that_is_taken_or_cannot_stand_in_an_address_is_refused(small, code):
    with refused(NotValid):
        opened(small, code)


def test_only_whoever_keeps_the_organisation_changes_its_tree(small, monkeypatch):
    for who in (small.ifan, small.faith, small.bronagh):
        with refused(NotKeeper):
            open_unit(small.unit("general"), kind="ward", code="w", name="W", by=who, at=MORNING)
        with refused(NotKeeper):
            move_unit(small.unit("ward-7"), into=small.unit("general"), by=who, at=MORNING)
        with refused(NotKeeper):
            close_unit(small.unit("ward-7"), by=who, at=MORNING)
    for step in (f"{UNITS}.renumber", f"{UNITS}.record"):
        with cut_at(monkeypatch, step):
            opened(small)
        with cut_at(monkeypatch, step):
            move_unit(small.unit("ward-7"), into=small.unit("general"), by=small.noor, at=MORNING)


def test_a_move_makes_an_edition_and_the_old_numbering_stays(small):
    old = Edition.objects.latest("number")
    numbers = list(Numbering.objects.filter(edition=old).order_by("first").values_list("unit", "first", "last"))
    ward = small.unit("ward-7")
    move_unit(ward, into=small.unit("general"), by=small.noor, at=MORNING)

    assert Edition.objects.latest("number").number > old.number
    assert list(Numbering.objects.filter(edition=old).order_by("first").values_list("unit", "first", "last")) == numbers
    assert entries_about(ward)[-1].words.endswith("moved Ward 7 from Acute medicine to Fenmoor General.")
    assert above(ward, at=MORNING) == ["general", "fenmoor"]
    assert above(ward, at=MORNING - DAY) == ["acute-medicine", "medicine", "general", "fenmoor"]


def test_numbers_of_an_edition_nest(small):
    move_unit(small.unit("acute-medicine"), into=small.unit("general"), by=small.noor, at=MORNING)
    edition = Edition.objects.latest("number")
    spans = {n.unit_id: (n.first, n.last) for n in Numbering.objects.filter(edition=edition)}

    assert sorted(first for first, _ in spans.values()) == list(range(len(spans)))
    for unit in Unit.objects.exclude(parent=None):
        first, last = spans[unit.pk]
        assert unit.parent_id is not None
        assert spans[unit.parent_id][0] < first <= last <= spans[unit.parent_id][1]


def test_a_unit_does_not_move_out_or_into_itself_or_to_where_it_is(small):
    for unit, into in [
        ("acute-medicine", "ward-7"),
        ("ward-7", "ward-7"),
        ("ward-7", "council"),
        ("fenmoor", "general"),
    ]:
        with refused(NotValid):
            move_unit(small.unit(unit), into=small.unit(into), by=KEEPER, at=MORNING)
    with unchanged():
        move_unit(small.unit("ward-7"), into=small.unit("acute-medicine"), by=small.noor, at=MORNING)


def test_a_question_goes_by_the_tree_of_its_moment(small):
    ward, monday = small.unit("ward-7"), MORNING - timedelta(days=7)
    question = Question(
        matter="estate/open-beds",
        origin=ward,
        quantities={"beds": Decimal(4)},
        facts=frozenset({"risk-assessed"}),
        asker=small.bronagh.person,
    )
    before = answer(question, at=MORNING, seen_by=KEEPER)
    move_unit(ward, into=small.unit("laboratory"), by=small.noor, at=MORNING - DAY)

    assert "Matron" in rungs(before)
    assert "Matron" not in rungs(answer(question, at=MORNING, seen_by=KEEPER))
    assert rungs(answer(question, at=monday, seen_by=KEEPER)) == rungs(before)


def test_a_unit_is_closed_when_empty_and_stays_in_the_past(small):
    ward = emptied(small, "ward-8")
    close_unit(ward, by=small.noor, at=MORNING)

    assert ward not in present(at=MORNING).tree.number
    then = present(at=MORNING - DAY)
    [held] = then.holders("ward-manager", ward, MORNING - DAY)
    assert then.name(held.person_id) == "Sunita Varley"
    assert entries_about(ward)[-1].words.endswith("closed Ward 8.")


def test_a_unit_with_a_rota_can_be_closed_and_the_network_still_stands(small):
    site_manager = Appointment.objects.get(post__role__code="matron")
    end_appointment(site_manager.pk, ends_at=MORNING, by=small.noor, at=MORNING)
    for code in ("ward-7", "ward-8", "acute-medicine"):
        close_unit(emptied(small, code), by=small.noor, at=MORNING)  # the matron's duty names a post that is gone

    assert small.unit("general") in present(at=MORNING).tree.number


def test_a_unit_in_use_is_not_closed(small):
    for code in ("ward-7", "acute-medicine", "fenmoor"):
        with refused(NotValid):
            close_unit(small.unit(code), by=small.noor, at=MORNING)


def test_nothing_happens_to_or_in_a_closed_unit(small):
    ward = emptied(small, "ward-8")
    close_unit(ward, by=small.noor, at=MORNING)

    for again in (
        lambda: close_unit(ward, by=small.noor, at=MORNING),
        lambda: move_unit(ward, into=small.unit("general"), by=small.noor, at=MORNING),
        lambda: move_unit(small.unit("ward-7"), into=ward, by=small.noor, at=MORNING),
        lambda: open_unit(ward, kind="bay", code="bay-1", name="Bay 1", by=small.noor, at=MORNING),
    ):
        with refused(NotValid):
            again()


def test_an_organisation_put_in_later_has_the_trees_it_began_with(small):
    load(
        Arrivals(
            source="a test",
            parties=(PartyRow("hospice", "Fen Hospice", "organisation", "hospice"),),
            units=(
                UnitRow("hospice/hospice", "hospice", "hospice", "", "organisation", "Fen Hospice", 0),
                UnitRow("hospice/garden", "hospice", "garden", "hospice/hospice", "ward", "Garden ward", 0),
            ),
        ),
        by=KEEPER,
        at=MORNING,
    )

    for at in (MORNING, MORNING - DAY, LONG_AGO - DAY):
        assert above(small.unit("garden"), at=at) == ["hospice"]
        assert above(small.unit("ward-7"), at=at)[0] == "acute-medicine"
