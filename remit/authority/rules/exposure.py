"""What is at stake, as limits count it: the whole commitment, with what came before.

A limit stands against the whole life of a commitment, VAT in or out as the limits are
written, and against the sum of what the same unit committed for the same purpose in the
12 months before. So neither a long lease nor an order in three parts slips under it.
Source: fine print of published schemes of delegation; worked examples DR-1 and DR-2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from remit.authority.rules.taxonomy import Quantity, Reach
from remit.kernel.errors import NotValid
from remit.kernel.money import PENNY, as_money

MONTHS = 12
LONGEST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Commitment:
    """What was committed before, for the same purpose by the same unit. A declined one is none.

    `amount` is of its whole life; one that was reversed by then no longer counts.
    """

    amount: Decimal
    committed_at: datetime
    supplier: str = ""
    reversed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Vat:
    """How the amounts of a question were given. The rate comes from data, never from here."""

    rate: Decimal
    amounts_are: str = "net"  # or "including VAT"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Quantities as limits count them.

    Args:
        quantities: by code, reckoned.
        words: by code, how an amount came about, where it is not simply the one given.
        prior: by code, the commitments that were counted in, oldest first.
        alone: by code, the commitment by itself: its whole life, without what came before.
    """

    quantities: Mapping[str, Decimal]
    words: Mapping[str, str] = field(default_factory=dict)
    prior: Mapping[str, tuple[Commitment, ...]] = field(default_factory=dict)
    alone: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def splitting(self) -> bool:
        """Whether parts are counted together, so that no order is cut up to stay under a limit."""
        return any(self.prior.values())

    def crosses(self, code: str, limit: Decimal) -> bool:
        """Whether this lies within a limit by itself and passes it with what came before."""
        return self.alone.get(code, Decimal(0)) <= limit < self.quantities.get(code, Decimal(0))


def reckon(
    quantities: Iterable[Quantity],
    given: Mapping[str, Decimal],
    *,
    years: int = 1,
    before: Mapping[str, Sequence[Commitment]] | None = None,
    at: datetime,
    vat: Vat | None = None,
) -> Reckoning:
    """Reckon the amounts of a question.

    Args:
        quantities: those of the matter; an amount of another is passed on as it is.
        given: amounts as asked: of one year where `years` is more than one.
        before: by code, what the same unit committed for the same purpose; those outside the
            12 months before `at` are left out here.
        vat: how the amounts were given; None when they are already as the limits count them.
    Raises: NotValid, for a negative amount or a time in years that makes no sense.
    """
    if not 1 <= years <= LONGEST_YEARS:
        raise NotValid(f"{years} is not a number of years that can be reckoned with. Give 1 to {LONGEST_YEARS}.")
    reckoned, words, prior, alone = dict(given), dict[str, str](), dict[str, tuple[Commitment, ...]](), dict(given)
    for quantity in quantities:
        code = quantity.code
        if code not in given:
            continue
        if given[code] < 0:
            raise NotValid(f"An amount of {quantity.words[1]} cannot be negative.")
        said: list[str] = []
        amount = _with_vat(given[code], quantity, vat, said)
        amount = _whole_life(amount, quantity, years, said)
        alone[code] = amount
        counted = _counted(quantity, (before or {}).get(code, ()), at=at)
        if counted:
            prior[code] = counted
            amount = _with_what_came_before(amount, quantity, counted, said)
        reckoned[code] = amount
        if said:
            words[code] = "; ".join(said)
    return Reckoning(reckoned, words, prior, alone)


def year_before(at: datetime) -> datetime:
    """The same day and time a year earlier; 28 February stands for 29 February."""
    try:
        return at.replace(year=at.year - 1)
    except ValueError:
        return at.replace(year=at.year - 1, day=28)


def _with_vat(amount: Decimal, quantity: Quantity, vat: Vat | None, said: list[str]) -> Decimal:
    if vat is None or not quantity.is_money or vat.amounts_are == quantity.vat:
        return amount
    rate = f"{(vat.rate * 100).normalize():f}%"
    if quantity.vat == "net":
        net = (amount / (1 + vat.rate)).quantize(PENNY, ROUND_HALF_UP)
        said.append(f"{as_money(amount)} without VAT at {rate} is {as_money(net)}")
        return net
    gross = (amount * (1 + vat.rate)).quantize(PENNY, ROUND_HALF_UP)
    said.append(f"{as_money(amount)} and VAT at {rate} is {as_money(gross)}")
    return gross


def _whole_life(amount: Decimal, quantity: Quantity, years: int, said: list[str]) -> Decimal:
    if years == 1 or Reach.WHOLE_LIFE not in quantity.reaches:
        return amount
    whole = amount * years
    said.append(f"{_amount(amount, quantity)} a year for {years} years is {_amount(whole, quantity)}")
    return whole


def _counted(quantity: Quantity, before: Sequence[Commitment], *, at: datetime) -> tuple[Commitment, ...]:
    """Those commitments that a rolling year counts: after this day a year ago, and not reversed."""
    if Reach.ROLLING_YEAR not in quantity.reaches:
        return ()
    since = year_before(at)
    counts = (
        one
        for one in before
        if since < one.committed_at <= at and not (one.reversed_at and one.reversed_at <= at) and one.amount > 0
    )
    return tuple(sorted(counts, key=lambda one: one.committed_at))


def _with_what_came_before(
    amount: Decimal, quantity: Quantity, counted: tuple[Commitment, ...], said: list[str]
) -> Decimal:
    earlier = sum((one.amount for one in counted), Decimal(0))
    together = amount + earlier
    times = "once" if len(counted) == 1 else "twice" if len(counted) == 2 else f"{len(counted)} times"
    said.append(
        f"{_amount(amount, quantity)} with {_amount(earlier, quantity)} committed {times} before for the same purpose "
        f"in {MONTHS} months is {_amount(together, quantity)}"
    )
    return together


def _amount(amount: Decimal, quantity: Quantity) -> str:
    if quantity.is_money:
        return as_money(amount)
    return f"{amount.normalize():,f} {quantity.words[0] if amount == 1 else quantity.words[1]}"
