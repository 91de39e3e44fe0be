"""Money at stake: whole life, the year before, VAT. Source: DR-1 and DR-2 of the domain notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.authority.rules.exposure import Commitment, Vat, reckon, year_before
from remit.authority.rules.taxonomy import Quantity, Reach
from remit.authority.tests.shipped import taxonomy
from remit.kernel.errors import NotValid

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MONEY = taxonomy().matters["spend/revenue/budgeted"].quantities[0]
BEDS = taxonomy().matters["estate/open-beds"].quantities[0]
amounts = st.decimals(0, 1_000_000, places=2)
commitments = st.builds(
    Commitment, amounts, st.integers(0, 800).map(lambda days: NOON - timedelta(days=days)), st.sampled_from(["", "A"])
)


def money(amount: int | str, *, days_before: int) -> Commitment:
    return Commitment(Decimal(amount), NOON - timedelta(days=days_before), "Brightfold")


def test_a_lease_counts_for_its_whole_life():
    """DR-1: £24,000 a year for 5 years is £120,000, and the multiplication is shown."""
    lease = reckon([MONEY], {"exposure_gbp": Decimal(24_000)}, years=5, at=NOON)

    assert lease.quantities == {"exposure_gbp": Decimal(120_000)}
    assert lease.words == {"exposure_gbp": "£24,000 a year for 5 years is £120,000"}
    assert not lease.splitting


def test_three_orders_for_one_purpose_are_counted_together():
    """DR-2: £4,900 three times in 30 days is £4,900, £9,800, £14,700; the last two are flagged."""
    before: list[Commitment] = []
    sums, flags, crossings, words = [], [], [], []
    for day in (0, 15, 30):
        at = NOON + timedelta(days=day)
        one = reckon([MONEY], {"exposure_gbp": Decimal(4_900)}, before={"exposure_gbp": before}, at=at)
        sums.append(one.quantities["exposure_gbp"])
        flags.append(one.splitting)
        crossings.append(one.crosses("exposure_gbp", Decimal(5_000)))
        words.append(one.words.get("exposure_gbp", ""))
        before.append(Commitment(one.alone["exposure_gbp"], at, "Brightfold"))

    assert sums == [4_900, 9_800, 14_700]
    assert flags == [False, True, True]
    assert crossings == [False, True, True]
    assert words == [
        "",
        "£4,900 with £4,900 committed once before for the same purpose in 12 months is £9,800",
        "£4,900 with £9,800 committed twice before for the same purpose in 12 months is £14,700",
    ]


def test_a_year_is_a_year():
    def counted(days_before: int) -> Decimal:
        before = {"exposure_gbp": [money(100, days_before=days_before)]}
        return reckon([MONEY], {"exposure_gbp": Decimal(1)}, before=before, at=NOON).quantities["exposure_gbp"]

    assert [counted(days) for days in (0, 364, 365, 400)] == [101, 101, 1, 1]
    assert year_before(datetime(2028, 2, 29, 12, tzinfo=UTC)) == datetime(2027, 2, 28, 12, tzinfo=UTC)


def test_what_was_reversed_no_longer_counts():
    gone = Commitment(Decimal(100), NOON - timedelta(days=9), reversed_at=NOON - timedelta(days=1))

    assert not reckon([MONEY], {"exposure_gbp": Decimal(1)}, before={"exposure_gbp": [gone]}, at=NOON).splitting


def test_what_is_counted_by_the_event_is_left_alone():
    before = {"beds": [money(4, days_before=1)]}
    beds = reckon([BEDS, MONEY], {"beds": Decimal(4)}, years=5, before=before, at=NOON)

    assert beds.quantities == {"beds": Decimal(4)}
    assert beds.words == {}


def test_vat_is_put_in_or_taken_out_as_the_limits_are_written():
    net_limits = Quantity("exposure_gbp", ("pound", "pounds"), frozenset({Reach.EVENT}), "net")
    twenty = Decimal("0.20")

    put_in = reckon([MONEY], {"exposure_gbp": Decimal(20_000)}, vat=Vat(twenty), at=NOON)
    assert put_in.quantities == {"exposure_gbp": Decimal(24_000)}
    assert put_in.words["exposure_gbp"] == "£20,000 and VAT at 20% is £24,000"
    taken_out = reckon([net_limits], {"exposure_gbp": Decimal(120)}, vat=Vat(twenty, "including VAT"), at=NOON)
    assert taken_out.words["exposure_gbp"] == "£120 without VAT at 20% is £100"
    same = reckon([MONEY], {"exposure_gbp": Decimal(120)}, vat=Vat(twenty, "including VAT"), at=NOON)
    assert same.quantities == {"exposure_gbp": Decimal(120)}


def test_all_of_it_is_said_in_order():
    before = {"exposure_gbp": [money("10.50", days_before=n) for n in (3, 2, 1)]}
    all_of_it = reckon(
        [MONEY], {"exposure_gbp": Decimal(100)}, years=2, before=before, vat=Vat(Decimal("0.2")), at=NOON
    )

    assert all_of_it.words["exposure_gbp"] == (
        "£100 and VAT at 20% is £120; £120 a year for 2 years is £240; "
        "£240 with £31.50 committed 3 times before for the same purpose in 12 months is £271.50"
    )


@pytest.mark.parametrize(("amount", "years"), [(-1, 1), (1, 0), (1, 101)])
def test_what_makes_no_sense_is_refused(amount, years):
    with pytest.raises(NotValid):
        reckon([MONEY], {"exposure_gbp": Decimal(amount)}, years=years, at=NOON)


@given(amounts, amounts, st.integers(1, 100), st.lists(commitments, max_size=5))
def test_a_larger_amount_never_reckons_to_less(one, other, years, before):
    small, large = sorted((one, other))

    def reckoned(amount: Decimal) -> Decimal:
        given = {"exposure_gbp": amount}
        return reckon([MONEY], given, years=years, before={"exposure_gbp": before}, at=NOON).quantities["exposure_gbp"]

    assert reckoned(small) <= reckoned(large)


@given(amounts, st.lists(commitments, max_size=5), st.randoms(use_true_random=False))
def test_the_order_in_which_commitments_are_given_does_not_matter(amount, before, chance):
    shuffled = list(before)
    chance.shuffle(shuffled)
    one, other = (
        reckon([MONEY], {"exposure_gbp": amount}, before={"exposure_gbp": given}, at=NOON)
        for given in (before, shuffled)
    )

    assert (one.quantities, one.words) == (other.quantities, other.words)
