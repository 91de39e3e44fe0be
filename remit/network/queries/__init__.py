"""Reading the network."""

from remit.network.queries.acting import Capacity, actor_in, actor_of, capacities, name_of, post_words
from remit.network.queries.snapshots import forget, present, uuid_of

__all__ = ["Capacity", "actor_in", "actor_of", "capacities", "forget", "name_of", "post_words", "present", "uuid_of"]
