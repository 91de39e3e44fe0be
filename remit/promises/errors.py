"""What is refused about promises."""

from __future__ import annotations

from remit.kernel.errors import NotAllowed
from remit.promises.rules.states import Part

_WHOSE = {
    Part.MAKER: "Only whoever made this promise can do that.",
    Part.OWED: "Only someone to whom this promise is owed can do that.",
    Part.OFFERED: "Nobody has asked you to take this promise over.",
}


class NotYourPromise(NotAllowed):
    """The step belongs to somebody else."""

    code = "not-your-promise"

    def __init__(self, part: Part) -> None:
        super().__init__(f"{_WHOSE[part]} Nothing was changed.")
