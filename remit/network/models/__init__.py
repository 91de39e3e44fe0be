"""The tables of the network, one file for each idea."""

from remit.network.models.accounts import Account
from remit.network.models.bodies import Body, BodyMember, Sitting
from remit.network.models.parties import Membership, Party
from remit.network.models.people import Absence, Appointment, Duty, Interest, Person, Post, Role, RoleGroup
from remit.network.models.state import Change, State
from remit.network.models.units import Dependency, Edition, Numbering, Site, SiteUnit, Unit

__all__ = [
    "Absence",
    "Account",
    "Appointment",
    "Body",
    "BodyMember",
    "Change",
    "Dependency",
    "Duty",
    "Edition",
    "Interest",
    "Membership",
    "Numbering",
    "Party",
    "Person",
    "Post",
    "Role",
    "RoleGroup",
    "Site",
    "SiteUnit",
    "Sitting",
    "State",
    "Unit",
]
