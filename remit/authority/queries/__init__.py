"""Reading authority: answers, places, and the world they are asked in."""

from remit.authority.queries.answers import Answer, answer, answered
from remit.authority.queries.places import Place, others_for, places_for

__all__ = ["Answer", "Place", "answer", "answered", "others_for", "places_for"]
