"""Why a question has no answer: routing is never partial."""

from __future__ import annotations

from typing import Any, ClassVar

from remit.kernel.errors import RemitError


class CannotRoute(RemitError):
    """Something that the answer hangs on cannot be evaluated. `about` is the code or ref at fault."""

    code: ClassVar[str] = "cannot-route"

    def __init__(self, words: str, *, about: str = "") -> None:
        self.about = about
        super().__init__(words)

    def details(self) -> dict[str, Any]:
        return {"about": self.about}
