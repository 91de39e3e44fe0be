"""Reading authority: answers, places, and the world they are asked in."""

from remit.authority.queries.answers import Answer, answer, answered
from remit.authority.queries.holdings import Holding, holdings
from remit.authority.queries.levels import Level, levels, opel_of
from remit.authority.queries.places import Place, others_for, places_for

__all__ = [
    "Answer",
    "Holding",
    "Level",
    "Place",
    "answer",
    "answered",
    "holdings",
    "levels",
    "opel_of",
    "others_for",
    "places_for",
]
