"""Laws of an entry's bytes and its hash."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.ledger.rules.chain import BEGINNING, VERSION, Link, canonical, commitment, head_mark, stamp

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
LINKS = st.builds(
    Link,
    id=st.uuids(),
    stream=st.uuids(),
    sequence=st.integers(1, 2**62),
    event_at=MOMENTS,
    entered_at=MOMENTS,
    late_reason=st.sampled_from(["", "a" * 64]),
    actor_kind=TEXT,
    actor_id=st.none() | st.uuids(),
    actor_words=TEXT,
    verb=TEXT,
    subject_kind=TEXT,
    subject_id=st.uuids(),
    payload=st.dictionaries(TEXT, TEXT, max_size=3).map(canonical),
    previous_hash=st.just(BEGINNING),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | st.uuids() | MOMENTS | st.decimals(-(10**9), 10**9, places=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, VALUES, max_size=5), st.randoms())
def test_canonical_json_does_not_depend_on_the_order_of_keys(payload, chance):
    names = list(payload)
    chance.shuffle(names)

    assert canonical({name: payload[name] for name in names}) == canonical(payload)


@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_canonical_json_survives_being_read_and_written_again(payload):
    written = canonical(payload)

    assert canonical(json.loads(written)) == written


@given(LINKS, LINKS, st.sampled_from(Link._fields))
def test_any_field_that_differs_changes_the_hash(link, other, name):
    altered = link._replace(**{name: getattr(other, name)})

    assert (altered.hash() == link.hash()) == (altered == link)


@given(LINKS)
def test_the_hash_can_be_worked_out_with_the_standard_library(link):
    fields = [VERSION, *link]
    fields[4:6] = [moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for moment in fields[4:6]]
    written = json.dumps(
        ["" if value is None else str(value) if isinstance(value, UUID) else value for value in fields],
        ensure_ascii=False,
        separators=(",", ":"),
    )

    assert link.hash() == hashlib.sha256(written.encode()).hexdigest()


def test_one_moment_has_one_stamp_in_every_time_zone():
    moment = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)

    assert stamp(moment.astimezone(timezone(timedelta(hours=5, minutes=30)))) == "2026-11-22T02:10:00.000000Z"
    assert stamp(moment) == "2026-11-22T02:10:00.000000Z"


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        stamp(datetime(2026, 11, 22, 2, 10))  # noqa: DTZ001


@pytest.mark.parametrize("value", [1.5, float("nan"), Decimal("NaN"), object(), b"bytes", {1: "a number as a name"}])
def test_what_not_every_reader_reads_alike_stays_out_of_the_record(value):
    with pytest.raises(TypeError):
        canonical({"value": value})


def test_equal_amounts_are_written_alike():
    assert canonical({"gbp": Decimal("4900.00")}) == canonical({"gbp": Decimal("4900")}) == '{"gbp":"4900"}'


@given(TEXT, TEXT, st.binary(min_size=32, max_size=32))
def test_a_commitment_binds_to_one_text(text, other, salt):
    assert commitment(text, salt) == hmac.new(salt, text.encode(), hashlib.sha256).hexdigest()
    assert (commitment(text, salt) == commitment(other, salt)) == (text == other)


def test_a_head_is_marked_by_its_key_alone():
    stream = UUID(int=7)

    assert head_mark(stream, 3, "a" * 64, key="one") != head_mark(stream, 3, "a" * 64, key="two")
    assert head_mark(stream, 3, "a" * 64, key="one") != head_mark(stream, 4, "a" * 64, key="one")
