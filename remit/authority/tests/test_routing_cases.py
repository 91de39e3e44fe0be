"""Routing, case by case: the acceptance cases of decision rights, and the corners of the design."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from remit.authority.rules.case import Conditions
from remit.authority.rules.outcomes import NotPooled, Outcome
from remit.authority.rules.reasons import Why
from remit.authority.rules.refusals import CannotRoute
from remit.authority.rules.scheme import Condition, ConditionKind, Holder, May, Reservation
from remit.authority.tests.fenmoor import MONDAY, NETWORK, NIGHT, after, ask, duty, grant, names, scheme, world
from remit.network.rules.rows import AbsenceRow, AppointmentRow, InterestRow, PostRow

WARD = ("ward-manager", "ward")
SITE = ("site-manager", "hospital")
DIRECTOR = ("director", "organisation")
HERON = scheme(grant("h", "workforce", ("chief-executive", "organisation")), party="heron")
ICB = scheme(grant("b", "service", ("chief-executive", "organisation")), party="marchland-icb")


def test_dr3_at_two_in_the_night_the_deputy_on_shift_decides_alone():
    fenmoor = world(scheme(grant("5.1", "workforce/redeploy", WARD)))
    verdict = ask(fenmoor, "workforce/redeploy", asker="nia")
    assert verdict.you_can
    assert [(one.person_id, one.kind, one.in_place_of) for one in verdict.people] == [("nia", "deputy", "wyn")]
    assert verdict.explanation == "You hold this for Ward 7, in the place of Wyn Holt. Clause 5.1."


def test_dr3_where_the_shift_has_no_deputy_the_next_rung_on_duty_is_asked():
    fenmoor = world(
        scheme(grant("5.1", "workforce/redeploy", WARD), grant("5.2", "workforce/redeploy", SITE)),
        duty=NETWORK.duty[1:],
    )
    verdict = ask(fenmoor, "workforce/redeploy")
    assert names(verdict) == ["sol"]
    assert "The ward manager holds this too, but is off duty until tomorrow 09:00" in verdict.explanation


def test_a_grant_may_keep_deputies_and_actors_out():
    fenmoor = world(scheme(grant("5.1", "workforce/redeploy", WARD, deputies=False)))
    verdict = ask(fenmoor, "workforce/redeploy")
    assert verdict.outcome is Outcome.HOLD
    assert verdict.could_from == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_dr4_work_moved_onto_another_trust_is_joint_even_at_no_cost():
    both = world(scheme(grant("5.1", "workforce", DIRECTOR)), HERON)
    verdict = ask(both, "workforce/redeploy", affected=("hw",), at=MONDAY)
    assert verdict.outcome is Outcome.JOINT
    assert [(part.party_id, names(part)) for part in verdict.parts] == [("F", ["dee"]), ("H", ["hal"])]
    assert verdict.headline == "Two organisations must agree"
    assert verdict.explanation == (
        "Fenmoor Hospitals and Heron Community Trust must each agree, as no pool covers it. Fenmoor Hospitals: ask the "
        "on-call director (clause 5.1); Heron Community Trust: ask the chief executive (clause h)."
    )


def test_dr8_a_decision_stays_valid_under_the_scheme_of_its_day():
    turn = datetime(2026, 4, 1, tzinfo=UTC)
    second = scheme(grant("v2", "workforce", DIRECTOR), edition="2", ends_at=turn)
    third = scheme(grant("v3", "workforce", WARD), edition="3", starts_at=turn)
    fenmoor = world(second, third, duty=[])
    place = ask(fenmoor, "workforce", at=turn - timedelta(hours=10)).place
    assert place is not None
    assert (place.ref, place.edition) == ("v2", "2")
    assert ask(fenmoor, "workforce", at=turn + timedelta(hours=10)).clause == "v3"


@pytest.mark.parametrize("away", [(), (AbsenceRow(person_id="dee"),)], ids=["there", "on leave"])
def test_a_broader_grant_is_never_used_where_a_narrower_node_is_mentioned(away):
    fenmoor = world(scheme(grant("1", "workforce", WARD), grant("2", "workforce/dismiss", DIRECTOR)), absences=away)
    verdict = ask(fenmoor, "workforce/dismiss", at=MONDAY, asker="wyn")
    assert not verdict.you_can
    assert verdict.outcome is (Outcome.HOLD if away else Outcome.RUNG)
    assert [one.reason.why for one in verdict.working().aside] == [Why.BROADER]
    assert ask(fenmoor, "workforce/redeploy", at=MONDAY, asker="wyn").you_can


def test_a_narrow_grant_out_of_date_or_condition_does_not_mention():
    opel = (Condition(ConditionKind.OPEL, "3"),)
    fenmoor = world(
        scheme(
            grant("1", "workforce", WARD),
            grant("2", "workforce/dismiss", DIRECTOR, when=opel),
            grant("3", "workforce/dismiss", DIRECTOR, ends_at=NIGHT),
            grant("4", "workforce/dismiss", DIRECTOR, may=May.RATIFY),
        )
    )
    calm = ask(fenmoor, "workforce/dismiss", at=MONDAY)
    assert calm.clause == "1"
    assert {one.reason.why for one in calm.working().aside} == {Why.CONDITION, Why.NOT_IN_DATE, Why.BESIDE}
    raised = ask(fenmoor.under(Conditions(opel={"F": 3})), "workforce/dismiss", at=MONDAY)
    assert raised.clause == "2"
    assert raised.explanation.endswith("while Fenmoor Hospitals is at OPEL 3 or above. Clause 2.")
    assert [one.ref for one in raised.beside(May.RATIFY)] == ["4"]


def test_closing_a_shared_service_reaches_both_hospitals_and_nobody_beyond():
    fenmoor = world(scheme(grant("6", "service", SITE), grant("7", "service", DIRECTOR)))
    verdict = ask(fenmoor, "service/close", "lab")
    assert set(verdict.affected) == {"lab", "w7", "w20"}, "Ward 8 relies on Ward 7, which is onward"
    assert names(verdict) == ["dee"]
    assert names(ask(fenmoor, "service/close", "w8")) == ["sol"]


def test_an_order_for_the_laboratory_stays_local():
    fenmoor = world(
        scheme(grant("1", "spend", ("lab-manager", "department"), exposure_gbp=1000), grant("2", "spend", DIRECTOR))
    )
    verdict = ask(fenmoor, "spend/consumables", "lab", exposure_gbp=500, at=MONDAY)
    assert (verdict.affected, names(verdict)) == (("lab",), ["lee"])
    assert verdict.explanation == "Ask the lab manager. Lee Ash holds this for Laboratory, up to £1,000. Clause 1."


def test_one_person_in_two_trusts_decides_in_each_by_its_own_scheme_and_rota():
    watch = duty("pat", -1, 4, post="h-wm")
    both = world(
        scheme(grant("1", "workforce", WARD)), scheme(grant("2", "workforce", WARD), party="heron"), duty=[watch]
    )
    assert ask(both, "workforce", "hw", asker="pat").you_can
    at_fenmoor = ask(both, "workforce", "w20", asker="pat")
    assert at_fenmoor.outcome is Outcome.HOLD, "a rota at Heron says nothing about Fenmoor"
    assert ask(both, "workforce", "w20", asker="pat", at=MONDAY).you_can


def test_a_pool_takes_what_touches_two_until_its_limit_runs_out():
    pool = scheme(grant("P1", "spend", Holder(body="joint"), exposure_gbp=10_000), party="marchland", pooled=True)
    own = (
        scheme(grant("1", "spend", DIRECTOR)),
        scheme(grant("2", "spend", ("chief-executive", "organisation")), party="heron"),
    )
    both = world(pool, *own)
    pooled = ask(both, "spend", affected=("hw",), exposure_gbp=10_000)
    assert (pooled.outcome, pooled.body_id, pooled.party_id) == (Outcome.POOL, "pool", "M")
    over = ask(both, "spend", affected=("hw",), exposure_gbp=10_001)
    assert (over.outcome, over.not_pooled) == (Outcome.JOINT, NotPooled.USED_UP)
    assert ask(both, "spend", exposure_gbp=10).outcome is Outcome.RUNG, "a pool never takes what touches one"


def test_a_members_own_reservation_beats_any_pool():
    pool = scheme(grant("P1", "spend", Holder(body="joint")), party="marchland", pooled=True)
    kept = Reservation("R", "spend", "9.1", "board", {})
    both = world(pool, scheme(kept), scheme(grant("2", "spend", ("chief-executive", "organisation")), party="heron"))
    verdict = ask(both, "spend", affected=("hw",), exposure_gbp=10, at=MONDAY)
    assert (verdict.outcome, verdict.not_pooled) == (Outcome.JOINT, NotPooled.RESERVED)


def test_shares_route_each_organisation_on_its_own_part():
    small, large = grant("1", "spend", WARD, exposure_gbp=100), grant("2", "spend", DIRECTOR)
    heron = scheme(grant("3", "spend", WARD, exposure_gbp=100), party="heron")
    both = world(scheme(small, large), heron, duty=[])
    given: dict[str, Any] = {"exposure_gbp": 150, "affected": ("hw",), "at": MONDAY}
    whole = ask(both, "spend", **given)
    assert [part.gap or part.clause for part in whole.parts] == ["2", True]
    shared = ask(
        both,
        "spend",
        shares={"F": {"exposure_gbp": Decimal(60)}, "H": {"exposure_gbp": Decimal(90)}},
        separable=True,
        **given,
    )
    assert [part.clause for part in shared.parts] == ["1", "3"]
    assert "Those who agree may go ahead without the others." in shared.explanation


def test_the_commissioners_own_decision_is_needed_as_well():
    fenmoor = world(scheme(grant("6", "service", DIRECTOR)), ICB)
    verdict = ask(fenmoor, "service/end", at=MONDAY)
    assert [part.party_id for part in verdict.parts] == ["F", "B"]
    assert verdict.not_pooled is NotPooled.NEEDED
    with pytest.raises(CannotRoute, match="needs the commissioning icb as well"):
        ask(world(scheme(grant("6", "service", DIRECTOR)), ICB, memberships=[]), "service/end", at=MONDAY)


def test_whoever_has_an_interest_is_passed_over():
    interest = InterestRow("mo", supplier="Bedworks Ltd")
    fenmoor = world(
        scheme(grant("1", "spend", ("matron", "division")), grant("2", "spend", SITE)), interests=[interest]
    )
    verdict = ask(fenmoor, "spend", at=MONDAY, concerns=frozenset({"Bedworks Ltd"}))
    assert names(verdict) == ["sol"]
    assert "The matron holds this too, but has an interest in this" in verdict.explanation
    assert names(ask(fenmoor, "spend", at=MONDAY, concerns=frozenset({"Other Ltd"}))) == ["mo"]
    assert names(ask(fenmoor, "spend", at=MONDAY, conflicted=frozenset({"mo"}))) == ["sol"]


def test_a_body_needs_a_sitting_in_time_and_a_quorum_without_the_conflicted():
    fenmoor = world(scheme(Reservation("R", "service", "1.1", "board")))
    now = ask(fenmoor, "service")
    assert (now.outcome, now.could_from) == (Outcome.HOLD, after(100))
    assert now.explanation.startswith("Hold. This is reserved to the board, which does not sit until Thursday 06:10.")
    in_time = ask(fenmoor, "service", needed_by=after(101))
    assert (in_time.outcome, in_time.body_id, in_time.sits_at) == (Outcome.RUNG, "board", after(100))
    conflicted = ask(fenmoor, "service", needed_by=after(101), conflicted=frozenset({"cy", "dee"}))
    assert conflicted.outcome is Outcome.HOLD
    assert "cannot be quorate without those who have an interest" in conflicted.explanation


def test_a_reservation_above_a_limit_leaves_what_is_below_to_the_grants():
    above = Reservation("R", "spend", "1.1", "board", {"exposure_gbp": Decimal(5000)})
    fenmoor = world(scheme(above, grant("2", "spend", DIRECTOR)))
    assert ask(fenmoor, "spend", exposure_gbp=5000).clause == "2"
    assert ask(fenmoor, "spend", exposure_gbp=5001).clause == "1.1"


def test_several_on_one_rung_are_all_asked_the_soonest_first():
    posts = [*NETWORK.posts, PostRow("wm7b", "ward-manager", "w7")]
    appointments = [*NETWORK.appointments, AppointmentRow("a-ida-w", "ida", "wm7b")]
    fenmoor = world(scheme(grant("1", "workforce", WARD)), posts=posts, appointments=appointments, duty=[
        duty("wyn", 6, 12), duty("ida", 2, 12)
    ])  # fmt: skip
    verdict = ask(fenmoor, "workforce", needed_by=after(8))
    assert names(verdict) == ["ida", "wyn"]
    assert verdict.explanation == (
        "Ask the ward manager, on duty from 04:10. 2 people hold this for Ward 7, Ida Sedge first; "
        "the first to sign decides. Clause 1."
    )


def test_every_signature_is_of_a_different_person():
    second = (Holder(role="finance-director", at_kind="organisation"),)
    chief = ("chief-executive", "organisation")
    fenmoor = world(scheme(grant("1", "spend", chief, co_signers=second)))
    verdict = ask(fenmoor, "spend", at=MONDAY, asker="cy")
    assert verdict.headline == "You can, with the finance director"
    assert [one.person_id for signer in verdict.co_signers for one in signer.people] == ["fin"]
    both_posts = [*(a for a in NETWORK.appointments if a.person_id != "fin"), AppointmentRow("a-cy-f", "cy", "cfo")]
    alone = world(scheme(grant("1", "spend", chief, co_signers=second)), appointments=both_posts)
    held = ask(alone, "spend", at=MONDAY)
    assert held.outcome is Outcome.HOLD
    assert "there is no different person to sign as well" in held.working().steps[0].words


def test_the_schemes_own_order_comes_before_the_limits():
    grants = grant("1", "spend", ("finance-director", "organisation"), exposure_gbp=10), grant("2", "spend", DIRECTOR)
    assert ask(world(scheme(*grants)), "spend", at=MONDAY, exposure_gbp=5).clause == "1"
    first = grant("3", "spend", ("chief-executive", "organisation"), order=1)
    assert ask(world(scheme(*grants, first)), "spend", at=MONDAY, exposure_gbp=5).clause == "3"


def test_an_answer_may_wait_for_the_matters_time_or_the_grants():
    grants = grant("1", "workforce", WARD, answer_within=timedelta(days=2)), grant("2", "workforce", SITE)
    fenmoor = world(scheme(*grants), duty=[*NETWORK.duty[1:]])
    assert names(ask(fenmoor, "workforce")) == ["wyn"], "she is there within two days"
    assert names(ask(fenmoor, "workforce", needed_by=after(2))) == ["sol"], "the question's own time comes first"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"matter": "nothing/like/it"}, "There is no matter"),
        ({"matter": "workforce", "beds": 3}, "does not count"),
        ({"matter": "estate", "beds": -1}, "not below nought"),
        ({"matter": "estate", "facts": {"sunny": True}}, "does not ask for it"),
        ({"matter": "estate", "affected": ("nowhere",)}, "does not have at this moment"),
        ({"matter": "estate", "origin": "hw"}, "has no scheme of delegation in force"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_in_words(given, words):
    fenmoor = world(scheme(grant("1", "estate", WARD)))
    with pytest.raises(CannotRoute, match=words):
        ask(fenmoor, given.pop("matter"), given.pop("origin", "w7"), **given)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (grant("1", "estate", ("wizard", "ward")), "names the role “wizard”"),
        (grant("1", "estate", Holder(role="matron", at_unit="cellar")), "names the unit “cellar”"),
        (grant("1", "estate", Holder(role="matron")), "does not say where its holder sits"),
        (grant("1", "estate", Holder(body="cabinet")), "names the body “cabinet”"),
        (grant("1", "estate", WARD, when=(Condition(ConditionKind.OPEL, "red"),)), "which is not a level"),
        (grant("1", "estate", WARD, exposure_gbp=4), "does not count"),
        (Reservation("1", "estate", "1", "cabinet"), "reserves “estate” to “cabinet”"),
    ],
)
def test_a_clause_that_cannot_be_evaluated_refuses_its_own_matter_and_no_other(said, words):
    fenmoor = world(scheme(said, grant("2", "workforce", WARD)))
    with pytest.raises(CannotRoute, match=words):
        ask(fenmoor, "estate/open-beds")
    assert ask(fenmoor, "workforce").clause == "2"


def test_a_patched_snapshot_answers_at_once():
    fenmoor = world(scheme(grant("1", "workforce", WARD), grant("2", "workforce", SITE)), duty=NETWORK.duty[1:])
    assert names(ask(fenmoor, "workforce")) == ["sol"]
    called_in = fenmoor.snapshot.patched(duty={"wyn": [duty("wyn", -1, 4)]})
    assert names(ask(fenmoor.seen_in(called_in), "workforce")) == ["wyn"]
    assert names(ask(fenmoor, "workforce")) == ["sol"]
