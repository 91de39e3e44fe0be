"""What is proposed, as values, and what each text of it must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from remit.kernel.errors import NotValid
from remit.kernel.text_guards import refuse_nhs_numbers

TITLE_LENGTH, LINE_LENGTH, TEXT_LENGTH = 160, 240, 4000
ADVICE_TIME = timedelta(hours=4)  # where nothing says when an answer is needed


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to decide, in words.

    Args:
        title: the decision as one line, beginning with a verb: *Open four escalation beds on Ward 7*.
        what: what should happen. why: why. options: what else was weighed, doing nothing included.
        measure, baseline, expected, review_on: what would show that it worked, and when that is looked at.
        expires_at: when it ends by itself, if it does.
        act, terms: what it does in Remit when it stands, by the name of a registered act.
        supersedes: the decision whose place it takes.
        restricted: seen only by those whom it ties.
    """

    title: str
    what: str = ""
    why: str = ""
    options: str = ""
    measure: str = ""
    baseline: str = ""
    expected: str = ""
    review_on: date | None = None
    expires_at: datetime | None = None
    act: str = ""
    terms: Mapping[str, Any] = field(default_factory=dict)
    supersedes: UUID | None = None
    restricted: bool = False
    made_up: bool = False

    def checked(self, *, at: datetime) -> Proposal:
        """The same, once it may be stored. Raises: NotValid, naming each field."""
        check_texts(
            ("title", self.title, TITLE_LENGTH),
            ("what", self.what, TEXT_LENGTH),
            ("why", self.why, TEXT_LENGTH),
            ("options", self.options, TEXT_LENGTH),
            ("measure", self.measure, LINE_LENGTH),
            ("baseline", self.baseline, LINE_LENGTH // 2),
            ("expected", self.expected, LINE_LENGTH),
        )
        wrong = {}
        if not self.title.strip():
            wrong["title"] = "Say in one line what is to be decided."
        if self.expires_at is not None and self.expires_at <= at:
            wrong["expires_at"] = "Choose a time that is still to come."
        if self.review_on is not None and self.review_on < at.date():
            wrong["review_on"] = "Choose a day that is still to come."
        if wrong:
            raise NotValid("Nothing was saved. There is something to put right.", **wrong)
        return self


def check_texts(*texts: tuple[str, str, int]) -> None:
    """Refuse texts that are too long or hold a patient's number. Raises: NotValid, naming the fields."""
    refuse_nhs_numbers(*((name, text) for name, text, _ in texts))
    if long := {name: f"Use {most:,} characters at most." for name, text, most in texts if len(text) > most}:
        raise NotValid("Nothing was saved. A text is too long.", **long)


def said(text: str, *, field: str = "reason", words: str = "Say why, in a few words.") -> str:
    """A text that must be there. Raises: NotValid."""
    text = text.strip()
    check_texts((field, text, TEXT_LENGTH))
    if not text:
        raise NotValid(f"Nothing was changed. {words}", **{field: words})
    return text


def advice_due(at: datetime, answer_by: datetime | None) -> datetime:
    """By when advice is asked for: half of the time that there is, so that the decider has the other half."""
    if answer_by is None or answer_by <= at:
        return at + ADVICE_TIME
    return at + (answer_by - at) / 2


def put_to(holder: str) -> str:
    """Whose it is to decide, as a sentence without its full stop; *nobody yet* and *nobody until* turn round."""
    if holder.startswith("nobody "):
        return f"Nobody can decide it {holder.removeprefix('nobody ')}"
    return f"It is for {holder} to decide"
