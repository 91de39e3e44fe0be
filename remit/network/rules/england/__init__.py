"""The NHS in England as its official files have it: read, placed, compared with what stands."""

from remit.network.rules.england.arrivals import arrivals_of, arrivals_within, beginning_of, end_of
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
from remit.network.rules.england.template import TrustInside, TrustTemplate, inside_of, read_template

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
    "TrustInside",
    "TrustTemplate",
    "arrivals_of",
    "arrivals_within",
    "as_present",
    "beginning_of",
    "compare",
    "end_of",
    "inside_of",
    "read_england",
    "read_mapping",
    "read_template",
    "wanted_files",
]
