"""Appointing, ending, being away, rotas: done on the record, or refused without a trace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from remit.kernel.actor import KEEPER, Actor, ActorKind
from remit.kernel.errors import NotValid, WrongState
from remit.ledger.queries import entries_about
from remit.network.actions import appoint, end_appointment, load_duty, record_absence
from remit.network.errors import NotKeeper
from remit.network.models import Absence, Appointment, Duty, Person, Post
from remit.network.rules.arriving import DutyRow
from remit.network.tests.traces import cut_at, refused, unchanged
from remit.testing.small_system import MORNING, NIGHT, SmallSystem

DAY = timedelta(days=1)
STAFFING = "remit.network.actions.staffing"


def post_of(unit: str, role: str) -> Post:
    return Post.objects.get(unit__code=unit, role__code=role)


def held_by(actor: Actor) -> Appointment:
    assert actor.id is not None
    return Appointment.objects.get(pk=actor.id)


def person_of(actor: Actor) -> Person:
    assert actor.person is not None
    return Person.objects.get(pk=actor.person)


def put(small: SmallSystem, who: Actor, unit: str, role: str, *, by: Actor | None = None, **more: Any) -> Appointment:
    given: dict[str, Any] = {"starts_at": MORNING, "by": by or small.noor, "at": MORNING} | more
    return appoint(person_of(who).pk, post_of(unit, role).pk, **given)


def test_a_secretary_appoints_on_the_record(small):
    made = put(small, small.efua, "ward-8", "ward-manager", kind="acting")

    assert Appointment.objects.get(pk=made.pk).kind == "acting"
    [line] = entries_about(made.pk)
    assert line.words == "Governance secretary, Fenmoor Hospitals appointed Efua Tandoh as acting ward manager, Ward 8."


def test_the_name_of_who_was_appointed_is_sealed(small):
    [line] = entries_about(put(small, small.efua, "ward-8", "ward-manager", kind="deputy").pk)

    assert "Efua" not in str(line.facts)


@pytest.mark.parametrize("who", ["bronagh", "ifan", "faith", "ruth"])
def test_only_whoever_keeps_the_organisation_appoints(small, who):
    with refused(NotKeeper):
        put(small, small.efua, "ward-8", "ward-manager", kind="acting", by=small.actors[who])


def test_a_secretary_has_no_say_next_door(small):
    with refused(NotKeeper):
        put(small, small.efua, "council", "head-of-service", kind="deputy")


def test_neither_a_guest_nor_someone_without_a_post_appoints(small):
    for kind in (ActorKind.PERSON, ActorKind.GUEST, ActorKind.ANONYMOUS, ActorKind.CLOCK):
        with refused(NotKeeper):
            put(small, small.efua, "ward-8", "ward-manager", kind="acting", by=Actor(kind, uuid4(), "someone"))


def test_a_secretary_whose_time_is_over_keeps_nothing(small):
    end_appointment(held_by(small.noor).pk, ends_at=MORNING, by=KEEPER, at=MORNING)

    with refused(NotKeeper):
        put(small, small.efua, "ward-8", "ward-manager", kind="acting")


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "substantive"},  # Sunita holds it
        {"kind": "acting", "ends_at": MORNING},
        {"kind": "acting", "ends_at": MORNING - DAY},
        {"kind": "caretaker"},
    ],
    ids=str,
)
def test_an_appointment_that_cannot_be_is_refused(small, bad):
    with refused(NotValid):
        put(small, small.efua, "ward-8", "ward-manager", **bad)


def test_a_post_is_free_again_when_its_holder_has_left(small):
    end_appointment(held_by(small.sunita).pk, ends_at=MORNING, by=small.noor, at=MORNING)

    assert put(small, small.efua, "ward-8", "ward-manager").kind == "substantive"


def test_nobody_is_appointed_who_is_not_there(small):
    with refused(NotValid):
        appoint(
            uuid4(), post_of("ward-8", "ward-manager").pk, kind="acting", starts_at=MORNING, by=small.noor, at=MORNING
        )


def test_nobody_is_appointed_to_a_closed_post(small):
    Post.objects.filter(pk=post_of("ward-8", "ward-manager").pk).update(closed_at=NIGHT)

    with refused(NotValid):
        put(small, small.efua, "ward-8", "ward-manager", kind="acting")


@pytest.mark.parametrize("step", [f"{STAFFING}.note", f"{STAFFING}.record", f"{STAFFING}._record_post"])
def test_a_power_cut_while_appointing_leaves_nothing(small, monkeypatch, step):
    with cut_at(monkeypatch, step):
        put(small, small.efua, "ward-8", "ward-manager", kind="acting")


def test_an_appointment_is_ended_once(small):
    held = held_by(small.sunita)
    ended = end_appointment(held.pk, ends_at=MORNING, by=small.noor, at=MORNING)

    assert ended.ends_at == MORNING
    assert entries_about(held.pk)[-1].words.endswith("ended the appointment of Sunita Varley as ward manager, Ward 8.")
    with refused(WrongState):
        end_appointment(held.pk, ends_at=MORNING + DAY, by=small.noor, at=MORNING + DAY)


def test_an_appointment_does_not_end_before_it_begins(small):
    held = put(small, small.efua, "ward-8", "ward-manager", kind="acting", starts_at=MORNING + DAY)

    with refused(NotValid):
        end_appointment(held.pk, ends_at=MORNING, by=small.noor, at=MORNING)


def test_nobody_else_ends_an_appointment(small, monkeypatch):
    with refused(NotKeeper):
        end_appointment(held_by(small.sunita).pk, ends_at=MORNING, by=small.sunita, at=MORNING)
    with cut_at(monkeypatch, f"{STAFFING}.record"):
        end_appointment(held_by(small.sunita).pk, ends_at=MORNING, by=small.noor, at=MORNING)
    assert held_by(small.sunita).ends_at is None


@pytest.mark.parametrize("by", ["sunita", "noor"])
def test_one_records_ones_own_absence_and_the_secretary_anyones(small, by):
    made = record_absence(
        small.sunita.person, starts_at=MORNING, ends_at=MORNING + DAY, by=small.actors[by], at=MORNING
    )

    [line] = entries_about(made.pk)
    assert line.words.endswith("recorded that Sunita Varley is away until 24 November 2026.")


def test_an_absence_that_cannot_be_is_refused(small, monkeypatch):
    away = {"starts_at": MORNING, "ends_at": MORNING + DAY, "at": MORNING}
    with refused(NotKeeper):
        record_absence(small.sunita.person, by=small.bronagh, **away)
    with refused(NotValid):
        record_absence(small.sunita.person, by=small.sunita, **away | {"ends_at": MORNING})
    newcomer = Person.objects.create(code="new", name="Newly Come")
    with refused(NotValid):
        record_absence(newcomer.pk, by=small.bronagh, **away)
    with cut_at(monkeypatch, f"{STAFFING}.record"):
        record_absence(small.sunita.person, by=small.sunita, **away)
    assert not Absence.objects.exists()


def duty(person: str = "p16", **more: Any) -> DutyRow:
    starts_at = datetime(2027, 1, 4, 7, 30, tzinfo=UTC)
    given: dict[str, Any] = {
        "post": "",
        "kind": "shift",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=12),
    }
    return DutyRow(person=person, **given | more)


def test_a_rota_is_loaded_once(small):
    rows = [duty(), duty(), duty(post="fenmoor/ward-8/ward-manager"), duty(kind="on_call", starts_at=MORNING)]
    before = Duty.objects.count()

    assert load_duty(small.party("fenmoor"), rows, by=small.noor, at=MORNING) == 3
    assert Duty.objects.count() == before + 3
    assert entries_about(small.party("fenmoor"))[-1].words.endswith("loaded 3 rows of duty.")
    with unchanged():
        assert load_duty(small.party("fenmoor"), rows, by=small.noor, at=MORNING) == 0


def test_a_rota_with_a_stranger_or_a_post_that_is_nowhere_is_refused_whole(small):
    rows = [duty(), duty("p18"), duty("nobody"), duty(post="fenmoor/ward-9/matron")]  # p18 is of the council

    with pytest.raises(NotValid, match=r"nobody, p18.*fenmoor/ward-9/matron"):
        load_duty(small.party("fenmoor"), rows, by=small.noor, at=MORNING)
    with refused(NotValid):
        load_duty(small.party("fenmoor"), rows, by=small.noor, at=MORNING)


def test_only_whoever_keeps_the_organisation_loads_a_rota(small, monkeypatch):
    for who in (small.sunita, small.faith):
        with refused(NotKeeper):
            load_duty(small.party("fenmoor"), [duty()], by=who, at=MORNING)
    for step in (f"{STAFFING}.note", f"{STAFFING}.record"):
        with cut_at(monkeypatch, step):
            load_duty(small.party("fenmoor"), [duty()], by=small.noor, at=MORNING)
