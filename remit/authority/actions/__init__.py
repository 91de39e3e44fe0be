"""Changing authority: schemes, conditions, delegations, cases and what they commit."""

from remit.authority.actions.cases import commit_exposure, put_case, reverse_exposure
from remit.authority.actions.conditions import declare_incident, end_incident, set_opel
from remit.authority.actions.delegations import delegate, revoke
from remit.authority.actions.schemes import adopt_first, adopt_on_strength, draft_scheme, read_in_taxonomy

__all__ = [
    "adopt_first",
    "adopt_on_strength",
    "commit_exposure",
    "declare_incident",
    "delegate",
    "draft_scheme",
    "end_incident",
    "put_case",
    "read_in_taxonomy",
    "reverse_exposure",
    "revoke",
    "set_opel",
]
