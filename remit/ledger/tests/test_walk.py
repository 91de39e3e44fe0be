"""However a chain is tampered with, the walk along it names a place at or before the damage."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from remit.ledger.rules.chain import BEGINNING, Link, canonical, commitment, head_mark
from remit.ledger.rules.walk import Head, Stored, Text, Walk

STREAM = UUID("0192f3a4-0000-7000-8000-00000000000a")
KEY = "the key of the record"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SALT = b"s" * 32


def chain(length: int, *, what: str = "opened") -> list[Stored]:
    """A whole chain; every entry has a sealed text."""
    entries: list[Stored] = []
    for number in range(1, length + 1):
        text = Text("why", SALT, f"reason {number}")
        link = Link(
            id=UUID(int=number),
            stream=STREAM,
            sequence=number,
            event_at=NOON + timedelta(minutes=number),
            entered_at=NOON + timedelta(minutes=number),
            late_reason="",
            actor_kind="appointment",
            actor_id=None,
            actor_words="site manager, Fenmoor",
            verb=f"bed.{what}",
            subject_kind="network.unit",
            subject_id=UUID(int=900),
            payload=canonical({"facts": {"beds": number}, "sealed": {"why": commitment(text.text, SALT)}}),
            previous_hash=entries[-1].hash if entries else BEGINNING,
        )
        entries.append(Stored(number, link, link.hash(), (text,)))
    return entries


def head_of(entries: list[Stored], *, key: str = KEY) -> Head:
    number, own = len(entries), entries[-1].hash
    return Head(STREAM, number, own, head_mark(STREAM, number, own, key=key))


def first_fault(entries: list[Stored], head: Head) -> int | None:
    walk = Walk(STREAM)
    for entry in entries:
        if fault := walk.step(entry):
            return fault.sequence
    fault = walk.end(head, key=KEY)
    return fault.sequence if fault else None


def rehashed(entries: list[Stored]) -> list[Stored]:
    """The chain made to fit together again, as someone would who can compute SHA-256."""
    previous, made = BEGINNING, []
    for entry in entries:
        assert entry.link is not None
        link = entry.link._replace(previous_hash=previous)
        made.append(replace(entry, link=link, hash=link.hash()))
        previous = made[-1].hash
    return made


LENGTHS = st.integers(2, 8)


@given(LENGTHS)
def test_a_chain_that_nobody_touched_is_whole(length):
    entries = chain(length)

    assert first_fault(entries, head_of(entries)) is None


@given(LENGTHS, st.data(), st.sampled_from([name for name in Link._fields if name != "sequence"]))
def test_an_altered_entry_is_named(length, data, name):
    entries, other = chain(length), chain(length, what="closed")
    at = data.draw(st.integers(0, length - 1))
    value: object = {"stream": UUID(int=1), "id": UUID(int=77), "subject_id": UUID(int=1), "actor_id": UUID(int=1)}.get(
        name
    )
    if value is None:
        held = getattr(other[at].link, name)
        value = held + timedelta(microseconds=1) if isinstance(held, datetime) else f"{held} "
    altered = entries[at].link._replace(**{name: value})
    damaged = [*entries[:at], replace(entries[at], link=altered), *entries[at + 1 :]]

    assert first_fault(damaged, head_of(entries)) == at + 1


@given(LENGTHS, st.data())
def test_an_altered_and_rehashed_entry_is_found_at_the_one_after_it(length, data):
    entries = chain(length)
    at = data.draw(st.integers(0, length - 1))
    altered = entries[at].link._replace(verb="bed.closed")
    damaged = [*entries[:at], replace(entries[at], link=altered, hash=altered.hash()), *entries[at + 1 :]]

    assert first_fault(damaged, head_of(entries)) == min(at + 2, length)


@given(LENGTHS, st.data())
def test_a_removed_entry_is_named(length, data):
    entries = chain(length)
    at = data.draw(st.integers(0, length - 1))

    assert first_fault([*entries[:at], *entries[at + 1 :]], head_of(entries)) == at + 1


@given(LENGTHS, st.data())
def test_a_truncated_chain_is_found_at_the_first_entry_gone(length, data):
    entries = chain(length)
    kept = data.draw(st.integers(0, length - 1))

    assert first_fault(entries[:kept], head_of(entries)) == kept + 1


@given(LENGTHS, st.data())
def test_entries_that_changed_places_are_found_at_the_first_of_them(length, data):
    entries = chain(length)
    one, other = sorted(data.draw(st.sets(st.integers(0, length - 1), min_size=2, max_size=2)))
    damaged = list(entries)
    damaged[one] = replace(entries[other], sequence=one + 1, link=entries[other].link._replace(sequence=one + 1))
    damaged[other] = replace(entries[one], sequence=other + 1, link=entries[one].link._replace(sequence=other + 1))

    assert first_fault(damaged, head_of(entries)) == one + 1


@given(LENGTHS, st.data())
def test_a_tail_rewritten_with_its_head_is_found_for_want_of_the_key(length, data):
    entries = chain(length)
    at = data.draw(st.integers(0, length - 1))
    altered = replace(entries[at], link=entries[at].link._replace(verb="bed.closed"))
    rewritten = rehashed([*entries[:at], altered, *entries[at + 1 :]])

    assert first_fault(rewritten, head_of(rewritten, key="a guess")) == length
    assert first_fault(rewritten, replace(head_of(rewritten), mark=head_of(entries).mark)) == length


@given(LENGTHS, st.data())
def test_a_chain_cut_short_with_its_head_is_found_for_want_of_the_key(length, data):
    entries = chain(length)
    kept = data.draw(st.integers(1, length - 1))

    assert first_fault(entries[:kept], head_of(entries[:kept], key="a guess")) == kept


@given(LENGTHS, st.data(), st.sampled_from(["text", "salt", "field"]))
def test_a_sealed_text_that_is_not_the_one_sealed_is_named(length, data, name):
    entries = chain(length)
    at = data.draw(st.integers(0, length - 1))
    (text,) = entries[at].texts
    other = replace(text, **{name: b"t" * 32 if name == "salt" else "other"})
    damaged = [*entries[:at], replace(entries[at], texts=(other,)), *entries[at + 1 :]]

    assert first_fault(damaged, head_of(entries)) == at + 1


@given(LENGTHS, st.data())
def test_sealed_texts_that_changed_places_are_found_at_the_first_of_them(length, data):
    entries = chain(length)
    one, other = sorted(data.draw(st.sets(st.integers(0, length - 1), min_size=2, max_size=2)))
    damaged = list(entries)
    damaged[one] = replace(entries[one], texts=entries[other].texts)
    damaged[other] = replace(entries[other], texts=entries[one].texts)

    assert first_fault(damaged, head_of(entries)) == one + 1


def test_an_erased_text_leaves_the_chain_whole():
    entries = chain(3)
    erased = [entries[0], replace(entries[1], texts=()), entries[2]]

    assert first_fault(erased, head_of(entries)) is None


def test_bytes_that_are_no_entry_are_named():
    entries = chain(3)

    assert first_fault([entries[0], Stored(2, None, ""), entries[2]], head_of(entries)) == 2
