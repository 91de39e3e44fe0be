"""Reading decisions: one with its page, those that wait for somebody, those at a place, the register."""

from remit.decisions.queries.audience import audience_of, visible
from remit.decisions.queries.lines import DecisionLine, WaitingLine
from remit.decisions.queries.lists import (
    Filters,
    Register,
    decided_at_unit,
    decisions_around,
    decisions_waiting_for,
    open_at_unit,
    register,
)
from remit.decisions.queries.page import AdviceLine, DecisionPage, card, decision_page, words_of

__all__ = [
    "AdviceLine",
    "DecisionLine",
    "DecisionPage",
    "Filters",
    "Register",
    "WaitingLine",
    "audience_of",
    "card",
    "decided_at_unit",
    "decision_page",
    "decisions_around",
    "decisions_waiting_for",
    "open_at_unit",
    "register",
    "visible",
    "words_of",
]
