"""Page-ready values that components show: counts, dates and states are worked out here, never in a template."""

from remit.shell.presenters.clocks import Clock, clock_of
from remit.shell.presenters.lines import Face, Fact, Line, Link, Proof
from remit.shell.presenters.pager import Pager, pager_of
from remit.shell.presenters.staircase import Rung, RungState

__all__ = [
    "Clock",
    "Face",
    "Fact",
    "Line",
    "Link",
    "Pager",
    "Proof",
    "Rung",
    "RungState",
    "clock_of",
    "pager_of",
]
