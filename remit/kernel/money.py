"""Money in pounds and pence, exact, and as people read it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, Overflow

from remit.kernel.errors import NotValid

PENNY = Decimal("0.01")
MOST = Decimal("1e12")  # more than the NHS costs in a year: a slip of the keyboard


def gbp(amount: Decimal | int | str) -> Decimal:
    """Read an amount of money as typed: *£4,900*, *4900.50*, *25k*, *1.5m*.

    Raises: NotValid, in the words of someone filling in a form.
    """
    text = str(amount).strip().lower().replace(",", "").replace("£", "").replace(" ", "")
    scale = {"k": 1_000, "m": 1_000_000}.get(text[-1:], 1)
    try:
        value = Decimal(text[:-1] if scale > 1 else text) * scale
    except (InvalidOperation, Overflow):
        raise NotValid(f"“{amount}” is not an amount of money. Write it like 4,900 or 25k.") from None
    if not value.is_finite() or not 0 <= value <= MOST:
        raise NotValid(f"“{amount}” is not an amount that can be spent. Write it like 4,900 or 25k.")
    return value.quantize(PENNY, ROUND_HALF_UP)


def as_money(amount: Decimal | int) -> str:
    """Write an amount as people read it: *£4,900*, *£4,900.50*."""
    value = Decimal(amount)
    return f"£{value:,.0f}" if value == value.to_integral_value() else f"£{value.quantize(PENNY):,.2f}"
