"""Refusals of the network."""

from __future__ import annotations

from http import HTTPStatus

from remit.kernel.errors import RemitError


class NotYours(RemitError):
    """Someone tried to act or look where they have no standing."""

    code = "not-yours"
    status = HTTPStatus.FORBIDDEN

    def __init__(self, what: str = "This") -> None:
        super().__init__(
            f"{what} is not open to you in the post that you act in. Choose another of your posts, or ask."
        )


class NotKeeper(RemitError):
    """Only whoever keeps the network of an organisation may do this."""

    code = "not-keeper"
    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            "Only the governance secretary of the organisation, or whoever keeps this system, may do this."
        )
