"""What was done to the stored record behind its back is found, and the place is named.

No trigger of the tests' database is switched off: the tampering is done to a copy of its
file, with the means that someone has who holds that file and not the key.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from remit.ledger import statements, verification
from remit.ledger.models import Entry
from remit.ledger.queries import find_faults, is_whole
from remit.ledger.rules import chain, walk
from remit.ledger.rules.chain import REGISTER
from remit.ledger.tests.acts import FENMOOR, MARCHLAND, NOON, make_group, note

ENTRIES = 4
COLUMNS = (*verification.CELLS, *verification.TEXTS)

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the tampering is done to a copy of a file")


@contextmanager
def instead(file):
    """Read this database file in place of the tests' own."""
    own = connections[DEFAULT_DB_ALIAS]
    copy = connections.create_connection(DEFAULT_DB_ALIAS)
    copy.settings_dict = own.settings_dict | {"NAME": str(file)}
    connections[DEFAULT_DB_ALIAS] = copy
    try:
        yield
    finally:
        copy.close()
        connections[DEFAULT_DB_ALIAS] = own


@pytest.fixture
def record_file(transactional_db, tmp_path):
    """A file with a small record: two streams, sealed texts, a late entry."""
    make_group("first", sealed={"why": "the first reason"})
    make_group(
        "second", sealed={"why": "the second reason"}, event_at=NOON - timedelta(hours=1), late_reason="no radio"
    )
    make_group("third", parties=(FENMOOR, MARCHLAND))
    make_group("fourth")
    file = tmp_path / "whole.sqlite3"
    copy = sqlite3.connect(file)
    connection.ensure_connection()
    connection.connection.backup(copy)
    for (trigger,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        copy.execute(f"DROP TRIGGER {trigger}")
    copy.commit()
    copy.execute("PRAGMA journal_mode = DELETE")
    copy.close()
    return file


def faults_after(file, *tampering):
    """The faults found in a copy of the file once these statements have been run on it."""
    altered = file.with_name("altered.sqlite3")
    shutil.copy(file, altered)
    database = sqlite3.connect(altered)
    for statement, values in tampering:
        database.execute(statement, values)
    database.commit()
    database.close()
    with instead(altered):
        return {fault.stream: fault for fault in find_faults()}


def at(number):
    return f"WHERE stream_id = '{FENMOOR.hex}' AND sequence = {number}"


@on_sqlite
class TestTampering:
    """Each kind of it, on the file."""

    def test_the_copy_that_nobody_touched_is_whole(self, record_file):
        assert not faults_after(record_file)

    @trying(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(1, ENTRIES), st.sampled_from(COLUMNS), st.integers(0, 400), st.integers(1, 255))
    def test_one_altered_byte_names_the_first_bad_entry(self, record_file, number, column, place, flipped):
        database = sqlite3.connect(record_file)
        row = database.execute(f"SELECT CAST({column} AS blob) FROM ledger_entry {at(number)}").fetchone()
        database.close()
        cell = row[0] or b""
        assume(cell)
        place %= len(cell)
        altered = cell[:place] + bytes([cell[place] ^ flipped]) + cell[place + 1 :]

        faults = faults_after(
            record_file, (f"UPDATE ledger_entry SET {column} = CAST(? AS text) {at(number)}", [altered])
        )

        assert faults[FENMOOR].sequence == number

    @pytest.mark.parametrize("number", range(1, ENTRIES + 1))
    def test_a_removed_entry(self, record_file, number):
        faults = faults_after(record_file, (f"DELETE FROM ledger_entry {at(number)}", []))

        assert (faults[FENMOOR].sequence, faults[FENMOOR].words) == (number, "is missing")

    def test_entries_that_changed_places(self, record_file):
        moves = [(2, 9), (3, 2), (9, 3)]
        faults = faults_after(
            record_file, *[(f"UPDATE ledger_entry SET sequence = {new} {at(old)}", []) for old, new in moves]
        )

        assert faults[FENMOOR].sequence == 2

    def test_the_end_cut_off_with_the_head_set_back(self, record_file):
        faults = faults_after(
            record_file,
            (f"DELETE FROM ledger_entry {at(4)}", []),
            (
                "UPDATE ledger_stream SET sequence = 3,"
                f" head_hash = (SELECT hash FROM ledger_entry {at(3)}) WHERE party_id = ?",
                [FENMOOR.hex],
            ),
        )

        assert faults[FENMOOR].sequence == 3
        assert "not signed" in faults[FENMOOR].words

    def test_an_entry_put_after_the_end(self, record_file):
        columns = "event_at, entered_at, late_reason, actor_kind, actor_id, actor_words, verb, subject_kind, subject_id"
        faults = faults_after(
            record_file,
            (
                f"INSERT INTO ledger_entry (id, stream_id, sequence, {columns}, payload, previous_hash, hash)"
                f" SELECT 'new', stream_id, 5, {columns}, payload, hash, 'x' FROM ledger_entry {at(4)}",
                [],
            ),
        )

        assert (faults[FENMOOR].sequence, faults[FENMOOR].words) == (5, "stands after the end that was recorded")

    @pytest.mark.parametrize("what", ["head_hash", "head_mark"])
    def test_an_altered_head(self, record_file, what):
        faults = faults_after(record_file, (f"UPDATE ledger_stream SET {what} = 'x' WHERE party_id = ?", [FENMOOR.hex]))

        assert faults[FENMOOR].sequence == ENTRIES

    def test_a_whole_stream_removed(self, record_file):
        faults = faults_after(
            record_file,
            ("DELETE FROM ledger_entry WHERE stream_id = ?", [MARCHLAND.hex]),
            ("DELETE FROM ledger_stream WHERE party_id = ?", [MARCHLAND.hex]),
        )

        assert faults[MARCHLAND].words == "is missing, and with it the whole stream"

    def test_a_stream_emptied(self, record_file):
        faults = faults_after(
            record_file,
            ("DELETE FROM ledger_entry WHERE stream_id = ?", [MARCHLAND.hex]),
            (
                "UPDATE ledger_stream SET sequence = 0, head_mark = '', head_hash = ? WHERE party_id = ?",
                ["0" * 64, MARCHLAND.hex],
            ),
        )

        assert faults[MARCHLAND].sequence == 1

    def test_a_stream_removed_with_its_note_in_the_register(self, record_file):
        faults = faults_after(
            record_file,
            ("DELETE FROM ledger_entry WHERE stream_id = ?", [MARCHLAND.hex]),
            ("DELETE FROM ledger_stream WHERE party_id = ?", [MARCHLAND.hex]),
            ("DELETE FROM ledger_entry WHERE stream_id = ? AND sequence = 2", [REGISTER.hex]),
        )

        assert faults[REGISTER].sequence == 2

    def test_the_register_removed(self, record_file):
        faults = faults_after(
            record_file,
            ("DELETE FROM ledger_entry WHERE stream_id = ?", [REGISTER.hex]),
            ("DELETE FROM ledger_stream WHERE party_id = ?", [REGISTER.hex]),
        )

        assert faults[REGISTER].words == "is missing, and with it the whole stream"

    @pytest.mark.parametrize(
        ("statement", "number"),
        [
            ("UPDATE ledger_sealed SET text = 'another reason' WHERE text = 'the first reason'", 1),
            ("UPDATE ledger_sealed SET text = CAST(X'ff' AS text) WHERE text = 'the second reason'", 2),
            ("UPDATE ledger_sealed SET text = 'no wish' WHERE field = 'late_reason'", 2),
            ("UPDATE ledger_sealed SET salt = X'00' WHERE text = 'the first reason'", 1),
            ("UPDATE ledger_sealed SET field = 'who' WHERE text = 'the first reason'", 1),
            (
                "UPDATE ledger_sealed SET entry_id = (SELECT id FROM ledger_entry WHERE payload LIKE '%fourth%')"
                " WHERE text = 'the first reason'",
                4,
            ),
        ],
    )
    def test_a_sealed_text_altered_or_moved(self, record_file, statement, number):
        assert faults_after(record_file, (statement, []))[FENMOOR].sequence == number

    def test_sealed_texts_swapped_between_two_entries(self, record_file):
        swap = """
            UPDATE ledger_sealed SET (text, salt) = (
                SELECT text, salt FROM ledger_sealed AS other WHERE field = 'why' AND other.id <> ledger_sealed.id
            ) WHERE field = 'why'
        """

        assert faults_after(record_file, (swap, []))[FENMOOR].sequence == 1

    def test_another_key_did_not_sign_these_heads(self, record_file, settings):
        settings.RECORD_KEY = "another key"

        assert set(faults_after(record_file)) == {REGISTER, FENMOOR, MARCHLAND}


@pytest.mark.django_db
def test_an_entry_written_past_the_action_is_found():
    make_group("first")
    entry = make_group("second")
    with connection.cursor() as cursor:
        forged = Entry.objects.get(pk=entry.pk).link()._replace(id=MARCHLAND, sequence=3, previous_hash=entry.hash)
        values = [statements.as_key(value, connection) if isinstance(value, UUID) else value for value in forged]
        cursor.execute(statements.INSERT_ENTRY, [*values, forged.hash()])

    (fault,) = find_faults()
    assert (fault.stream, fault.sequence) == (FENMOOR, 3)
    assert not is_whole(FENMOOR)


@pytest.mark.django_db
def test_a_text_laid_beside_an_entry_that_did_not_seal_it_is_found():
    entry = make_group("first")
    with connection.cursor() as cursor:
        statements.seal(entry.id, {"why": ("an afterthought", b"s" * 32)}, cursor)

    (fault,) = find_faults([FENMOOR])
    assert (fault.sequence, "'why'" in fault.words) == (1, True)


@pytest.mark.django_db
def test_a_stream_that_has_not_begun_is_whole():
    assert is_whole(FENMOOR)
    assert not list(find_faults())


@pytest.mark.django_db
def test_long_streams_are_read_in_batches_and_their_segments_checked(monkeypatch):
    monkeypatch.setattr(verification, "BATCH", 3)
    for module in (chain, walk, verification, statements):
        monkeypatch.setattr(module, "SEGMENT", 5)
    for number in range(12):
        make_group(f"group {number}", sealed={"why": f"reason {number}"})
    assert is_whole(FENMOOR)

    monkeypatch.setattr(verification, "_segment", lambda walk: None)
    (fault,) = find_faults([FENMOOR])
    assert (fault.sequence, fault.words) == (1, "begins a segment whose digest is missing")


@pytest.mark.django_db
def test_verifying_while_somebody_writes_finds_no_fault(monkeypatch):
    from remit.ledger.actions import action

    for name in ("first", "second"):
        make_group(name)
    looked = verification._goes_on

    def written_meanwhile(stream, *, after):
        if after < 6:
            action(lambda: note(f"meanwhile {after}", parties=(stream,)))()
        return looked(stream, after=after)

    monkeypatch.setattr(verification, "_goes_on", written_meanwhile)

    assert is_whole(FENMOOR)


@pytest.mark.django_db
def test_the_command_says_that_the_record_is_whole(capsys):
    make_group("first", parties=(FENMOOR, MARCHLAND))
    call_command("verify_ledger")

    assert capsys.readouterr().out.strip() == "The record is whole: 2 entries in 2 streams."


@pytest.mark.django_db
def test_the_command_names_the_first_bad_entry_and_fails(capsys, monkeypatch):
    monkeypatch.setattr(
        "remit.ledger.queries.find_faults",
        lambda: iter([walk.Fault(FENMOOR, 1_234, "is missing"), walk.Fault(REGISTER, 2, "is missing")]),
    )
    with pytest.raises(CommandError, match="The record is not whole: 2 streams with a fault"):
        call_command("verify_ledger")

    said = capsys.readouterr().err.splitlines()
    assert said == [f"Stream {FENMOOR}: entry 1,234 is missing.", "The register of streams: entry 2 is missing."]


@pytest.mark.slow
@on_sqlite
def test_the_command_line_exits_with_1_on_a_file_that_was_altered(record_file, tmp_path, child_environment):
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(Path(settings.DATA_DIR) / "record.key", data)
    shutil.copy(record_file, data / "remit.sqlite3")

    def verify():
        command = [sys.executable, "-m", "django", "verify_ledger"]
        environment = {**os.environ, **child_environment, "REMIT_DATA": str(data)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    whole = verify()
    assert (whole.returncode, whole.stdout.strip()) == (0, "The record is whole: 5 entries in 2 streams.")
    database = sqlite3.connect(data / "remit.sqlite3")
    database.execute(f"UPDATE ledger_entry SET verb = 'group.unmade' {at(2)}")
    database.commit()
    database.close()
    broken = verify()
    assert broken.returncode == 1
    assert f"Stream {FENMOOR}: entry 2 was changed after it was written." in broken.stderr
