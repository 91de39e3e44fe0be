"""What authority refuses."""

from __future__ import annotations

from http import HTTPStatus

from remit.authority.rules.findings import SchemeRefused
from remit.authority.rules.refusals import CannotRoute
from remit.kernel.errors import RemitError

__all__ = ["CannotRoute", "MayNotDeclare", "MayNotDelegate", "NoScheme", "SchemeRefused", "SchemeStands"]


class NoScheme(RemitError):
    """An organisation that has told Remit nothing about who may decide."""

    code = "no-scheme"
    status = HTTPStatus.CONFLICT

    def __init__(self, party: str) -> None:
        super().__init__(
            f"{party} has no scheme of delegation in force in Remit, so nobody can be named. "
            "Its governance secretary can put one in."
        )


class SchemeStands(RemitError):
    """A first scheme was to be adopted where one is in force."""

    code = "scheme-stands"
    status = HTTPStatus.CONFLICT

    def __init__(self, party: str) -> None:
        super().__init__(f"{party} has a scheme in force. Another one is adopted by a decision under it.")


class MayNotDeclare(RemitError):
    """Someone set a level or declared an incident without the role for it."""

    code = "may-not-declare"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, party: str) -> None:
        super().__init__(
            f"The post that you act in does not set levels or declare incidents for {party}. "
            "Call the site manager or the director on call."
        )


class MayNotDelegate(RemitError):
    """Someone passed on what is not theirs to pass on."""

    code = "may-not-delegate"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, clause: str) -> None:
        super().__init__(f"Under clause {clause} this is not yours to pass on or take back in the post you act in.")
