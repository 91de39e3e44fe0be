"""The snapshot: numbering, who fills what, who is there when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.network.rules.bodies import quorate
from remit.network.rules.build import NetworkRows
from remit.network.rules.rows import (
    AbsenceRow,
    AppointmentRow,
    BodyMemberRow,
    BodyRow,
    DependencyRow,
    DutyRow,
    MembershipRow,
    PartyRow,
    PostRow,
    QuorumRule,
    RoleRow,
    UnitRow,
    WorkingHours,
)
from remit.network.rules.snapshot import Snapshot, snapshot_of
from remit.network.rules.tree import preorder

NIGHT = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)  # a Sunday
OFFICE = WorkingHours("Europe/London", tuple((day, time(9), time(17)) for day in range(5)), "GB-ENG")


def fenmoor() -> NetworkRows:
    return NetworkRows(
        parties=[
            PartyRow("P", "fenmoor", "Fenmoor Hospitals", hours=OFFICE),
            PartyRow("Q", "hospice", "Fen Hospice"),
            PartyRow("S", "marchland", "Marchland", kind="system", convenor_id="Q"),
            PartyRow("T", "fen-place", "Fen place", kind="system"),
        ],
        memberships=[MembershipRow("T", "P"), MembershipRow("S", "T"), MembershipRow("S", "Q", ends_at=NIGHT)],
        units=[
            UnitRow("w8", "P", "h", "ward", "ward-8", "Ward 8"),
            UnitRow("root", "P", None, "organisation", "fenmoor", "Fenmoor Hospitals"),
            UnitRow("w7", "P", "h", "ward", "ward-7", "Ward 7"),
            UnitRow("h", "P", "root", "hospital", "north", "North hospital"),
            UnitRow("lab", "P", "root", "department", "lab", "Laboratory"),
            UnitRow("q", "Q", None, "organisation", "hospice", "Fen Hospice"),
        ],
        dependencies=[DependencyRow("w7", "lab"), DependencyRow("q", "lab", ends_at=NIGHT)],
        roles=[RoleRow("ward-manager", "ward manager", ("clinical",)), RoleRow("site-manager", "site manager")],
        posts=[
            PostRow("p7", "ward-manager", "w7"),
            PostRow("p8", "ward-manager", "w8"),
            PostRow("ps", "site-manager", "h"),
        ],
        people=[("ada", "Ada Quill"), ("ben", "Ben Marsh"), ("cas", "Cas Reed")],
        appointments=[
            AppointmentRow("a1", "ada", "p7"),
            AppointmentRow("a2", "ben", "p7", "deputy"),
            AppointmentRow("a3", "cas", "ps", starts_at=NIGHT - timedelta(days=30)),
        ],
        duty=[DutyRow("ben", NIGHT - timedelta(hours=5), NIGHT + timedelta(hours=5))],
        absences=[
            AbsenceRow(
                person_id="ada",
                starts_at=datetime(2026, 11, 23, tzinfo=UTC),
                ends_at=datetime(2026, 11, 25, tzinfo=UTC),
            )
        ],
        bodies=[BodyRow("b", "board", "P", "board", QuorumRule(2, Fraction(1, 2), {"clinical": 1}))],
        members=[
            BodyMemberRow("b", post_id="p7"),
            BodyMemberRow("b", person_id="cas"),
            BodyMemberRow("b", post_id="p8"),
        ],
    )


@pytest.fixture
def snapshot() -> Snapshot:
    return snapshot_of(fenmoor(), edition=1)


def test_inside_is_a_range_and_siblings_stand_by_name(snapshot):
    root = snapshot.unit("root")
    assert [snapshot.tree.names[u] for u in snapshot.tree.inside(root)] == [
        "Fenmoor Hospitals",
        "Laboratory",
        "North hospital",
        "Ward 7",
        "Ward 8",
    ]
    assert [snapshot.tree.names[u] for u in snapshot.tree.children(root)] == ["Laboratory", "North hospital"]
    assert list(snapshot.tree.ancestors(snapshot.unit("w7"))) == [snapshot.unit(u) for u in ("w7", "h", "root")]
    assert snapshot.unit_by_code("fenmoor/ward-7") == snapshot.unit("w7")


def test_the_covering_unit_is_the_smallest_and_none_spans_two_organisations(snapshot):
    covering = snapshot.tree.covering
    assert covering([snapshot.unit("w7"), snapshot.unit("w8")]) == snapshot.unit("h")
    assert covering([snapshot.unit("w7"), snapshot.unit("lab")]) == snapshot.unit("root")
    assert covering([snapshot.unit("w7")]) == snapshot.unit("w7")
    assert covering([snapshot.unit("w7"), snapshot.unit("q")]) == -1


def test_the_order_of_rows_changes_nothing(snapshot):
    rows = fenmoor()
    turned = NetworkRows(**{name: list(reversed(getattr(rows, name))) for name in NetworkRows.__slots__})
    other = snapshot_of(turned, edition=1)
    assert list(other.tree.ids) == list(snapshot.tree.ids)
    assert other.filling("p7", NIGHT) == snapshot.filling("p7", NIGHT)


def test_who_fills_a_post(snapshot):
    assert [(f.person_id, f.kind) for f in snapshot.holders("ward-manager", "w7", NIGHT)] == [
        ("ada", "substantive"),
        ("ben", "deputy"),
    ]
    assert snapshot.holders("ward-manager", "w8", NIGHT) == ()
    assert [p.id for p in snapshot.posts_at("w8")] == ["p8"]
    assert [f.post_id for f in snapshot.appointments_of("cas", NIGHT)] == ["ps"]
    assert snapshot.appointments_of("cas", NIGHT - timedelta(days=60)) == ()


def test_a_rota_else_working_hours_and_never_while_away(snapshot):
    assert snapshot.on_duty("ben", "p7", NIGHT)
    assert snapshot.watch_until("ben", "p7", NIGHT) == NIGHT + timedelta(hours=5)
    assert not snapshot.on_duty("ada", "p7", NIGHT)
    assert snapshot.on_duty_from("ada", "p7", NIGHT) == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert snapshot.on_duty_from("ada", "p7", NIGHT, before=NIGHT + timedelta(days=2)) is None
    assert snapshot.absent("ada", datetime(2026, 11, 24, tzinfo=UTC))


def test_a_rota_for_one_post_says_nothing_about_another(snapshot):
    watch = DutyRow("cas", NIGHT, NIGHT + timedelta(hours=1), "on_call", "ps")
    patched = snapshot.patched(
        duty={"cas": [watch]}, appointments=[AppointmentRow("a4", "cas", "p8", starts_at=NIGHT - timedelta(days=1))]
    )
    assert patched.on_duty("cas", "ps", NIGHT)
    assert patched.on_duty_from("cas", "p8", NIGHT) == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert snapshot.on_duty_from("cas", "ps", NIGHT) == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_bank_holidays_and_the_clock_change_are_kept(snapshot):
    christmas = datetime(2026, 12, 24, 18, tzinfo=UTC)  # Friday 25th and Monday 28th are free
    assert snapshot.on_duty_from("cas", "ps", christmas) == datetime(2026, 12, 29, 9, tzinfo=UTC)
    summer = datetime(2027, 6, 7, 0, tzinfo=UTC)
    assert snapshot.on_duty_from("cas", "ps", summer) == datetime(2027, 6, 7, 8, tzinfo=UTC)


def test_a_patch_leaves_the_old_picture_as_it_was(snapshot):
    ended = AppointmentRow("a1", "ada", "p7", ends_at=NIGHT)
    after = snapshot.patched(appointments=[ended, AppointmentRow("a5", "cas", "p7", "acting")], absences=[])
    assert [f.kind for f in after.filling("p7", NIGHT)] == ["acting", "deputy"]
    assert [f.kind for f in snapshot.filling("p7", NIGHT)] == ["substantive", "deputy"]
    assert {f.post_id for f in after.appointments_of("cas", NIGHT)} == {"p7", "ps"}
    assert after.tree is snapshot.tree
    gone = after.patched(ended=[AppointmentRow("a5", "cas", "p7", "acting")])
    assert [f.kind for f in gone.filling("p7", NIGHT)] == ["deputy"]


def test_systems_through_systems_and_dated_reliance(snapshot):
    second = int(NIGHT.timestamp())
    assert snapshot.partnerships.systems("P", second) == {"S", "T"}
    assert snapshot.partnerships.organisations("S", second - 1) == {"P", "Q"}
    assert snapshot.partnerships.organisations("S", second) == {"P"}
    lab = snapshot.tree.inside(snapshot.unit("lab"))
    assert snapshot.partnerships.dependants([lab], second) == {snapshot.unit("w7")}


def test_quorum_counts_people_shares_and_groups(snapshot):
    body, seats = snapshot.bodies.by_id["b"], snapshot.bodies.seats["b"]
    ada, cas = (snapshot.staffing.person_number[p] for p in ("ada", "cas"))
    assert quorate(body, seats, lambda seat: cas if seat.person == cas else ada)
    assert not quorate(body, seats, lambda seat: cas), "one person in three seats is one person"
    assert not quorate(body, seats, lambda seat: ada if seat.post >= 0 else -1)


@given(st.integers(1, 60), st.randoms(use_true_random=False))
def test_preorder_numbers_every_subtree_as_one_range(n: int, random: Random):
    parent = [-1 if i == 0 or random.random() < 0.1 else random.randrange(i) for i in range(n)]
    shuffled = list(range(n))
    random.shuffle(shuffled)
    at = {old: new for new, old in enumerate(shuffled)}
    turned = [-1 if parent[old] < 0 else at[parent[old]] for old in shuffled]
    number, size, depth = preorder(np.array(turned, np.int64), np.zeros(n, np.int64))
    assert sorted(number.tolist()) == list(range(n))
    for i in range(n):
        lines = set()
        for j in range(n):
            k = j
            while k >= 0 and k != i:
                k = turned[k]
            if k == i:
                lines.add(int(number[j]))
        assert lines == set(range(int(number[i]), int(number[i] + size[i])))
        assert depth[i] == (0 if turned[i] < 0 else depth[turned[i]] + 1)


def test_a_unit_inside_itself_is_refused():
    with pytest.raises(ValueError, match="inside themselves"):
        preorder(np.array([1, 0], np.int64), np.zeros(2, np.int64))
