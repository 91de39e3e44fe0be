"""Organisations and systems: renamed, closed, joined, left; ways in, given and ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from remit.kernel import clock
from remit.kernel.actor import KEEPER
from remit.kernel.errors import NotValid
from remit.ledger.queries import entries_about
from remit.network.actions import close_party, end_account, give_account, join, leave, rename_party
from remit.network.errors import NotKeeper
from remit.network.models import Account, Membership, Party, Person, Unit
from remit.network.queries import present
from remit.network.rules.moments import epoch
from remit.network.tests.traces import cut_at, refused, unchanged
from remit.testing.small_system import LONG_AGO, MORNING

DAY = timedelta(days=1)
PARTIES, ACCOUNTS = "remit.network.actions.parties", "remit.network.actions.accounts"


def test_a_new_name_is_carried_by_the_root_too(small):
    fenmoor = small.party("fenmoor")
    rename_party(fenmoor, " Fenmoor University Hospitals ", by=small.noor, at=MORNING)

    assert Party.objects.get(pk=fenmoor).name == "Fenmoor University Hospitals"
    assert Unit.objects.get(code="fenmoor").name == "Fenmoor University Hospitals"
    assert entries_about(fenmoor)[-1].words.endswith("renamed Fenmoor Hospitals to Fenmoor University Hospitals.")
    with unchanged():
        rename_party(fenmoor, "Fenmoor University Hospitals", by=small.noor, at=MORNING)


def test_a_name_is_neither_empty_nor_endless_nor_given_by_others(small, monkeypatch):
    for name in ("", "   ", "F" * 161):
        with refused(NotValid):
            rename_party(small.party("fenmoor"), name, by=small.noor, at=MORNING)
    for who in (small.ifan, small.ruth):
        with refused(NotKeeper):
            rename_party(small.party("fenmoor"), "Ours", by=who, at=MORNING)
    with cut_at(monkeypatch, f"{PARTIES}.record"):
        rename_party(small.party("fenmoor"), "Ours", by=small.noor, at=MORNING)
    assert Unit.objects.get(code="fenmoor").name == "Fenmoor Hospitals"


def test_an_organisation_is_closed_from_a_day_on(small, monkeypatch):
    fenmoor = small.party("fenmoor")
    with refused(NotKeeper):
        close_party(fenmoor, closed_on=date(2027, 3, 31), by=small.faith, at=MORNING)
    with cut_at(monkeypatch, f"{PARTIES}.note"):
        close_party(fenmoor, closed_on=date(2027, 3, 31), by=small.noor, at=MORNING)
    close_party(fenmoor, closed_on=date(2027, 3, 31), by=small.noor, at=MORNING)

    assert entries_about(fenmoor)[-1].words.endswith("marked Fenmoor Hospitals as closed on 31 March 2027.")
    with unchanged():
        close_party(fenmoor, closed_on=date(2027, 3, 31), by=small.noor, at=MORNING)


def test_who_joins_a_system_is_in_the_streams_of_both(small):
    hospice = Party.objects.create(kind="organisation", code="hospice", name="Fen Hospice")
    made = join(small.party("marsh"), hospice.pk, starts_at=MORNING, by=KEEPER, at=MORNING)

    [line] = entries_about(made.pk)
    assert set(line.streams) == {small.party("marsh"), hospice.pk}
    assert line.words.endswith("Fen Hospice is in Marsh Integrated Care System from 23 November 2026.")
    with unchanged():
        assert join(small.party("marsh"), hospice.pk, starts_at=MORNING, by=KEEPER, at=MORNING).pk == made.pk
    assert small.party("marsh") in present(at=MORNING).partnerships.systems(hospice.pk, epoch(MORNING))


def test_who_leaves_was_there_until_then_and_may_come_back(small):
    marsh, council = small.party("marsh"), small.party("council")
    membership = Membership.objects.get(member=council)
    leave(membership.pk, ends_at=MORNING, by=KEEPER, at=MORNING)
    partnerships = present(at=MORNING).partnerships

    assert entries_about(membership.pk)[-1].words.endswith("left Marsh Integrated Care System on 23 November 2026.")
    assert marsh in partnerships.systems(council, epoch(MORNING - DAY))
    assert marsh not in partnerships.systems(council, epoch(MORNING))
    with unchanged():
        leave(membership.pk, ends_at=MORNING, by=KEEPER, at=MORNING)
    again = join(marsh, council, starts_at=MORNING + DAY, by=KEEPER, at=MORNING)
    assert again.pk != membership.pk


def test_a_membership_taken_back_the_day_it_began_can_begin_again(small):
    marsh, council = small.party("marsh"), small.party("council")
    leave(Membership.objects.get(member=council).pk, ends_at=LONG_AGO, by=KEEPER, at=MORNING)

    assert join(marsh, council, starts_at=LONG_AGO, by=KEEPER, at=MORNING).ends_at is None


def test_nothing_belongs_to_itself_or_to_an_organisation(small, monkeypatch):
    marsh, council, fenmoor = (small.party(code) for code in ("marsh", "council", "fenmoor"))
    for system, member in ((marsh, marsh), (fenmoor, council)):
        with refused(NotValid):
            join(system, member, starts_at=MORNING, by=KEEPER, at=MORNING)
    with refused(NotKeeper):
        join(marsh, council, starts_at=MORNING, by=small.noor, at=MORNING)
    held = Membership.objects.get(member=council)
    with refused(NotKeeper):
        leave(held.pk, ends_at=MORNING, by=small.faith, at=MORNING)
    with refused(NotValid):
        leave(held.pk, ends_at=LONG_AGO - DAY, by=KEEPER, at=MORNING)
    with cut_at(monkeypatch, f"{PARTIES}.record"):
        leave(held.pk, ends_at=MORNING, by=KEEPER, at=MORNING)


def test_an_account_is_given_on_the_record_without_its_name(small):
    person = Person.objects.create(code="new", name="Newly Come")
    account = give_account(" newly ", person_id=person.pk, by=KEEPER, at=MORNING, password="three words apart")

    assert account.username == "newly"
    assert account.check_password("three words apart")
    [line] = entries_about(account.pk)
    assert line.words.endswith("gave Newly Come the account newly.")
    assert "ewly" not in str(line.facts)


def test_an_account_is_one_persons_alone_and_given_by_the_keeper(small, monkeypatch):
    person = Person.objects.create(code="new", name="Newly Come")
    for username, who in (("BRONAGH", person.pk), ("other", small.bronagh.person), ("  ", None), ("x" * 81, None)):
        with refused(NotValid):
            give_account(username, person_id=who, by=KEEPER, at=MORNING)
    for by in (small.noor, small.ifan):
        with refused(NotKeeper):
            give_account("newly", person_id=person.pk, by=by, at=MORNING)
        with refused(NotKeeper):
            end_account(small.account("bronagh").pk, by=by, at=MORNING)
    with cut_at(monkeypatch, f"{ACCOUNTS}._record"):
        give_account("newly", person_id=person.pk, by=KEEPER, at=MORNING)


def test_an_ended_account_lets_nobody_in_and_leaves_the_person(small):
    with clock.stopped_at(MORNING):
        client = Client()
        account = small.account("bronagh")
        client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        assert client.get("/network/").status_code == 200
        end_account(account.pk, by=KEEPER, at=MORNING)

        assert client.get("/network/").status_code == 302  # the open session has ended too
    assert not Account.objects.get(pk=account.pk).is_active
    assert Person.objects.get(pk=small.bronagh.person).appointments.filter(ends_at=None).exists()
    with unchanged():
        end_account(account.pk, by=KEEPER, at=MORNING)


@pytest.mark.parametrize("step", [f"{ACCOUNTS}._record", f"{ACCOUNTS}.record"])
def test_a_power_cut_while_ending_leaves_the_account_as_it_was(small, monkeypatch, step):
    account = small.account("bronagh")
    with cut_at(monkeypatch, step):
        end_account(account.pk, by=KEEPER, at=MORNING)

    assert Account.objects.get(pk=account.pk).is_active
