"""What one may decide, as the home page says it, against what routing answers."""

from __future__ import annotations

from datetime import timedelta

from remit.authority.queries import holdings
from remit.authority.rulings import holds_grant, scheme_in_force
from remit.kernel.actor import Actor, ActorKind
from remit.network.models import Appointment, Party
from remit.network.queries import forget
from remit.testing.small_system import MORNING, SmallSystem


def said(actor: Actor) -> dict[str, str]:
    """The terms of each matter, by its path."""
    return {one.matter: one.when for one in holdings(seen_by=actor, at=MORNING)}


def test_a_second_signature_and_a_stated_fact_are_part_of_what_one_may(small: SmallSystem) -> None:
    assert said(small.ifan)["spend/revenue/budgeted"] == "together with the chief finance officer"
    assert said(small.efua)["estate/open-beds"] == "as stated: risk assessed, at OPEL 4"
    assert said(small.bronagh)["spend/revenue/budgeted"] == ""


def test_what_only_the_holder_of_the_post_may_is_not_for_those_who_act(small: SmallSystem) -> None:
    nadia = small.nadia.person
    assert small.maryam.id is not None
    assert nadia is not None
    held = Appointment.objects.get(pk=small.maryam.id)
    given = {"post": held.post, "starts_at": MORNING - timedelta(days=9)}
    acting = Appointment.objects.create(person_id=nadia, kind="acting", **given)
    forget()
    actor = Actor(ActorKind.APPOINTMENT, acting.pk, "acting chief operating officer", nadia)
    terms = said(actor)
    assert terms["spend/revenue/budgeted"] == "in the place of Maryam Eastholme"
    assert "service/close-temporarily" in said(small.maryam)
    assert "service/close-temporarily" not in terms, "clause 7.2 is not for deputies and actors"
    scheme = scheme_in_force(Party.objects.get(code="fenmoor"), at=MORNING)
    grant = next(grant for grant in scheme.grants if grant.ref == "close-executive")
    assert holds_grant(held, grant, None, at=MORNING)
    assert not holds_grant(acting, grant, None, at=MORNING)
