"""Reading the network."""

from remit.network.queries.acting import Capacity, actor_in, actor_of, capacities, post_words
from remit.network.queries.snapshots import present

__all__ = ["Capacity", "actor_in", "actor_of", "capacities", "post_words", "present"]
