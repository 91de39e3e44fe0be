"""Bodies: their seats, sittings and quorum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from remit.network.rules.rows import BodyRow, Id


@dataclass(frozen=True, slots=True)
class BodySeat:
    """A seat in numbers: post or person is -1; `groups` are those of the post's role and its own."""

    post: int
    person: int
    voting: bool
    groups: frozenset[str]
    starts: int
    ends: int


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """Every body by id and by (party, code), with its seats and its sittings in order."""

    by_id: Mapping[Id, BodyRow]
    by_code: Mapping[tuple[Id, str], BodyRow]
    seats: Mapping[Id, tuple[BodySeat, ...]]
    sittings: Mapping[Id, tuple[int, ...]]


def quorate(body: BodyRow, seats: Sequence[BodySeat], taken: Callable[[BodySeat], int]) -> bool:
    """Whether enough different people can sit.

    Args:
        seats: those that there are at the moment of the sitting.
        taken: the number of the person who can take a seat, -1 where nobody can.
    The share is of all these voting seats, filled or not, rounded up; one person in two seats counts once.
    """
    voting = [seat for seat in seats if seat.voting]
    people: dict[int, set[str]] = {}
    for seat in voting:
        person = taken(seat)
        if person >= 0:
            people.setdefault(person, set()).update(seat.groups)
    least = max(body.quorum.number, 1)
    if body.quorum.share is not None:
        least = max(least, -(-len(voting) * body.quorum.share.numerator // body.quorum.share.denominator))
    if len(people) < least:
        return False
    return all(sum(group in groups for groups in people.values()) >= number for group, number in body.quorum.of.items())
