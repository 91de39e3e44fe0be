"""A rota as a spreadsheet gives it: every kind of bad row is named, and nothing of a bad file is loaded."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel.errors import NotValid
from remit.network.models import Duty
from remit.network.rules.duty_file import MOST_SHOWN, read_duty
from remit.network.tests.traces import refused, unchanged

HEAD = "person,post,kind,starts_at,ends_at\n"
LONDON = ZoneInfo("Europe/London")
GOOD = "p16,fenmoor/ward-8/ward-manager,on call,2027-07-04 19:30,2027-07-05 07:30\n"


def test_times_without_an_offset_are_local():
    [row] = read_duty(HEAD + GOOD, zone=LONDON)

    assert row.starts_at.astimezone(UTC) == datetime(2027, 7, 4, 18, 30, tzinfo=UTC)
    assert (row.person, row.post, row.kind) == ("p16", "fenmoor/ward-8/ward-manager", "on_call")


@pytest.mark.parametrize("kind", ["on call", "on_call", "On-call", "ON CALL"])
def test_on_call_however_it_is_written(kind):
    assert read_duty(HEAD + GOOD.replace("on call", kind), zone=LONDON)[0].kind == "on_call"


def test_what_spreadsheets_add_is_taken_off():
    text = "\ufeff" + HEAD.replace("\n", ",ward\r\n") + " p16 ,, ,2027-01-04T07:30Z,2027-01-04T19:30+00:00,7\r\n"
    [row] = read_duty(text, zone=LONDON)

    assert (row.person, row.post, row.kind) == ("p16", "", "shift")
    assert row.starts_at == datetime(2027, 1, 4, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,shift,2027-01-04 07:30,2027-01-04 19:30", "the person is missing"),
        ("p16,,night,2027-01-04 07:30,2027-01-04 19:30", "“night” is neither shift nor on call"),
        ("p16,,shift,Monday,2027-01-04 19:30", "“Monday” in starts_at is not a time"),
        ("p16,,shift,2027-01-04 07:30,", "“” in ends_at is not a time"),
        ("p16,,shift,2027-01-04 07:30,2027-02-30 19:30", "“2027-02-30 19:30” in ends_at is not a time"),
        ("p16,,shift,2027-01-04 19:30,2027-01-04 07:30", "it ends (2027-01-04 07:30) before it begins"),
        ("p16,,shift,2027-01-04 07:30,2027-01-04 07:30", "before it begins"),
        ("p16", "is not a time"),
    ],
)
def test_a_bad_row_is_named_by_its_line(row, said):
    with pytest.raises(NotValid) as refusal:
        read_duty(HEAD + GOOD + row + "\n" + GOOD, zone=LONDON)

    assert "Nothing was loaded: 1 of the rows cannot be used. Line 3: " in refusal.value.words()
    assert said in refusal.value.words()


def test_very_many_bad_rows_are_counted():
    with pytest.raises(NotValid, match="And 5 more"):
        read_duty(HEAD + ",,,,\n" * (MOST_SHOWN + 5), zone=LONDON)


@pytest.mark.parametrize("text", ["", "person;post;kind;starts_at;ends_at\n", "person,kind\np16,shift\n"])
def test_a_file_without_its_columns_says_which(text):
    with pytest.raises(NotValid, match="lacks"):
        read_duty(text, zone=LONDON)


@given(st.text(max_size=200))
def test_no_text_at_all_is_a_fault(text):
    with suppress(NotValid):
        assert read_duty(HEAD + text, zone=LONDON) == () or "," in text


@pytest.fixture
def file(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> str:
        path = tmp_path / "rota.csv"
        path.write_text(text, encoding=encoding)
        return str(path)

    return write


def test_the_command_loads_a_file_once(small, file, capsys):
    before = Duty.objects.count()
    path = file(HEAD + GOOD, "utf-8-sig")
    call_command("load_duty", "fenmoor", path)

    assert capsys.readouterr().out == "Loaded 1 row of duty. 0 stood already.\n"
    assert Duty.objects.count() == before + 1
    with unchanged():
        call_command("load_duty", "fenmoor", path)


@pytest.mark.parametrize(
    ("party", "text", "said"),
    [
        ("nowhere", HEAD + GOOD, "no organisation with the code “nowhere”"),
        ("marsh", HEAD + GOOD, "no organisation"),  # a system has no rota
        ("council", HEAD + GOOD, "Nobody in Marsh County Council has the code p16"),
        ("fenmoor", HEAD + GOOD.replace("ward-8", "ward-9"), "There is no post fenmoor/ward-9/ward-manager"),
        ("fenmoor", HEAD + GOOD + "p16,,,,\n", "Line 3: "),
        ("fenmoor", "", "lacks person"),
    ],
)
def test_the_command_refuses_in_words(small, file, party, text, said):
    path = file(text)
    with refused(CommandError):
        call_command("load_duty", party, path)
    with pytest.raises(CommandError, match=said):
        call_command("load_duty", party, path)


def test_the_command_says_what_it_cannot_read(small, file, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_duty", "fenmoor", str(tmp_path / "missing.csv"))
    with pytest.raises(CommandError, match="not text in UTF-8"):
        call_command("load_duty", "fenmoor", file(HEAD + "é", "utf-16"))
