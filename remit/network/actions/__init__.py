"""Changing the network. Each change is recorded, and every process's snapshot catches up with it."""

from remit.network.actions.accounts import end_account, give_account
from remit.network.actions.loading import load
from remit.network.actions.parties import close_party, join, leave, rename_party
from remit.network.actions.staffing import appoint, end_appointment, load_duty, record_absence
from remit.network.actions.units import close_unit, move_unit, open_unit

__all__ = [
    "appoint",
    "close_party",
    "close_unit",
    "end_account",
    "end_appointment",
    "give_account",
    "join",
    "leave",
    "load",
    "load_duty",
    "move_unit",
    "open_unit",
    "record_absence",
    "rename_party",
]
