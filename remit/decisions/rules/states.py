"""The states of a decision and every move between them: one table.

The pages, the test sweep and the diagram in the documentation are drawn from it.
Source: design, Decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a decision stands."""

    DRAFT = "draft"
    ADVICE = "advice"  # put, and asking those who must or should be heard
    OPEN = "open"  # heard: waits for whoever may decide
    ESCALATED = "escalated"  # sent up: the rungs above may decide as well
    DISPUTED = "disputed"  # an organisation that it affects does not accept that it goes on
    AWAITING_CONFIRMATION = "awaiting_confirmation"  # agreed, and takes effect only when confirmed
    AWAITING_RATIFICATION = "awaiting_ratification"  # agreed and stands; lapses if ratification is refused
    AGREED = "agreed"
    IN_EFFECT = "in_effect"
    REVIEWED = "reviewed"
    HALTED = "halted"  # stopped by anyone; goes on from where it was
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # not confirmed in time, or ratification refused
    EXPIRED = "expired"  # its term is over
    REVERSED = "reversed"
    SUPERSEDED = "superseded"


class Part(StrEnum):
    """What someone is to a decision at a moment."""

    PROPOSER = "proposer"
    ADVISER = "adviser"  # asked for advice, by the grant or by the proposer
    HOLDER = "holder"  # the route of this moment leads to them
    CO_SIGNER = "co-signer"
    CONFIRMER = "confirmer"
    RATIFIER = "ratifier"
    DECIDER = "decider"  # took it, or holds the post in which it was taken
    AFFECTED = "affected"  # works in an organisation that it affects
    READER = "reader"  # anyone who may see it
    CLOCK = "clock"


WHO_WORDS = {
    Part.PROPOSER: "whoever proposed it",
    Part.ADVISER: "whoever was asked for advice",
    Part.HOLDER: "the rightful holder, worked out at that moment",
    Part.CO_SIGNER: "a co-signer that the clause names",
    Part.CONFIRMER: "whoever the clause has confirm it",
    Part.RATIFIER: "whoever the clause has ratify it",
    Part.DECIDER: "whoever took it, or fills their post now",
    Part.AFFECTED: "anyone who works in an organisation that it affects",
    Part.READER: "anyone who may see it",
    Part.CLOCK: "the clock",
}


@dataclass(frozen=True, slots=True)
class Move:
    """One step.

    Args:
        name: the name of its action.
        leads: from each state in which it may be made, the states that it may lead to.
        who: any one of these parts suffices.
        button: what it says on the page; empty where no page offers it.
        says: what it is, for the documentation.
    """

    name: str
    leads: Mapping[State, frozenset[State]]
    who: frozenset[Part]
    button: str
    says: str

    @property
    def starts(self) -> frozenset[State]:
        """The states in which it may be made."""
        return frozenset(self.leads)


_S, _P = State, Part
UNDECIDED = frozenset({_S.DRAFT, _S.ADVICE, _S.OPEN, _S.ESCALATED, _S.DISPUTED})
PUT = frozenset({_S.ADVICE, _S.OPEN, _S.ESCALATED})  # waits for its decider
STANDING = frozenset({_S.AWAITING_RATIFICATION, _S.AGREED, _S.IN_EFFECT, _S.REVIEWED})
AGREED = STANDING | {_S.AWAITING_CONFIRMATION}
CLOSED = frozenset({_S.DECLINED, _S.WITHDRAWN, _S.LAPSED, _S.EXPIRED, _S.REVERSED, _S.SUPERSEDED})
LIVE = frozenset(State) - CLOSED


def _from(starts: Iterable[State], *ends: State, or_stay: bool = False) -> dict[State, frozenset[State]]:
    return {start: frozenset({*ends, start} if or_stay else ends) for start in starts}


_CLOSING = _from(
    PUT, _S.AGREED, _S.DECLINED, _S.AWAITING_CONFIRMATION, _S.AWAITING_RATIFICATION, _S.IN_EFFECT, or_stay=True
)
_HEARD = _from(PUT, or_stay=True) | _from([_S.ADVICE], _S.OPEN, or_stay=True)

MOVES = (
    Move(
        "put_forward",
        _from([_S.DRAFT], _S.ADVICE, _S.OPEN),
        frozenset({_P.PROPOSER}),
        "Put it forward",
        "A draft becomes a proposal; those whom the clause names are asked for advice.",
    ),
    Move(
        "amend",
        _from([_S.DRAFT, *PUT], or_stay=True),
        frozenset({_P.PROPOSER}),
        "Change the wording",
        "The words change, the question does not; earlier words stay in the record.",
    ),
    Move(
        "ask_advice",
        _from(PUT, or_stay=True) | _from([_S.OPEN], _S.ADVICE),
        frozenset({_P.PROPOSER, _P.HOLDER}),
        "Ask someone for advice",
        "One more person is asked.",
    ),
    Move(
        "give_advice",
        _HEARD,
        frozenset({_P.ADVISER, _P.READER}),
        "Give advice",
        "Someone says what they think; whoever was not asked may say so too. The last answer awaited opens it.",
    ),
    Move(
        "decline_to_advise",
        _HEARD,
        frozenset({_P.ADVISER}),
        "I have nothing to add",
        "Someone asked has nothing to say. That counts as an answer.",
    ),
    Move(
        "say_what_was_made_of_it",
        _from(PUT | AGREED, or_stay=True),
        frozenset({_P.PROPOSER, _P.HOLDER, _P.DECIDER}),
        "Say what was made of it",
        "An adviser hears what their advice changed, or why it changed nothing.",
    ),
    Move(
        "take_decision",
        _CLOSING,
        frozenset({_P.HOLDER}),
        "Decide",
        "Agreed or declined. The route is worked out again in the same transaction; where it has moved, or another "
        "signature is wanting, nothing is decided yet.",
    ),
    Move(
        "co_sign",
        _CLOSING,
        frozenset({_P.CO_SIGNER}),
        "Sign as well",
        "A second signature, by another person. The last one closes the decision.",
    ),
    Move(
        "escalate",
        _from(PUT, _S.ESCALATED),
        frozenset({_P.PROPOSER, _P.HOLDER}),
        "Send it up",
        "The rung above may decide as well; whoever lawfully decides first has decided.",
    ),
    Move(
        "dispute",
        _from(PUT, _S.DISPUTED),
        frozenset({_P.AFFECTED}),
        "Dispute it",
        "An organisation that it affects does not accept that it goes on. Things stay as they are meanwhile.",
    ),
    Move(
        "settle",
        _from([_S.DISPUTED], _S.ADVICE, _S.OPEN),
        frozenset({_P.AFFECTED}),
        "The dispute is settled",
        "Those who disputed it let it go on.",
    ),
    Move(
        "withdraw",
        _from([*UNDECIDED, _S.HALTED], _S.WITHDRAWN),
        frozenset({_P.PROPOSER}),
        "Withdraw it",
        "The proposer takes it back before it is decided.",
    ),
    Move(
        "confirm",
        _from([_S.AWAITING_CONFIRMATION], _S.AGREED, _S.IN_EFFECT, _S.AWAITING_RATIFICATION, _S.LAPSED),
        frozenset({_P.CONFIRMER}),
        "Confirm",
        "It stands, or where confirmation is refused it lapses.",
    ),
    Move(
        "ratify",
        _from([_S.AWAITING_RATIFICATION], _S.AGREED, _S.IN_EFFECT, _S.LAPSED),
        frozenset({_P.RATIFIER}),
        "Ratify",
        "It stands for good, or where ratification is refused it lapses.",
    ),
    Move(
        "bring_into_effect",
        _from([_S.AGREED], _S.IN_EFFECT) | _from([_S.AWAITING_RATIFICATION], or_stay=True),
        frozenset({_P.DECIDER, _P.PROPOSER}),
        "It is in effect",
        "What was agreed has begun. One that awaits ratification goes on waiting for it.",
    ),
    Move(
        "review",
        _from([_S.IN_EFFECT, _S.REVIEWED], _S.REVIEWED, _S.REVERSED),
        frozenset({_P.DECIDER, _P.HOLDER}),
        "Review it",
        "What was foreseen stands beside what happened: keep, adapt or reverse.",
    ),
    Move(
        "reverse",
        _from([*AGREED, _S.HALTED], _S.REVERSED),
        frozenset({_P.DECIDER, _P.HOLDER}),
        "Reverse it",
        "It no longer holds, and what it committed counts no longer.",
    ),
    Move(
        "supersede",
        _from(STANDING, _S.SUPERSEDED),
        frozenset({_P.HOLDER}),
        "",
        "A later decision, taken by its own rightful holder, stands in its place.",
    ),
    Move(
        "halt",
        _from(PUT | AGREED, _S.HALTED),
        frozenset({_P.READER}),
        "Stop the line",
        "Anyone may stop what is unsafe, at once.",
    ),
    Move(
        "resume",
        _from([_S.HALTED], *PUT, *AGREED),
        frozenset({_P.HOLDER, _P.DECIDER}),
        "Let it go on",
        "The rightful holder lets it go on from where it was.",
    ),
    Move(
        "lapse",
        _from([_S.AWAITING_CONFIRMATION], _S.LAPSED),
        frozenset({_P.CLOCK}),
        "",
        "Nobody confirmed it in time.",
    ),
    Move(
        "expire",
        _from(STANDING, _S.EXPIRED),
        frozenset({_P.CLOCK}),
        "",
        "The term for which it was agreed is over.",
    ),
)
BY_NAME = {move.name: move for move in MOVES}


def moves_open(state: State, parts: frozenset[Part]) -> tuple[Move, ...]:
    """The moves that someone with these parts may make in a state, in the order of the table."""
    return tuple(move for move in MOVES if state in move.leads and not move.who.isdisjoint(parts))
