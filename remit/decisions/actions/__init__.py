"""Changing decisions: the only writer of their tables."""

from remit.decisions.actions.advice import ask_advice, decline_to_advise, give_advice, say_what_was_made_of_it
from remit.decisions.actions.after import dispute, escalate, halt, resume, reverse, review, settle
from remit.decisions.actions.clock import end_what_is_over
from remit.decisions.actions.opening import amend, open_decision, put_forward, withdraw
from remit.decisions.actions.standing import bring_into_effect, confirm, expire, lapse, ratify
from remit.decisions.actions.taking import co_sign, decide_now, take_decision

__all__ = [
    "amend",
    "ask_advice",
    "bring_into_effect",
    "co_sign",
    "confirm",
    "decide_now",
    "decline_to_advise",
    "dispute",
    "end_what_is_over",
    "escalate",
    "expire",
    "give_advice",
    "halt",
    "lapse",
    "open_decision",
    "put_forward",
    "ratify",
    "resume",
    "reverse",
    "review",
    "say_what_was_made_of_it",
    "settle",
    "take_decision",
    "withdraw",
]
