"""The ways in which a decision may lawfully be closed at a moment, read off the route.

A route has one part, or one for each organisation where it is joint. A part has one way,
the route's own rung, and one more for each rung above that it was sent up to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from remit.authority.rules.eligibility import held_by, signers
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.places import Asked, asked, holder_words, spec_words
from remit.authority.rules.rungs import Rung
from remit.authority.rules.scheme import Grant, Reservation
from remit.authority.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who may sign, in the appointment that lets them."""

    person: UUID
    name: str
    title: str
    appointment: UUID | None


@dataclass(frozen=True, slots=True)
class Second:
    """A co-signature that is needed, and who can give it."""

    words: str
    people: tuple[Signer, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One rung that may close one part.

    Args:
        party: whose part it is. unit: number of the rung's unit; -1 for a pool or a body.
        words: the holder: *site manager*, *estates committee*.
        body: the body that decides together, where one does; then nobody signs alone.
    """

    verdict: Verdict
    party: UUID
    words: str
    clause: str
    ref: str
    scheme: str
    unit: int
    grant: Grant | Reservation | None
    people: tuple[Signer, ...]
    seconds: tuple[Second, ...]
    body: UUID | None = None

    def signer(self, person: UUID) -> Signer | None:
        """The person as one who may decide this way."""
        return next((one for one in self.people if one.person == person), None)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that stands: for whose part, on which rung, and in which place of it.

    Whoever signed while it was theirs has signed, even when they are off duty by the time
    that the last signature is given; the rung must still be on the route then.
    """

    party: UUID
    ref: str
    slot: str
    seconds: bool
    agrees: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """What the signatures so far come to.

    Args:
        ways: of each part that is closed with agreement, the way in which it was.
        wanting: whom it still waits for, in words.
        decided: None while anything is wanting.
    """

    ways: tuple[Way, ...]
    wanting: tuple[str, ...]
    decided: bool | None


def leaves(verdict: Verdict) -> tuple[Verdict, ...]:
    """The parts of a route, each of one organisation or pool."""
    return tuple(leaf for part in verdict.parts for leaf in leaves(part)) if verdict.parts else (verdict,)


def ways(verdict: Verdict, *, up: int = 0) -> tuple[tuple[Way, ...], ...]:
    """For each part of a route, the rungs that may close it, nearest first.

    Args:
        up: how many rungs above the route may decide as well.
    """
    return tuple(tuple(_ways(leaf, up)) for leaf in leaves(verdict))


def holders(parts: Sequence[Sequence[Way]]) -> str:
    """Whom a decision waits for, in words: *the site manager, and the matron of the hospice*."""
    said = [f"the {way.words[:1].lower()}{way.words[1:]}" for part in parts for way in part[-1:]]
    return " and ".join(dict.fromkeys(said))


def closing(parts: Sequence[Sequence[Way]], signed: Iterable[Signed], *, separable: bool) -> Closing:
    """Weigh the signatures against the ways: is it decided, how, and whom does it wait for?

    One refusal declines it; where it is separable, each part goes its own way. Every
    signature counts once, for one part.
    """
    signatures = list(signed)
    used: list[Way] = []
    wanting: list[str] = []
    refused = agreed = 0
    for part in parts:
        mine = [one for one in signatures if part and one.party == part[0].party]
        if any(not one.agrees for one in mine):
            refused += 1
            continue
        missing = [_missing(way, mine) for way in part]
        done = next((way for way, wants in zip(part, missing, strict=True) if not wants), None)
        if done is not None:
            agreed += 1
            used.append(done)
        else:
            wanting += sorted(missing, key=len)[0] if missing else ("Somebody who may decide it",)
    if refused and not separable:
        return Closing((), (), False)
    if wanting:
        return Closing((), tuple(wanting), None)
    return Closing(tuple(used), (), agreed > 0)


def _missing(way: Way, mine: Sequence[Signed]) -> tuple[str, ...]:
    """Whose signatures a way still wants, in words."""
    here = [one for one in mine if one.ref == way.ref]
    filled = [one.slot for one in here if one.seconds]
    wants = [] if any(not one.seconds for one in here) else [way.words]
    for second in way.seconds:
        if second.words in filled:
            filled.remove(second.words)
        else:
            wants.append(second.words)
    return tuple(wants)


def _ways(leaf: Verdict, up: int) -> Iterable[Way]:
    if leaf.kept is not None:
        yield Way(
            verdict=leaf,
            party=_uuid(leaf.party_id),
            words=leaf.kept.body.name,
            clause=leaf.kept.reservation.clause,
            ref=leaf.kept.reservation.ref,
            scheme=_scheme(leaf),
            unit=-1,
            grant=leaf.kept.reservation,
            people=(),
            seconds=(),
            body=_uuid(leaf.kept.body.id),
        )
        return
    if leaf.rung is not None and leaf.outcome is not Outcome.HOLD:
        yield _way(leaf, leaf.rung, leaf.unit)
        for rung, unit in islice(leaf.above(), up):
            yield _way(leaf, rung, unit)


def _way(leaf: Verdict, rung: Rung, unit: int) -> Way:
    snapshot = leaf.world.snapshot
    before = leaf.asking.before(rung.answer_within)
    found = [one for one in signers(leaf.asking, rung, unit, before) if one.person >= 0]
    if leaf.unstated:
        found = []  # a quantity that a limit stands against was left out: nobody may sign
    slots = [held_by(leaf.asking, one, unit, before, deputies=rung.deputies) for one in rung.co_signers]
    return Way(
        verdict=leaf,
        party=_uuid(leaf.party_id),
        words=holder_words(rung, unit, snapshot, found[0] if found else None),
        clause="" if leaf.gap else rung.grant.clause,
        ref="" if leaf.gap else str(rung.key[-1]),
        scheme=_scheme(leaf),
        unit=unit,
        grant=None if leaf.gap else rung.grant,
        people=tuple(_signer(asked(one, snapshot)) for one in found),
        seconds=tuple(
            Second(
                spec_words(slot.spec, holder.role_group, snapshot),
                tuple(_signer(asked(one, snapshot)) for one in slot.found if one.person >= 0),
            )
            for slot, holder in zip(slots, rung.grant.co_signers, strict=True)
        ),
        body=_uuid(rung.body.id) if rung.body is not None else None,
    )


def _signer(one: Asked) -> Signer:
    return Signer(
        person=_uuid(one.person_id),
        name=one.name,
        title=one.title,
        appointment=None if one.appointment_id is None else _uuid(one.appointment_id),
    )


def _scheme(leaf: Verdict) -> str:
    scheme = leaf.scheme.scheme
    return f"{scheme.code} {scheme.edition}"


def _uuid(given: object) -> UUID:
    return given if isinstance(given, UUID) else UUID(str(given))
