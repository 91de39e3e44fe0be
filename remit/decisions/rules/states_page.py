"""The page of the documentation that shows the states and moves, drawn from the table."""

from __future__ import annotations

from collections.abc import Iterable

from remit.decisions.rules.states import MOVES, WHO_WORDS, Move, Part, State
from remit.kernel.words import joined, sentence

_MEANINGS = {
    State.DRAFT: "being written; not put to anyone",
    State.ADVICE: "put, and waiting for advice",
    State.OPEN: "heard, and waiting for whoever may decide",
    State.ESCALATED: "sent up: the rungs above may decide as well",
    State.DISPUTED: "an organisation that it affects does not accept that it goes on",
    State.AWAITING_CONFIRMATION: "agreed; takes effect only when confirmed",
    State.AWAITING_RATIFICATION: "agreed, and stands meanwhile; lapses if ratification is refused",
    State.AGREED: "agreed; stands",
    State.IN_EFFECT: "agreed, and it has begun",
    State.REVIEWED: "what happened was set beside what was foreseen",
    State.HALTED: "stopped by someone; goes on, or is withdrawn or reversed",
    State.DECLINED: "decided: no",
    State.WITHDRAWN: "taken back by its proposer",
    State.LAPSED: "not confirmed in time, or confirmation or ratification refused",
    State.EXPIRED: "its term is over",
    State.REVERSED: "no longer holds; what it committed counts no longer",
    State.SUPERSEDED: "a later decision stands in its place",
}


def page() -> str:
    """The whole page, in Markdown with a Mermaid diagram."""
    return "\n".join(
        [
            "# The states of a decision",
            "",
            "Drawn from the table in `remit/decisions/rules/states.py`; a test fails when this page is behind it.",
            "Bring it up to date with `python manage.py write_decision_states`.",
            "",
            "| State | Meaning |",
            "| --- | --- |",
            *(f"| {_words(state)} | {sentence(_MEANINGS[state])} |" for state in State),
            "",
            "## Moves",
            "",
            "| Move | From | To | By | What it is |",
            "| --- | --- | --- | --- | --- |",
            *(
                f"| `{move.name}` | {_list(start)} | {_list(ends)} | {_who(move.who)} | {move.says} |"
                for move in MOVES
                for start, ends in _grouped(move)
            ),
            "",
            "## Diagram",
            "",
            "Moves that leave the state as it is, and *halt* and *resume*, are left out.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            "    [*] --> draft",
            *_arrows(),
            "```",
            "",
        ]
    )


def _arrows() -> Iterable[str]:
    drawn: dict[tuple[State, State], list[str]] = {}
    for move in MOVES:
        if move.name in ("halt", "resume"):
            continue
        for start in State:
            for end in State:
                if start is not end and end in move.leads.get(start, ()):
                    drawn.setdefault((start, end), []).append(move.name)
    for (start, end), names in drawn.items():
        yield f"    {start} --> {end}: {', '.join(names)}"


def _grouped(move: Move) -> Iterable[tuple[list[State], list[State]]]:
    """The states that lead to the same ones, together; a move that stays says so by its own state."""
    together: dict[tuple[State, ...], list[State]] = {}
    for start in State:
        if start in move.leads:
            ends = tuple(end for end in State if end in move.leads[start])
            together.setdefault(ends, []).append(start)
    return [(starts, list(ends)) for ends, starts in together.items()]


def _words(state: State) -> str:
    return state.value.replace("_", " ")


def _list(states: list[State]) -> str:
    return ", ".join(_words(state) for state in states)


def _who(parts: frozenset[Part]) -> str:
    return joined([WHO_WORDS[part] for part in Part if part in parts], "or")
