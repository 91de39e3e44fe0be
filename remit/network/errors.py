"""Refusals of the network."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from remit.kernel.errors import RemitError
from remit.kernel.words import day


class NotYours(RemitError):
    """Someone tried to act or look where they have no standing."""

    code = "not-yours"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, what: str = "This") -> None:
        super().__init__(f"{what} is not open to you in the post that you act in. Choose another post, or ask.")


class NotKeeper(RemitError):
    """Only whoever keeps the network of an organisation may do this."""

    code = "not-keeper"
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__("Only the organisation’s governance secretary, or whoever keeps this system, may do this.")


class OlderFile(RemitError):
    """A newer official file was loaded before: an older one would undo it."""

    code = "older-file"
    status = HTTPStatus.CONFLICT

    def __init__(self, *, loaded: date, given: date) -> None:
        super().__init__(
            f"The official file as of {day(loaded)} is loaded already, and this one speaks for {day(given)}: "
            "it would undo what has changed since. Nothing was changed."
        )
