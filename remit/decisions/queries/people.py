"""Whom one could ask about a decision: those who fill the posts where it falls, and above."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from remit.decisions.models import Asked, Decision
from remit.kernel.actor import Actor
from remit.network.queries import present, uuid_of
from remit.promises.queries import Colleague

MOST = 200


def could_advise(decision_id: UUID, *, seen_by: Actor, at: datetime) -> tuple[Colleague, ...]:
    """Those who fill a post at a unit that it concerns or at one above, nearest first, without those asked already."""
    snapshot = present(at=at)
    tree = snapshot.tree
    concerned = Decision.units.through.objects.filter(decision=decision_id).values_list("unit_id", flat=True)
    units: dict[int, None] = {}
    for unit_id in concerned:
        if unit_id in tree.number:
            units |= dict.fromkeys(tree.ancestors(tree.number[unit_id]))
    asked = Asked.objects.filter(decision=decision_id, part=Asked.Part.ADVISE).values_list("person_id", flat=True)
    found: dict[UUID, str] = {}
    left_out = {*asked, seen_by.person}
    for unit in units:
        for post in snapshot.posts_at(tree.ids[unit]):
            title = snapshot.title(snapshot.staffing.post_number[post.id])
            for filled in snapshot.filling(post.id, at):
                person = uuid_of(filled.person_id)
                if person not in left_out:
                    found.setdefault(person, f"{snapshot.name(person)}, {title}, {tree.names[unit]}")
        if len(found) >= MOST:
            break
    return tuple(Colleague(person, words) for person, words in list(found.items())[:MOST])
