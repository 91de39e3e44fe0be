"""The access policy itself: what one sees follows from the posts one holds now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remit.kernel.actor import ANONYMOUS, CLOCK, KEEPER, Actor, ActorKind
from remit.kernel.errors import NotFound, NotValid
from remit.kernel.ids import new_id
from remit.network.access import PUBLIC, STAFF, Audience, open_to, require, sight_of
from remit.network.actions import end_appointment, give_account, leave
from remit.network.models import Body, Membership
from remit.testing.small_system import MORNING

NOBODIES = [
    ANONYMOUS,
    Actor(ActorKind.GUEST, new_id(), "a guest"),
    Actor(ActorKind.PERSON, new_id(), "someone with no post"),
    Actor(ActorKind.PERSON, new_id(), "someone unknown", new_id()),
]


@pytest.mark.parametrize("actor", NOBODIES, ids=lambda actor: actor.words)
def test_without_a_post_one_sees_what_is_public(small, actor):
    sight = sight_of(actor, at=MORNING)

    assert sight.sees(PUBLIC)
    for audience in (STAFF, open_to([small.party("fenmoor")]), Audience(units=frozenset({small.unit("ward-7")}))):
        assert not sight.sees(audience)
        with pytest.raises(NotFound):
            require(actor, audience, at=MORNING)


@pytest.mark.parametrize("actor", [KEEPER, CLOCK], ids=lambda actor: actor.words)
def test_what_runs_the_machine_is_never_in_the_way(small, actor):
    assert sight_of(actor, at=MORNING).sees(open_to([small.party("fenmoor")]))


def test_an_audience_of_units_is_those_in_and_above_them(small):
    wards = {code: Audience(units=frozenset({small.unit(code)})) for code in ("ward-7", "ward-8", "acute-medicine")}
    sees = {
        (name, code)
        for name in ("bronagh", "sunita", "yvette", "ifan", "okon", "faith")
        for code, audience in wards.items()
        if sight_of(small.actors[name], at=MORNING).sees(audience)
    }

    assert sees == {
        *(("bronagh", code) for code in ("ward-7", "acute-medicine")),
        *(("sunita", code) for code in ("ward-8", "acute-medicine")),
        *(("yvette", code) for code in wards),
        *(("ifan", code) for code in wards),
    }


def test_an_audience_of_people_bodies_and_systems(small):
    board = Body.objects.get(party__code="fenmoor", code="board").pk
    assert small.tomasz.person is not None
    only_him = Audience(people=frozenset({small.tomasz.person}))

    assert sight_of(small.tomasz, at=MORNING).sees(only_him)
    assert not sight_of(small.bronagh, at=MORNING).sees(only_him)
    assert sight_of(small.agnes, at=MORNING).sees(Audience(bodies=frozenset({board})))
    assert not sight_of(small.bronagh, at=MORNING).sees(Audience(bodies=frozenset({board})))
    assert sight_of(small.faith, at=MORNING).sees(open_to([small.party("marsh")]))
    assert not sight_of(small.faith, at=MORNING).sees(open_to([small.party("fenmoor")]))


def test_sight_ends_with_the_post_and_with_the_membership(small):
    assert small.tomasz.id is not None
    end_appointment(small.tomasz.id, ends_at=MORNING, by=small.noor, at=MORNING)
    assert sight_of(small.tomasz, at=MORNING - timedelta(seconds=1)).sees(STAFF)
    assert not sight_of(small.tomasz, at=MORNING).sees(STAFF)

    fenmoor = [small.party("fenmoor")]
    assert sight_of(small.faith, at=MORNING).shares_with(fenmoor, at=MORNING)
    leave(Membership.objects.get(member__code="council").pk, ends_at=MORNING, by=KEEPER, at=MORNING)
    assert not sight_of(small.faith, at=MORNING).shares_with(fenmoor, at=MORNING)
    assert not sight_of(NOBODIES[0], at=MORNING).shares_with(fenmoor, at=MORNING)


@pytest.mark.django_db
def test_an_account_needs_an_organisation_to_be_recorded_with() -> None:
    with pytest.raises(NotValid, match="no organisation"):
        give_account("first", person_id=None, by=KEEPER, at=MORNING, technical=True)
