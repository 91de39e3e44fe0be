"""What is refused about decisions."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from remit.decisions.rules.states import WHO_WORDS, Move, Part
from remit.kernel.errors import NotAllowed, NotValid, RemitError, WrongState
from remit.kernel.words import joined, sentence

if TYPE_CHECKING:
    from remit.authority.rules.verdict import Verdict

__all__ = [
    "AdviceWanting",
    "DecidedTogether",
    "NotEntitled",
    "NotInTime",
    "NotYourMove",
    "NothingAbove",
    "NothingToShowFor",
    "RouteMoved",
    "SignedAlready",
    "WrongState",
]


class NotEntitled(NotAllowed):
    """This person may not decide this. Carries the verdict, which says who may."""

    code = "not-entitled"

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(f"This is not yours to decide, and nothing was changed. {_who_and_why(verdict)}")

    def details(self) -> dict[str, Any]:
        return {"route": self.verdict.as_data()}


class RouteMoved(RemitError):
    """The route moved between the question and the signature: nothing was decided, the new holder was asked."""

    code = "route-moved"
    status = HTTPStatus.CONFLICT

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(
            "Nothing was decided: since you were asked, this has become somebody else's to decide. "
            "What you said is kept as advice, they have been asked, and everyone concerned is told. "
            f"{_who_and_why(verdict)}"
        )

    def details(self) -> dict[str, Any]:
        return {"route": self.verdict.as_data()}


class NotYourMove(NotAllowed):
    """The step is for somebody else."""

    code = "not-your-move"

    def __init__(self, move: Move) -> None:
        who = joined([WHO_WORDS[part] for part in Part if part in move.who], "or")
        super().__init__(f"Only {who} can do that. Nothing was changed.")


class SignedAlready(RemitError):
    """Every signature on a decision is a different natural person's."""

    code = "signed-already"
    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__("You have signed this already. Every signature on a decision is a different person's.")


class AdviceWanting(RemitError):
    """Somebody whom the clause names has not been heard, there is time, and it was not declared urgent."""

    code = "advice-wanting"
    status = HTTPStatus.CONFLICT

    def __init__(self, whom: list[str], until: str) -> None:
        self.whom = whom
        super().__init__(
            f"The clause has you consult {joined(whom)} first, who can answer until {until}. Nothing was changed. "
            "Wait for the answer, or say why it is too urgent to wait."
        )

    def details(self) -> dict[str, Any]:
        return {"consult": self.whom}


class DecidedTogether(RemitError):
    """A body decides this, at a sitting, and not one person for it."""

    code = "decided-together"
    status = HTTPStatus.CONFLICT

    def __init__(self, body: str) -> None:
        super().__init__(f"The {body} decides this together, so no one person can decide it. Nothing was changed.")


class NothingToShowFor(NotValid):
    """A decision that does not say what would show that it worked."""

    code = "nothing-to-show-for"

    def __init__(self, **fields: str) -> None:
        super().__init__(
            "Say what would show that it worked, and when that is looked at. Nothing was changed.", **fields
        )


class NothingAbove(RemitError):
    """A proposal was to be sent up where no rung above can decide it."""

    code = "nothing-above"
    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__("There is nobody above who may decide this as well. Nothing was changed.")


class NotInTime(RemitError):
    """The clock was asked to end what is not over yet."""

    code = "not-in-time"
    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__("Its time is not over. Nothing was changed.")


def _who_and_why(verdict: Verdict) -> str:
    """The headline and the explanation, which mostly begins with it."""
    said = verdict.explanation
    return said if said.startswith(verdict.headline) else f"{sentence(verdict.headline)} {said}"
