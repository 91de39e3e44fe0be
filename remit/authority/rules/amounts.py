"""Quantities as whole numbers that compare fast and exactly."""

from __future__ import annotations

from decimal import Decimal

from remit.authority.rules.refusals import CannotRoute

_SCALE = 10_000  # pence and hundredths of a penny; quarter days, thousandths of a bed
NO_LIMIT = 2**60
NOT_STATED = -1  # within every limit, above no amount

Amounts = tuple[int, ...]  # one for each quantity, in the order that the matter declares


def units(amount: Decimal | int, *, of: str) -> int:
    """An amount in ten-thousandths. Raises: CannotRoute, where it is negative, too fine or too large."""
    value = amount if type(amount) is Decimal else Decimal(amount)
    if not value.is_finite() or value < 0:
        raise CannotRoute(f"{amount} is not an amount of {of}. Give a number that is not below nought.", about=of)
    exact = value * _SCALE
    scaled = int(exact)
    if scaled != exact:
        raise CannotRoute(f"{amount} of {of} is finer than four decimal places. Round it up.", about=of)
    if scaled >= NO_LIMIT:
        raise CannotRoute(f"{amount} of {of} is more than can be counted. Check the amount.", about=of)
    return scaled


def amount(units: int) -> Decimal:
    """Back from ten-thousandths."""
    return Decimal(units) / _SCALE
