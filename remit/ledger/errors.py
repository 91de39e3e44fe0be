"""Refusals of the record."""

from __future__ import annotations

from http import HTTPStatus

from remit.kernel.errors import RemitError


class NothingRecorded(RemitError):
    """An action changed something and recorded nothing: a fault in Remit, never committed."""

    code = "nothing-recorded"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, action: str) -> None:
        super().__init__(f"“{action}” left no entry in the record, so nothing was changed. Tell whoever keeps Remit.")


class OutsideAction(RemitError):
    """Something was recorded outside an action: a fault in Remit."""

    code = "outside-action"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, verb: str) -> None:
        super().__init__(f"“{verb}” can only be recorded inside an action.")


class UnknownVerb(RemitError):
    """A verb that no app has put into words."""

    code = "unknown-verb"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, verb: str) -> None:
        super().__init__(f"“{verb}” has no wording, so it cannot be recorded.")


class LateWithoutReason(RemitError):
    """An entry made well after its event, with no reason given. Source: JESIP; case DL-1."""

    code = "late-without-reason"

    def __init__(self, minutes: int) -> None:
        super().__init__(f"This happened {minutes} minutes ago. Say why it is entered only now.")


class NotKept(RemitError):
    """The database gave up an action's transaction half-way and the action went on: a fault in Remit."""

    code = "not-kept"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, action: str) -> None:
        super().__init__(f"“{action}” could not be kept, so nothing was changed. Tell whoever keeps Remit.")


class StreamMoved(RemitError):
    """Two writers came upon the same end of a stream, which the lock on it rules out: a fault in Remit."""

    code = "stream-moved"
    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self) -> None:
        super().__init__("Somebody else wrote to the record at the same place. Nothing was changed; try again.")


class NoSuchEntry(RemitError):
    """There is no such entry to correct."""

    code = "no-such-entry"
    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__("There is no such entry in the record. Go back to the record and choose one.")
