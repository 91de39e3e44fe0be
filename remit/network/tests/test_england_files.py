"""A small England: placing, comparing, and files that cannot be read as they should be."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.network.rules.england import (
    BadFile,
    Kind,
    Present,
    PresentOrganisation,
    as_present,
    compare,
    read_england,
    read_mapping,
)
from remit.network.rules.england.names import proper_name
from remit.network.tests.england_files import BOARDS, DATA, REGIONS, SHARES, TRUSTS, small_files, the_mapping


def small(**changed):
    return read_england(small_files(**changed), mapping=the_mapping())


def test_a_share_of_exactly_the_threshold_counts():
    places = {(m.member, m.system): m.because for m in small().memberships}

    assert places["RAA", "ICS-QAA"] == "the file gives QAA"
    assert places["RAA", "ICS-QBB"] == "20% of its patients"
    assert ("RAA", "ICS-QCC") not in places


def test_the_threshold_is_a_setting():
    mapping = replace(the_mapping(), patient_share=0.05)

    plan = read_england(small_files(), mapping=mapping)

    assert {m.system for m in plan.memberships if m.member == "RAA"} == {"ICS-QAA", "ICS-QBB", "ICS-QCC"}


def test_a_person_places_an_ambulance_trust_in_the_mapping():
    mapping = replace(the_mapping(), placed={"RCC": ("QAA", "QBB")})

    plan = read_england(small_files(), mapping=mapping)

    assert {m.system for m in plan.memberships if m.member == "RCC"} == {"ICS-QAA", "ICS-QBB"}
    assert "RCC" not in {row.code for row in plan.listed}


def test_placed_in_no_board_is_refused():
    with pytest.raises(BadFile, match="which is no integrated care board"):
        read_england(small_files(), mapping=replace(the_mapping(), placed={"RCC": ("QZZ",)}))


def test_a_closed_trust_leaves_on_its_last_day():
    (left,) = [m for m in small().memberships if m.member == "RDD"]

    assert left.ends_on == date(2024, 9, 30)


def test_a_row_that_cannot_be_placed_is_listed_with_its_line_and_reason():
    plan = small(trusts=TRUSTS.replace("Y01,QBB", "Y01,Q71"))

    (row,) = [row for row in plan.listed if row.code == "RBB"]
    assert (row.file, row.line) == ("ods_trusts_2025.csv", 3)
    assert row.reason == "Q71 is no integrated care board, and no other file says where it belongs"
    assert "ICS-QBB" in {listed.code for listed in plan.listed}  # and so is the system that loses its region


def test_a_successor_closes_a_trust_that_the_file_still_shows_as_open():
    files = small_files() | {"org_successors.csv.gz": gzip.compress(b"old_code,new_code,date\nRBB,RAA,2024-04-01\n")}

    plan = read_england(files, mapping=the_mapping())

    assert {o.code: o.closed_on for o in plan.organisations}["RBB"] == date(2024, 3, 31)


def test_a_file_without_a_header_is_read_by_the_order_of_its_columns():
    rows = "".join(f"{line},,,,,EXTRA\n" for line in TRUSTS.splitlines()[1:])

    assert small(trusts=rows).organisations == small().organisations


def test_a_byte_order_mark_is_harmless():
    assert small(trusts=b"\xef\xbb\xbf" + TRUSTS.encode()).organisations == small().organisations


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"trusts": TRUSTS.replace(",icb_code", ",ics")},
            "ods_trusts_2025.csv, line 1: the column “icb_code” is missing",
        ),
        ({"trusts": TRUSTS.replace("20100401", "20101301")}, "ods_trusts_2025.csv, line 2: “20101301” is not a date"),
        ({"trusts": TRUSTS.replace("20100401", "2010041")}, "ods_trusts_2025.csv, line 2: “2010041” is not a date"),
        ({"trusts": TRUSTS.replace("20240930", "20100930")}, "line 5: RDD closes before it opens"),
        ({"trusts": TRUSTS.replace("RBB,", "RAA,")}, "ods_trusts_2025.csv, line 3: RAA stands in line 2 already"),
        ({"trusts": TRUSTS.replace("RBB,", "r b,")}, "line 3: “r b” is not a code"),
        ({"trusts": TRUSTS.replace("RBB,", ",")}, "line 3: the code is empty"),
        ({"trusts": TRUSTS.replace("OSIER COMMUNITY NHS TRUST", "")}, "line 5: the name is empty"),
        ({"trusts": TRUSTS + "REE,SHORT\n"}, "line 7: this row has 2 cells, and the header 12"),
        ({"trusts": TRUSTS + 'REE,"SHORT\n'}, "line 7: this is not CSV"),
        ({"trusts": TRUSTS.encode("utf-16")}, "line 1: this is UTF-16 text"),
        ({"trusts": TRUSTS.encode() + "RÉE,".encode("latin-1")}, "line 7: byte 0xc9 is not UTF-8"),
        ({"trusts": ""}, "the column “code” is missing; found nothing"),
        ({"trusts": TRUSTS.splitlines()[0]}, "there is no trust in it"),
        ({"boards": BOARDS.replace("02A,", "01A,")}, "sub_icb_to_icb_2022.csv, line 3: 01A stands in line 2 already"),
        (
            {"boards": BOARDS.replace("E54000003,QCC", "E54000001,QCC")},
            "line 5: E54000001 is QCC here and QAA further up",
        ),
        ({"regions": REGIONS + "RZZ,Z,Y01,E1,South Shore,open\n"}, "line 5: Y01 is “South Shore” here"),
        ({"regions": REGIONS + "RAA,A,Y01,E1,North Shore,open\n"}, "line 5: the trust RAA stands further up already"),
        ({"shares": SHARES.replace("0.75", "75%")}, "line 2: “75%” is not a share between 0 and 1"),
        ({"shares": SHARES.replace("0.75", "1.5")}, "line 2: “1.5” is not a share between 0 and 1"),
        ({"shares": SHARES.replace("0.05", "0.5")}, "line 4: the shares of RAA add up to more than 1"),
        ({"shares": SHARES.replace("E54000003", "E54009999")}, "line 4: the sub-ICB file knows no board E54009999"),
        ({"shares": SHARES + "RAA,E54000001,0\n"}, "line 5: RAA and E54000001 stand further up already"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(changed, words):
    with pytest.raises(BadFile) as refused:
        small(**changed)

    assert words in refused.value.words()
    assert refused.value.words().endswith("Nothing was loaded.")


@pytest.mark.parametrize("name", small_files())
def test_a_file_that_is_not_there_is_named(name):
    files = small_files()
    del files[name]

    with pytest.raises(BadFile, match="this file is not there"):
        read_england(files, mapping=the_mapping())


def test_a_cut_short_gzip_is_refused():
    files = small_files() | {"org_successors.csv.gz": gzip.compress(b"old_code,new_code,date\n" * 9)[:-9]}

    with pytest.raises(BadFile, match="not a gzip file, or it is cut short"):
        read_england(files, mapping=the_mapping())


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("patient_share = 0.20", "patient_share = 2", "it must be above 0 and at most 1"),
        ("patient_share = 0.20", "", "the entry 'patient_share' is missing"),
        ("patient_share = 0.20", "patient_share = ", "this is not TOML"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(before, after, words):
    text = (DATA / "england-mapping.toml").read_text(encoding="utf-8").replace(before, after)

    with pytest.raises(BadFile, match=r"mine\.toml") as refused:
        read_mapping(text, file="mine.toml")

    assert words in refused.value.words()


def test_what_others_made_is_left_alone():
    plan = small()
    mine = PresentOrganisation("ICS-QAA", "Ashen Integrated Care System")
    present = Present(
        as_present(plan).organisations, as_present(plan).memberships | {("RCC", mine.code), ("RAA", "ours")}
    )

    assert compare(plan, present).nothing_to_do


def test_a_trust_no_longer_in_the_file_is_a_question():
    plan, gone = small(), PresentOrganisation("RZZ", "Zeph NHS Trust")
    before = as_present(plan)

    changes = compare(plan, Present({**before.organisations, "RZZ": gone}, before.memberships))

    assert changes.nothing_to_do
    assert [question.code for question in changes.questions] == ["RZZ"]


def test_a_trust_closed_here_and_open_in_the_file_stays_closed():
    plan = small()
    before = as_present(plan)
    shut = PresentOrganisation("RAA", "Ashen and Marram Hospitals NHS Foundation Trust", date(2024, 1, 1))

    changes = compare(plan, Present({**before.organisations, "RAA": shut}, frozenset()))

    assert "RAA" in {question.code for question in changes.questions}
    assert "RAA" not in {moved.code for moved in changes.moved}


def test_trusts_with_shares_are_acute():
    assert {o.code: o.kind for o in small().organisations if o.kind is not Kind.BOARD} == {
        "RAA": Kind.ACUTE,
        "RBB": Kind.OTHER,
        "RCC": Kind.AMBULANCE,
        "RDD": Kind.OTHER,
    }


@given(st.text(alphabet="ABCDEFGHI '&-,().", max_size=60))
def test_a_proper_name_keeps_its_letters_and_is_stable(name):
    mapping = the_mapping()

    written = proper_name(name, capitals=mapping.capitals, small=mapping.small, exactly=mapping.exactly)

    assert written.upper() == " ".join(name.split())
    assert proper_name(written, capitals=mapping.capitals, small=mapping.small, exactly=mapping.exactly) == written
