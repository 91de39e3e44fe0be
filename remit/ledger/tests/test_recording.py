"""What an entry holds, when it needs a reason, how it is corrected and how it reads."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from remit.ledger.actions import action, correct, record
from remit.ledger.errors import LateWithoutReason, NoSuchEntry, OutsideAction, UnknownVerb
from remit.ledger.models import Entry, Sealed
from remit.ledger.queries import count_entries, entries_about, find_faults, is_whole, latest, streams
from remit.ledger.rules.chain import REGISTER, commitment
from remit.ledger.tests.acts import FENMOOR, MARCHLAND, NOON, NURSE, make_group, note, subject

OTHERS = tuple(UUID(int=number) for number in range(900, 906))

pytestmark = pytest.mark.django_db


def test_an_entry_made_18_minutes_late_needs_a_reason():
    with pytest.raises(LateWithoutReason, match="18 minutes"):
        make_group("red team", event_at=NOON - timedelta(minutes=18))
    with pytest.raises(LateWithoutReason):
        make_group("red team", event_at=NOON - timedelta(minutes=18), late_reason="  ")

    entry = make_group("red team", event_at=NOON - timedelta(minutes=18), late_reason="The radio was down.")

    reason = Sealed.objects.get(entry_id=entry.id)
    assert reason.text == "The radio was down."
    assert Entry.objects.get(pk=entry.pk).late_reason == commitment(reason.text, bytes(reason.salt))
    assert is_whole(FENMOOR)


def test_an_entry_made_3_minutes_late_needs_none():
    entry = make_group("red team", event_at=NOON - timedelta(minutes=3))

    stored = Entry.objects.get(pk=entry.pk)
    assert (stored.event_at, stored.entered_at, stored.late_reason) == (NOON - timedelta(minutes=3), NOON, "")


def test_a_correction_points_at_the_original_which_stays_readable():
    original = make_group("red team", sealed={"why": "six beds"})
    first = entries_about(subject("red team")[1])

    correction = correct(original.id, correction="It was four beds.", by=NURSE, at=NOON)

    before, after = entries_about(subject("red team")[1])
    assert before.words == first[0].words == "Nurse in charge, ward 7 made red team: six beds."
    assert after.words == "Nurse in charge, ward 7 corrected entry 1: It was four beds."
    assert (after.corrects, before.corrected_by) == (original.id, correction.id)
    assert not list(find_faults())


def test_what_is_not_there_cannot_be_corrected():
    with pytest.raises(NoSuchEntry):
        correct(FENMOOR, correction="It was four beds.", by=NURSE, at=NOON)


def test_free_text_is_in_the_payload_only_as_a_commitment():
    entry = make_group("red team", sealed={"why": "Zoë asked for it", "empty": ""})

    assert "Zoë" not in Entry.objects.get(pk=entry.pk).payload
    (sealed,) = Sealed.objects.filter(entry_id=entry.id)
    assert (sealed.field, sealed.text, len(bytes(sealed.salt))) == ("why", "Zoë asked for it", 32)


def test_a_text_that_was_erased_reads_as_withheld_and_the_chain_is_whole():
    entry = make_group("red team", sealed={"why": "a name"})
    Sealed.objects.filter(entry_id=entry.id).delete()

    assert entries_about(subject("red team")[1])[0].words == "Nurse in charge, ward 7 made red team: (withheld)."
    assert is_whole(FENMOOR)


def test_a_joint_act_writes_one_entry_in_each_stream_and_reads_as_one():
    entry = make_group("red team", parties=(MARCHLAND, FENMOOR))
    make_group("blue team", parties=(MARCHLAND,))

    assert streams() == [(FENMOOR, 1), (MARCHLAND, 2)]
    assert entry.stream == FENMOOR
    assert [line.words for line in entries_about(subject("red team")[1])] == ["Nurse in charge, ward 7 made red team."]
    assert len(latest([FENMOOR, MARCHLAND])) == 2
    assert len(latest([MARCHLAND])) == 2
    assert len(latest([FENMOOR])) == 1
    assert latest([FENMOOR])[0].streams == (FENMOOR, MARCHLAND)


@pytest.mark.parametrize("limit", [1, 2])
def test_the_newest_joint_act_is_told_whichever_of_its_entries_comes_first(limit):
    make_group("red team")
    make_group("blue team", parties=(MARCHLAND, FENMOOR, *OTHERS))

    told = [line.words for line in latest([FENMOOR, MARCHLAND, *OTHERS], limit=limit)]
    assert told[0] == "Nurse in charge, ward 7 made blue team."
    assert len(told) == limit


def test_two_joint_acts_that_say_the_same_are_two():
    @action
    def twice():
        note("red team", parties=(MARCHLAND, FENMOOR))
        note("red team", parties=(MARCHLAND, FENMOOR))

    twice()

    assert len(entries_about(subject("red team")[1])) == 2


def test_every_stream_that_begins_stands_in_the_register():
    make_group("red team", parties=(MARCHLAND, FENMOOR))
    make_group("blue team")

    begun = Entry.objects.filter(stream=REGISTER).order_by("sequence").values_list("subject_id", flat=True)
    assert list(begun) == [FENMOOR, MARCHLAND]
    assert count_entries() == 3


def test_what_is_returned_is_what_is_stored():
    entry = make_group("red team", event_at=NOON - timedelta(microseconds=1))
    stored = Entry.objects.get(pk=entry.pk)

    assert entry == (stored.id, stored.stream_id, stored.sequence, stored.hash)
    assert stored.hash == stored.link().hash()


def test_a_verb_without_words_cannot_be_recorded():
    @action
    def nameless():
        record("group.vanished", subject=subject("x"), by=NURSE, at=NOON, parties=[FENMOOR])

    with pytest.raises(UnknownVerb):
        nameless()


def test_nothing_is_recorded_outside_an_action():
    with pytest.raises(OutsideAction):
        note("red team")


@pytest.mark.parametrize(
    "given",
    [{"parties": ()}, {"sealed": {"late_reason": "mine"}}, {"at": NOON.replace(tzinfo=None)}],
    ids=["for nobody", "a sealed late reason", "at no known hour"],
)
def test_what_cannot_be_an_entry_is_refused_and_leaves_nothing(given):
    with pytest.raises(ValueError, match=r"."):
        make_group("red team", **given)

    assert not count_entries()


def test_one_entry_costs_three_statements(django_assert_num_queries):
    make_group("red team")

    @action
    def only_note():
        note("blue team")

    beside = 2 if connection.in_atomic_block else 0  # a test's own transaction turns the action's into a savepoint
    with django_assert_num_queries(3 + beside):
        only_note()
