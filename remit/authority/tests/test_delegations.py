"""Passing on part of a grant, and taking it back: by its holder, in writing, for a time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from remit.authority.actions import delegate, revoke
from remit.authority.errors import MayNotDelegate, NoScheme
from remit.authority.models import Delegation
from remit.authority.queries import answer
from remit.authority.queries.worlds import world
from remit.authority.rules.question import Question
from remit.kernel.actor import KEEPER, Actor, ActorKind
from remit.kernel.errors import NotValid, WrongState
from remit.ledger.queries import count_entries, entries_about
from remit.network.actions import close_unit, end_appointment
from remit.network.models import Appointment, Party, Post
from remit.network.rules.moments import epoch
from remit.testing.small_system import MORNING, SmallSystem

DAY = timedelta(days=1)


def grant(small: SmallSystem, *, delegable: bool = True) -> Any:
    """A grant of the ward manager's that may be passed on, or may not."""
    scheme = world(at=MORNING).in_force(small.party("fenmoor"), epoch(MORNING))
    assert scheme is not None
    found = [g for g in scheme.scheme.grants if g.holder.role and g.delegable == delegable]
    roles = {post.role.code: post for post in Post.objects.select_related("role", "unit")}
    return next(g for g in found if g.holder.role in roles and (g.holder.at_kind or g.holder.at_unit))


def holder_of(given: Any) -> tuple[Actor, Post]:
    held = Appointment.objects.select_related("post__unit", "post__role").filter(
        post__role__code=given.holder.role, kind="substantive"
    )
    for appointment in held:
        if given.holder.at_kind in ("", appointment.post.unit.kind):
            who = Actor(ActorKind.APPOINTMENT, appointment.pk, "whoever holds it", appointment.person_id)
            return who, appointment.post
    raise AssertionError(given)


def passed_on(small: SmallSystem, *, by: Actor | None = None, **more: Any) -> Delegation:
    given = grant(small)
    to = Post.objects.get(unit__code="ward-7", role__code="nurse-in-charge")
    terms: dict[str, Any] = {
        "starts_at": MORNING,
        "ends_at": MORNING + 30 * DAY,
        "document": "Letter of 23 November",
        "to_post": to.pk,
    } | more
    return delegate(small.party("fenmoor"), given.ref, by=by or holder_of(given)[0], at=MORNING, **terms)


def test_a_holder_passes_on_in_writing_and_takes_back(small):
    row = passed_on(small)
    by, _ = holder_of(grant(small))

    [line] = entries_about(row.pk)
    assert "nurse in charge, Ward 7" in line.words
    assert "Letter" not in str(line.facts)
    revoke(row.pk, by=by, at=MORNING + DAY)
    assert Delegation.objects.get(pk=row.pk).revoked_at == MORNING + DAY
    assert "took back" in entries_about(row.pk)[-1].words
    with pytest.raises(WrongState):
        revoke(row.pk, by=by, at=MORNING + 2 * DAY)


@pytest.mark.parametrize(
    "bad",
    [
        {"ends_at": MORNING},
        {"document": "  "},
        {"to_post": None},
        {"to_body": "board"},  # to two at once
    ],
    ids=str,
)
def test_what_is_no_delegation_is_refused_without_a_trace(small, bad):
    before = count_entries()
    with pytest.raises(NotValid):
        passed_on(small, **bad)

    assert not Delegation.objects.exists()
    assert count_entries() == before


def test_nobody_passes_on_what_is_not_theirs(small):
    before = count_entries()
    for by in (small.tomasz, small.faith, KEEPER):
        with pytest.raises(MayNotDelegate):
            passed_on(small, by=by)
    with pytest.raises(MayNotDelegate):
        delegate(
            small.party("fenmoor"),
            "no-such-grant",
            by=small.ifan,
            at=MORNING,
            starts_at=MORNING,
            ends_at=MORNING + DAY,
            document="Letter",
            to_body="board",
        )
    assert count_entries() == before


def test_what_may_not_be_passed_on_is_not(small):
    given = grant(small, delegable=False)
    by, _ = holder_of(given)
    with pytest.raises(MayNotDelegate):
        delegate(
            small.party("fenmoor"),
            given.ref,
            by=by,
            at=MORNING,
            starts_at=MORNING,
            ends_at=MORNING + DAY,
            document="Letter",
            to_person=small.efua.person,
        )


def test_what_was_passed_on_is_passed_on_again_only_where_it_may_be(small):
    for passable in (False, True):
        first = passed_on(small, passable=passable)
        again: dict[str, Any] = {
            "starts_at": MORNING,
            "ends_at": MORNING + DAY,
            "document": "Note",
            "to_person": small.tomasz.person,
        }
        if passable:
            assert delegate(small.party("fenmoor"), first.ref, by=small.efua, at=MORNING, **again).of == first.ref
        else:
            with pytest.raises(MayNotDelegate):
                delegate(small.party("fenmoor"), first.ref, by=small.efua, at=MORNING, **again)


def test_what_was_taken_back_cannot_be_passed_on(small):
    first = passed_on(small, passable=True)
    by, _ = holder_of(grant(small))
    revoke(first.pk, by=by, at=MORNING)

    for who in (small.efua, by):
        with pytest.raises(MayNotDelegate):
            delegate(
                small.party("fenmoor"),
                first.ref,
                by=who,
                at=MORNING,
                starts_at=MORNING,
                ends_at=MORNING + DAY,
                document="Note",
                to_person=small.tomasz.person,
            )


def test_only_who_passed_it_on_takes_it_back_while_in_post(small):
    row = passed_on(small)
    by, _ = holder_of(grant(small))
    with pytest.raises(MayNotDelegate):
        revoke(row.pk, by=small.efua, at=MORNING)
    assert by.id is not None
    end_appointment(by.id, ends_at=MORNING, by=small.noor, at=MORNING)
    with pytest.raises(MayNotDelegate):
        revoke(row.pk, by=by, at=MORNING)


def test_a_party_without_a_scheme_passes_nothing_on(small):
    hospice = Party.objects.create(kind="organisation", code="hospice", name="Fen Hospice")
    with pytest.raises(NoScheme):
        delegate(
            hospice.pk,
            "1.1",
            by=small.ifan,
            at=MORNING,
            starts_at=MORNING,
            ends_at=MORNING + DAY,
            document="Letter",
            to_body="board",
        )


def test_routing_goes_on_where_a_delegation_names_a_post_that_is_gone(small):
    passed_on(small, to_post=Post.objects.get(unit__code="ward-8").pk, within=small.unit("ward-8"))
    for held in Appointment.objects.filter(post__unit__code="ward-8"):
        end_appointment(held.pk, ends_at=MORNING, by=small.noor, at=MORNING)
    close_unit(small.unit("ward-8"), by=small.noor, at=MORNING)
    order = Question(
        matter="spend/revenue/budgeted",
        origin=small.unit("ward-7"),
        quantities={"exposure_gbp": Decimal(900)},
        asker=small.bronagh.person,
    )

    assert answer(order, at=MORNING, seen_by=small.bronagh).you_can
