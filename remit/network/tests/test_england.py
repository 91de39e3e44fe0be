"""The whole of England from its official files: the counts of the data's own README."""

from __future__ import annotations

from collections import Counter

import pytest

from remit.network.rules.england import Changes, England, Kind, as_present, compare, read_england
from remit.network.tests.england_files import needs_official_files, official_files, the_mapping

pytestmark = needs_official_files
WELSH = {"RQF", "RT4", "RYT"}
CLOSED = {"R1C": "2024-09-30", "RAP": "2024-12-31", "RRP": "2024-10-31", "RY9": "2024-10-31", "RYK": "2024-09-30"}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return official_files()


@pytest.fixture(scope="module")
def england(files) -> England:
    return read_england(files, mapping=the_mapping())


def trusts(plan: England) -> list[str]:
    return [o.code for o in plan.organisations if o.kind is not Kind.BOARD]


def systems_of(plan: England, member: str) -> set[str]:
    return {m.system for m in plan.memberships if m.member == member}


def test_the_newest_file_has_210_codes_of_which_3_are_outside_england(england):
    assert len(trusts(england)) + len(england.outside) == 210
    assert {row.code for row in england.outside} == WELSH
    assert not WELSH & set(trusts(england))


def test_5_trusts_have_a_closing_date(england):
    assert {o.code: str(o.closed_on) for o in england.organisations if o.closed_on} == CLOSED


def test_7_regions_and_42_systems_each_convened_by_its_board(england):
    kinds = Counter(system.kind for system in england.systems)
    boards = {o.code for o in england.organisations if o.kind is Kind.BOARD}

    assert kinds == {"region": 7, "ics": 42}
    assert boards == {s.convenor for s in england.systems if s.kind == "ics"}
    assert len(boards) == 42
    assert "NHS Cheshire and Merseyside Integrated Care Board" in {o.name for o in england.organisations}
    assert "Cheshire and Merseyside Integrated Care System" in {s.name for s in england.systems}


def test_each_system_is_in_one_region_and_has_its_board_and_a_trust(england):
    regions = {s.code for s in england.systems if s.kind == "region"}
    for system in england.systems:
        members = {m.member for m in england.memberships if m.system == system.code}
        if system.kind == "ics":
            assert len(systems_of(england, system.code) & regions) == 1
            assert system.convenor in members
            assert members & set(trusts(england))
    assert systems_of(england, "ICS-QKK") == {"Y56"}


def test_10_english_ambulance_trusts_are_listed_for_a_person_and_belong_nowhere(england):
    ambulances = {o.code: o for o in england.organisations if o.kind is Kind.AMBULANCE}

    assert len(ambulances) == 10
    assert ambulances["RRU"].region == "Y56"
    assert ambulances.keys() <= {row.code for row in england.listed}
    assert not any(systems_of(england, code) for code in ambulances)
    assert ambulances.keys() | {"RT4"} == the_mapping().ambulance_codes


def test_the_words_alone_find_the_same_ambulance_trusts(england):
    assert {o.code for o in england.organisations if "Ambulance Service" in o.name} == {
        o.code for o in england.organisations if o.kind is Kind.AMBULANCE
    }


@pytest.mark.parametrize(
    ("trust", "systems"),
    [
        ("R0A", {"ICS-QOP"}),  # 4.3% from Cheshire and Merseyside is not enough
        ("RTP", {"ICS-QXU", "ICS-QNX"}),
        ("RPY", {"ICS-QRV", "ICS-QWE", "ICS-QXU"}),  # its own system sends fewer than two others
        ("RP4", {"ICS-QMJ"}),  # nobody sends a fifth: its own code alone
        ("RNK", {"ICS-QMJ"}),  # no shares
        ("RXK", {"ICS-QHL", "ICS-QUA"}),
        ("G6V2S", {"ICS-QMJ"}),
    ],
)
def test_a_trust_is_in_the_system_of_its_code_and_of_those_that_send_a_fifth(england, trust, systems):
    assert systems_of(england, trust) == systems


def test_16_trusts_serve_more_than_one_system(england):
    assert sum(len(systems_of(england, code)) > 1 for code in trusts(england)) == 16


def test_every_open_trust_is_placed_or_listed(england):
    listed = {row.code for row in england.listed}

    assert all(systems_of(england, code) or code in listed for code in trusts(england))
    assert len(england.listed) == 13  # the ambulance trusts, and shares of three that have merged


def test_names_are_as_people_write_them(england):
    names = {o.code: o.name for o in england.organisations}

    assert names["RJ1"] == "Guy's and St Thomas' NHS Foundation Trust"
    assert names["RTD"] == "The Newcastle upon Tyne Hospitals NHS Foundation Trust"
    assert names["R1F"] == "Isle of Wight NHS Trust"
    assert names["RCX"] == "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust"
    assert names["RW5"] == "Lancashire & South Cumbria NHS Foundation Trust"
    assert not [name for name in names.values() if " And " in name or " Of " in name or "Nhs" in name]


@pytest.mark.parametrize(
    ("year", "codes", "closed", "unplaced"), [(2020, 241, 19, 12), (2022, 218, 6, 0), (2025, 210, 5, 0)]
)
def test_every_issue_reads(files, year, codes, closed, unplaced):
    plan = read_england(files, mapping=the_mapping(), trusts=f"ods_trusts_{year}.csv")

    assert len(trusts(plan)) + len(plan.outside) == codes
    assert plan.counts()["closed"] == closed
    assert sum("no other file says" in row.reason for row in plan.listed) == unplaced


@pytest.fixture(scope="module")
def from_2022_to_2025(files, england) -> Changes:
    before = read_england(files, mapping=the_mapping(), trusts="ods_trusts_2022.csv")
    return compare(england, as_present(before))


def test_a_newer_file_adds_renames_and_closes(from_2022_to_2025):
    changes = from_2022_to_2025

    assert changes.added == ("G6V2S",)
    assert len(changes.renamed) == 10
    assert {r.code: r.after for r in changes.renamed}["RAX"] == "Kingston and Richmond NHS Foundation Trust"
    assert {c.code for c in changes.closed} == CLOSED.keys() | {"RA4", "RBZ", "RVY"}
    assert not changes.questions


def test_a_trust_that_merged_is_closed_with_its_successor(from_2022_to_2025):
    merged = {c.code: (str(c.on), c.into) for c in from_2022_to_2025.closed if c.into}

    assert merged["RBZ"] == ("2022-03-31", ("RH8",))
    assert merged["RVY"] == ("2023-06-30", ("RBN",))


def test_a_trust_whose_board_changed_moves(from_2022_to_2025):
    assert [(m.code, m.joined, m.left) for m in from_2022_to_2025.moved] == [("RXT", ("ICS-QHL",), ("ICS-QUA",))]


@pytest.mark.parametrize("year", [2020, 2022, 2025])
def test_loading_the_same_file_again_changes_nothing(files, year):
    plan = read_england(files, mapping=the_mapping(), trusts=f"ods_trusts_{year}.csv")

    assert compare(plan, as_present(plan)).nothing_to_do
