"""The NHS in England as its official files have it: read, placed, compared with what stands."""

from remit.network.rules.england.comparing import (
    Changes,
    Closed,
    Moved,
    Present,
    PresentOrganisation,
    Renamed,
    as_present,
    compare,
)
from remit.network.rules.england.mapping import EnglandMapping, FileMapping, read_mapping
from remit.network.rules.england.placing import read_england, wanted_files
from remit.network.rules.england.plan import (
    England,
    Kind,
    Listed,
    Membership,
    Organisation,
    Succession,
    System,
)
from remit.network.rules.england.refusals import BadFile

__all__ = [
    "BadFile",
    "Changes",
    "Closed",
    "England",
    "EnglandMapping",
    "FileMapping",
    "Kind",
    "Listed",
    "Membership",
    "Moved",
    "Organisation",
    "Present",
    "PresentOrganisation",
    "Renamed",
    "Succession",
    "System",
    "as_present",
    "compare",
    "read_england",
    "read_mapping",
    "wanted_files",
]
