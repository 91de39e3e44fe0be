"""Guards on free text: no patient's NHS number is ever stored.

Remit holds no patient records. A valid number in its usual shapes is refused before it
is written down; on request it is taken out instead, so that the rest is not lost.
"""

from __future__ import annotations

import re

from remit.kernel.errors import NotValid

MASK = "[NHS number removed]"
_GAP = r"[ \u00a0\u2009\t.\-\u2010-\u2013]{1,3}"
# Ten digits together, or three, three and four; never a piece of a longer number.
_SHAPE = re.compile(rf"(?<!\d)\d{{3}}(?:\d{{7}}|{_GAP}\d{{3}}{_GAP}\d{{4}})(?!\d)")


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the right check digit.

    Source: NHS Data Dictionary, NHS NUMBER (weights 10 to 2, modulus 11).
    """
    if len(digits) != 10 or not digits.isdecimal():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    return check == int(digits[9])  # a check of 10 equals no digit: such numbers are not issued


def holds_nhs_number(text: str) -> bool:
    """Whether a valid NHS number stands in the text in one of its usual shapes."""
    return any(_is_one(found) for found in _SHAPE.finditer(text))


def masked(text: str) -> str:
    """Take every valid NHS number out of the text and say that one stood there."""
    return _SHAPE.sub(lambda found: MASK if _is_one(found) else found.group(), text)


def refuse_nhs_numbers(*texts: tuple[str, str]) -> None:
    """Refuse texts, each with the name of its field, that hold a valid NHS number.

    Raises: NotValid, which names the fields and never repeats the number.
    """
    if held := [name for name, text in texts if holds_nhs_number(text)]:
        fields = dict.fromkeys(held, "Take out the NHS number. Remit keeps no patient's details.")
        raise NotValid(
            "This holds a patient's NHS number. Nothing was saved. "
            "Take the number out, or have Remit take it out and save the rest.",
            **fields,
        )


def _is_one(found: re.Match[str]) -> bool:
    return is_nhs_number("".join(char for char in found.group() if char.isdecimal()))
