"""The root of every refusal that Remit makes on purpose."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar


class RemitError(Exception):
    """A refusal that a person can read and a machine can tell apart.

    `code` is stable and goes to machines; `status` is the HTTP status; `words()` says
    what happened and what to do next.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[HTTPStatus] = HTTPStatus.UNPROCESSABLE_ENTITY

    def words(self) -> str:
        return str(self)

    def details(self) -> dict[str, Any]:
        """What a machine may want beside the words, ready for JSON."""
        return {}


class NotFound(RemitError):
    """What was asked for is not there, or not for this person to see."""

    code = "not-found"
    status = HTTPStatus.NOT_FOUND

    def __init__(self, what: str = "page") -> None:
        super().__init__(f"There is no such {what}, or it is not open to you. Check the address, or go home.")


class NotAllowed(RemitError):
    """This person may not do this."""

    code = "not-allowed"
    status = HTTPStatus.FORBIDDEN


class WrongState(RemitError):
    """The thing has moved on: it is no longer where this step begins."""

    code = "wrong-state"
    status = HTTPStatus.CONFLICT

    def __init__(self, *, found: str, wanted: str) -> None:
        self.found, self.wanted = found, wanted
        super().__init__(
            f"This is {found.replace('_', ' ')} now, and the step needs it {wanted.replace('_', ' ')}. "
            "Nothing was changed. Look at it again before you go on."
        )


class NotValid(RemitError):
    """What was given cannot be used. `fields` names each field and what is wrong with it."""

    code = "not-valid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, words: str, /, **fields: str) -> None:
        self.fields = fields
        super().__init__(words)

    def details(self) -> dict[str, Any]:
        return {"fields": self.fields}
