"""A process's snapshot is patched by who is in post and who is there, and laid anew only for trees."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from remit.authority.queries import answer
from remit.authority.rules.question import Question
from remit.kernel.actor import KEEPER
from remit.network.actions import (
    appoint,
    end_appointment,
    load_duty,
    open_unit,
    record_absence,
    rename_party,
)
from remit.network.models import Absence, Change, Post
from remit.network.queries import forget, present, snapshots
from remit.network.queries.laying import rows_of
from remit.network.queries.snapshots import held, hold, one_picture
from remit.network.rules.arriving import DutyRow
from remit.testing.small_system import MORNING, NIGHT, SmallSystem

DAY = timedelta(days=1)


@pytest.fixture
def laid(small, monkeypatch):
    """The small system with its snapshot laid down; laying it down again is counted."""
    present(at=MORNING)
    built: list[int] = []
    laying = rows_of

    def counted(edition, *, since):
        built.append(1)
        return laying(edition, since=since)

    monkeypatch.setattr(snapshots, "rows_of", counted)
    return small, built


def beds(small: SmallSystem, at=NIGHT) -> str:
    question = Question(
        matter="estate/open-beds",
        origin=small.unit("ward-7"),
        quantities={"beds": Decimal(4)},
        facts=frozenset({"risk-assessed"}),
        asker=small.efua.person,
        needed_by=at,
    )
    return answer(question, at=at, seen_by=small.efua).headline


def change(small: SmallSystem, what: str) -> None:
    dilip, post = small.dilip, Post.objects.get(code="site-manager")
    assert dilip.id is not None
    assert dilip.person is not None
    assert small.bronagh.person is not None
    match what:
        case "appointment ended":
            end_appointment(dilip.id, ends_at=NIGHT - DAY, by=small.noor, at=NIGHT - DAY)
        case "appointed":
            appoint(small.bronagh.person, post.pk, kind="acting", starts_at=NIGHT - DAY, by=small.noor, at=NIGHT)
        case "away":
            record_absence(dilip.person, starts_at=NIGHT - DAY, ends_at=NIGHT + DAY, by=dilip, at=NIGHT)
        case "duty":
            row = DutyRow("p13", "", "shift", NIGHT - timedelta(hours=2), NIGHT + timedelta(hours=2))
            load_duty(small.party("fenmoor"), [row], by=small.noor, at=NIGHT)


@pytest.mark.parametrize("what", ["appointment ended", "appointed", "away", "duty"])
def test_a_change_of_people_patches_the_snapshot_and_equals_one_laid_anew(laid, what):
    small, built = laid
    before = present(at=NIGHT)
    change(small, what)
    patched = present(at=NIGHT)
    headline = beds(small)

    assert not built
    assert patched is not before
    assert patched.tree is before.tree
    forget()
    assert beds(small) == headline
    for person in (small.dilip.person, small.bronagh.person, small.efua.person):
        assert patched.appointments_of(person, NIGHT) == present(at=NIGHT).appointments_of(person, NIGHT)
        assert patched.absent(person, NIGHT) == present(at=NIGHT).absent(person, NIGHT)


def test_routing_sees_at_once_who_left_and_who_is_away(laid):
    small, built = laid
    assert beds(small) == "Ask the site manager on call"
    change(small, "away")
    assert beds(small) == "Ask the on-call director"
    Absence.objects.all()  # the row stands; the answer above came by the patch
    assert not built


def test_routing_sees_at_once_who_came_on_duty(laid):
    small, built = laid
    row = DutyRow("p12", "", "shift", NIGHT - timedelta(hours=2), NIGHT + timedelta(hours=2))
    load_duty(small.party("fenmoor"), [row], by=small.noor, at=NIGHT)

    assert "matron" in beds(small)
    assert not built


def test_what_is_refused_leaves_the_snapshot_as_it_is(laid):
    small, built = laid
    before = present(at=NIGHT)
    with pytest.raises(Exception, match="secretary"):
        end_appointment(small.dilip.id, ends_at=NIGHT, by=small.bronagh, at=NIGHT)

    assert present(at=NIGHT) is before
    assert not built


@pytest.mark.parametrize("what", ["unit", "name"])
def test_a_change_of_the_trees_lays_them_anew_once(laid, what):
    small, built = laid
    if what == "unit":
        open_unit(small.unit("general"), kind="ward", code="ward-9", name="Ward 9", by=small.noor, at=NIGHT)
    else:
        rename_party(small.party("fenmoor"), "Fenmoor Infirmary", by=KEEPER, at=NIGHT)
    present(at=NIGHT)
    present(at=NIGHT)

    assert len(built) == 1
    assert Change.objects.latest("version").kind == "all"


def test_every_change_has_a_version_of_its_own(laid):
    small, _ = laid
    before = Change.objects.latest("version").version
    for what in ("away", "duty", "appointed"):
        change(small, what)

    assert [row.version for row in Change.objects.filter(version__gt=before).order_by("version")] == [
        before + 1,
        before + 2,
        before + 3,
    ]


def test_nothing_changed_costs_one_statement(laid, django_assert_num_queries):
    with django_assert_num_queries(1):
        present(at=NIGHT)


def test_a_question_long_ago_has_the_duty_of_its_day(laid):
    small, _ = laid
    long_ago = NIGHT - timedelta(days=400)
    row = DutyRow("p12", "", "shift", long_ago - timedelta(hours=2), long_ago + timedelta(hours=2))
    load_duty(small.party("fenmoor"), [row], by=small.noor, at=NIGHT)

    matron = small.yvette
    post = Post.objects.get(code="matron")
    assert matron.person is not None
    assert present(at=long_ago).on_duty(matron.person, post.pk, long_ago)
    assert not present(at=long_ago).on_duty(matron.person, post.pk, long_ago + timedelta(hours=3))


@pytest.mark.django_db(transaction=True)
def test_a_request_asks_once_and_sees_its_own_change(django_assert_num_queries):
    from remit.testing.small_system import small_system

    small = small_system()
    present(at=NIGHT)
    with one_picture():
        with django_assert_num_queries(1):
            before = present(at=NIGHT)
            assert present(at=NIGHT) is before
        hold("something", 1)
        change(small, "away")
        assert held("something") is None
        assert present(at=NIGHT) is not before
    assert held("something") is None
