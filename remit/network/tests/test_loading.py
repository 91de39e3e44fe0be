"""A batch is loaded whole or not at all, and once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from remit.kernel.actor import KEEPER
from remit.kernel.errors import NotValid
from remit.ledger.queries import entries_about, find_faults, latest, streams
from remit.network.actions import load
from remit.network.errors import NotKeeper
from remit.network.models import Absence, Duty, Interest, Party
from remit.network.rules import arriving
from remit.network.tests.traces import counts, cut_at, refused, unchanged
from remit.testing.small_system import LONG_AGO, MORNING, small_system_rows

DAY = timedelta(days=1)
LOADING = "remit.network.actions.loading"
MORE = arriving.Arrivals(
    source="a spreadsheet",
    parties=(arriving.PartyRow("hospice", "Fen Hospice", "organisation", "hospice"),),
    memberships=(arriving.MembershipRow("marsh", "hospice", LONG_AGO, MORNING),),
    units=(
        arriving.UnitRow("hospice/hospice", "hospice", "hospice", "", "organisation", "Fen Hospice", 0),
        arriving.UnitRow("hospice/garden", "hospice", "garden", "hospice/hospice", "ward", "Garden ward", 0),
    ),
    dependencies=(arriving.DependencyRow("hospice/garden", "fenmoor/laboratory", LONG_AGO),),
    sites=(arriving.SiteRow("fen-campus", "Fen campus", ("hospice/garden", "fenmoor/general"), LONG_AGO),),
    posts=(arriving.PostRow("hospice/garden/ward-manager", "hospice/garden", "ward-manager", "ward-manager"),),
    people=(arriving.PersonRow("h1", "Willa Fenn"),),
    appointments=(
        arriving.AppointmentRow("a-h1", "h1", "hospice/garden/ward-manager", "substantive", LONG_AGO),
        arriving.AppointmentRow("a-h2", "p13", "hospice/garden/ward-manager", "deputy", LONG_AGO),
    ),
    absences=(arriving.AbsenceRow("h1", MORNING, MORNING + DAY),),
    interests=(arriving.InterestRow("h1", "", "Hollis Supplies", "a cousin works there", LONG_AGO),),
    duty=(
        arriving.DutyRow("h1", "hospice/garden/ward-manager", "shift", MORNING, MORNING + DAY),
        arriving.DutyRow("p13", "", "shift", MORNING, MORNING + DAY),
    ),
    bodies=(arriving.BodyRow("hospice", "board", "Board", "board", {"number": 1}, False, False),),
    members=(arriving.MemberRow("hospice/board", "hospice/garden/ward-manager", True, LONG_AGO),),
    sittings=(arriving.SittingRow("hospice/board", MORNING + DAY, True),),
)


def test_a_batch_is_counted_and_recorded_in_each_stream_that_it_touches(small):
    added = load(MORE, by=KEEPER, at=MORNING)

    one = "parties memberships dependencies sites posts people absences interests bodies members sittings"
    two = "units places appointments duty"
    assert {name: n for name, n in added.items() if n} == dict.fromkeys(one.split(), 1) | dict.fromkeys(two.split(), 2)
    hospice = Party.objects.get(code="hospice")
    [line] = entries_about(hospice.pk)
    assert line.words.endswith("2 appointments, 2 rows of duty and 1 body from a spreadsheet.")
    loaded = latest([stream for stream, _ in streams()], verbs_named=["network.loaded"])
    assert {line.stream for line in loaded if line.entered_at == MORNING} == {hospice.pk, small.party("marsh")}


def test_a_batch_loaded_twice_adds_nothing(small):
    load(MORE, by=KEEPER, at=MORNING)
    with unchanged():
        assert not any(load(MORE, by=KEEPER, at=MORNING).values())


def test_a_whole_system_loaded_twice_adds_nothing(small):
    with unchanged():
        assert not any(load(small_system_rows(), by=KEEPER, at=MORNING).values())


def test_new_people_beside_a_rota_that_stands_add_no_duty_twice(small):
    load(MORE, by=KEEPER, at=MORNING)
    before = Duty.objects.count()
    load(replace(MORE, people=(*MORE.people, arriving.PersonRow("h9", "Ned Fenn"))), by=KEEPER, at=MORNING)

    assert Duty.objects.count() == before
    assert Absence.objects.count() == Interest.objects.count() == 1


def test_only_the_keeper_loads(small):
    for who in (small.noor, small.ifan, small.efua):
        with refused(NotKeeper):
            load(MORE, by=who, at=MORNING)


@pytest.mark.parametrize(
    ("field", "row", "missing"),
    [
        ("parties", arriving.PartyRow("x", "X", "system", "place", convenor="nobody"), "party"),
        ("memberships", arriving.MembershipRow("nowhere", "hospice", LONG_AGO), "system"),
        ("units", arriving.UnitRow("y/y", "y", "y", "", "organisation", "Y", 0), "organisation"),
        ("units", arriving.UnitRow("hospice/z", "hospice", "z", "hospice/attic", "ward", "Z", 0), "unit"),
        ("dependencies", arriving.DependencyRow("hospice/garden", "fenmoor/attic", LONG_AGO), "unit"),
        ("sites", arriving.SiteRow("s", "S", ("hospice/attic",), LONG_AGO), "unit"),
        ("posts", arriving.PostRow("hospice/garden/x", "hospice/garden", "x", "jester"), "role"),
        (
            "appointments",
            arriving.AppointmentRow("a", "nobody", "hospice/garden/ward-manager", "acting", LONG_AGO),
            "person",
        ),
        ("appointments", arriving.AppointmentRow("a", "h1", "hospice/garden/king", "acting", LONG_AGO), "post"),
        ("absences", arriving.AbsenceRow("nobody", MORNING, MORNING + DAY), "person"),
        ("duty", arriving.DutyRow("nobody", "", "shift", MORNING, MORNING + DAY), "person"),
        ("members", arriving.MemberRow("hospice/board", "hospice/garden/king", False, LONG_AGO), "post"),
        ("sittings", arriving.SittingRow("hospice/council", MORNING, False), "body"),
    ],
)
def test_a_code_that_is_nowhere_is_named_and_nothing_is_loaded(small, field, row, missing):
    more: dict[str, Any] = {field: (*getattr(MORE, field), row)}
    bad = replace(MORE, **more)
    before = counts()
    with pytest.raises(NotValid, match=f"no {missing} with the code"):
        load(bad, by=KEEPER, at=MORNING)

    assert counts() == before


@pytest.mark.parametrize("step", ["_units", "_posts_and_people", "_presence", "_bodies"])
def test_a_power_cut_between_two_steps_leaves_nothing(small, monkeypatch, step):
    with cut_at(monkeypatch, f"{LOADING}._Loader.{step}"):
        load(MORE, by=KEEPER, at=MORNING)


def test_a_power_cut_before_the_entry_leaves_nothing(small, monkeypatch):
    for step in ("renumber", "record"):
        with cut_at(monkeypatch, f"{LOADING}.{step}"):
            load(MORE, by=KEEPER, at=MORNING)
    load(MORE, by=KEEPER, at=MORNING)
    assert not list(find_faults())
