"""The answer: who may decide, and all that it rests on. It explains itself when asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import gt
from typing import Any

from remit.authority.rules import explanation, recorded
from remit.authority.rules.amounts import NO_LIMIT, NOT_STATED, Amounts
from remit.authority.rules.asking import Asking
from remit.authority.rules.case import Case, Id
from remit.authority.rules.eligibility import Found, held_by, in_body, second_signatures, signers
from remit.authority.rules.index import CompiledScheme
from remit.authority.rules.matters import MatterFacts
from remit.authority.rules.outcomes import NotPooled, Outcome
from remit.authority.rules.places import Asked, CoSigner, Place, asked, place, spec_words
from remit.authority.rules.rungs import Kept, Ladder, Rung
from remit.authority.rules.scheme import Grant, May, Reservation
from remit.authority.rules.walk import Stand
from remit.authority.rules.working import Working, every_rung, working
from remit.authority.rules.world import World
from remit.network.rules.moments import NEVER, as_moment
from remit.network.rules.rows import Tenure

__all__ = ["NotPooled", "Outcome", "Verdict"]


@dataclass(slots=True, eq=False)
class Verdict:
    """Who may decide a case at a moment. What is asked of it is worked out then, from the same snapshot.

    Args:
        depth: of the node whose grants compete; -1 where nothing mentions the matter.
        cover: number of the smallest unit that covers the case; -1 in a pool or a joint route.
        found: who may sign, soonest first; empty on hold.
        passed: the nearer rungs whose limits suffice and where nobody can answer in time.
        gap: no clause covers the case, or every limit is too small.
        needed: the matter names a party of the parts, whose own decision is needed as well.
    """

    outcome: Outcome
    world: World
    asking: Asking
    scheme: CompiledScheme
    ladder_: Ladder
    depth: int
    cover: int
    amounts: Amounts
    affected_numbers: tuple[int, ...] = ()
    rung: Rung | None = None
    unit: int = -1
    found: Sequence[Found] = ()
    passed: Sequence[Stand] = ()
    kept: Kept | None = None
    gap: bool = False
    parts: tuple[Verdict, ...] = ()
    not_pooled: NotPooled | None = None
    needed: bool = False
    _rest: Iterator[Stand] | None = None  # where the walk stopped, to go on from when asked
    _further: list[Stand] = field(default_factory=list)

    # What was asked

    @property
    def case(self) -> Case:
        return self.asking.case

    @property
    def at(self) -> datetime:
        """The moment, to the second."""
        return datetime.fromtimestamp(self.asking.at, UTC)

    @property
    def matter(self) -> MatterFacts:
        return self.ladder_.matter

    @property
    def party_id(self) -> Id:
        """Whose scheme it is: the organisation, or the system of a pool; the asker's organisation when joint."""
        return self.scheme.party_id

    @property
    def affected(self) -> tuple[Id, ...]:
        """The units affected, those that depend on them included."""
        return tuple(self.world.snapshot.tree.ids[unit] for unit in dict.fromkeys(self.affected_numbers))

    @property
    def separable(self) -> bool:
        """Whether those who agree may go ahead without the others; never without a party that the matter names."""
        return bool(self.parts) and self.case.separable and not self.needed

    @property
    def asker(self) -> int:
        """The number of the asker; -1 where nobody is named."""
        asker = self.case.asker
        return -1 if asker is None else self.world.snapshot.staffing.person_number.get(asker, -1)

    # Who may

    @property
    def people(self) -> tuple[Asked, ...]:
        """Who may sign, soonest first; each may alone, with the co-signers. On hold: who could, and from when."""
        found = self.found
        if self.outcome is Outcome.HOLD:
            found = self.could[2] if self.could else ()
        return tuple(asked(one, self.world.snapshot) for one in found if one.person >= 0)

    @property
    def body_id(self) -> Id | None:
        """The body that decides, where one does."""
        if self.kept is not None:
            return self.kept.body.id
        return self.rung.body.id if self.rung is not None and self.rung.body is not None else None

    @property
    def sits_at(self) -> datetime | None:
        """When the body sits; None where it resolves in writing, or there is no body."""
        if self.body_id is None or not self.found or self.found[0].soonest == self.asking.at:
            return None
        return as_moment(self.found[0].soonest)

    @property
    def co_signers(self) -> tuple[CoSigner, ...]:
        """Who must sign as well, each a different natural person."""
        if self.rung is None or not self.rung.co_signers:
            return ()
        snapshot = self.world.snapshot
        seconds = second_signatures(self.asking, self.rung, self.unit, self.asking.before(self.rung.answer_within))
        return tuple(
            CoSigner(
                spec_words(second.spec, holder.role_group, snapshot),
                tuple(asked(one, snapshot) for one in second.found if one.person >= 0),
                second.spec.body.id if second.spec.body is not None else None,
            )
            for second, holder in zip(seconds, self.rung.grant.co_signers, strict=True)
        )

    @property
    def you_can(self) -> bool:
        """Whether the asker may sign, alone or among several."""
        return self.case.asker is not None and self._names(self.case.asker)

    def allows(self, person_id: Id) -> bool:
        """Whether this person may sign, with every limited quantity stated; when joint, one of the parts."""
        if self.parts:
            return any(part.allows(person_id) for part in self.parts)
        return not self.unstated and self._names(person_id)

    def _names(self, person_id: Id) -> bool:
        if self.parts:
            return any(part._names(person_id) for part in self.parts)
        number = self.world.snapshot.staffing.person_number.get(person_id, -1)
        return any(one.person == number >= 0 for one in self.found)

    # What it rests on

    @property
    def grant(self) -> Grant | Reservation | None:
        """The grant or reservation that it is decided under; None where no clause covers it."""
        if self.kept is not None:
            return self.kept.reservation
        return self.rung.grant if self.rung is not None and not self.gap else None

    @property
    def clause(self) -> str:
        """The clause cited; empty where none covers the case. On hold, that of the nearest who could."""
        if self.grant is not None:
            return self.grant.clause
        return self.passed[0][0].grant.clause if self.passed and not self.gap else ""

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause cited, of every part."""
        return tuple(part.clause for part in self.parts) if self.parts else (self.clause,) if self.clause else ()

    @property
    def place(self) -> Place | None:
        """The rung that decides; None for a reservation, on hold, and when joint."""
        return None if self.rung is None else place(self.rung, self.unit, self)

    @property
    def unstated(self) -> tuple[str, ...]:
        """The quantities that a limit here stands against and the case left out."""
        if self.parts:
            return tuple(dict.fromkeys(code for part in self.parts for code in part.unstated))
        if self.depth < 0 or self.gap:
            return ()
        stairs = self.scheme.stairs(self.ladder_, self.depth)
        limited = [rung.limits for rung, _ in every_rung(self, stairs)]
        above = [kept.above for kept in stairs.kept]
        return tuple(
            code
            for i, code in enumerate(self.matter.codes)
            if self.amounts[i] == NOT_STATED
            and (any(limits[i] < NO_LIMIT for limits in limited) or any(amounts[i] >= 0 for amounts in above))
        )

    @property
    def over_every_limit(self) -> bool:
        """In a gap, whether anybody here holds this up to some smaller amount."""
        if self.depth < 0:
            return False
        asking, roles_at = self.asking, self.world.snapshot.staffing.roles_at
        return any(
            rung.starts <= asking.at < rung.ends
            and (unit < 0 or rung.mask < 0 or bool(rung.mask & roles_at[unit]))
            and any(map(gt, self.amounts, rung.limits))
            and asking.holds(rung.when)
            for rung, unit in every_rung(self, self.scheme.stairs(self.ladder_, self.depth))
        )

    def beside(self, may: May) -> tuple[Grant, ...]:
        """The grants to propose, confirm or ratify on this node that are in date and in condition."""
        if self.depth < 0:
            return ()
        return self.scheme.beside(self.ladder_, self.depth, may, self.asking)

    # Hold

    @property
    def needed_before(self) -> int:
        """The second before which an answer was looked for; the longest, where rungs have their own time."""
        within = [rung.answer_within for rung, _ in self.passed] or [self.kept.answer_within if self.kept else None]
        return max(self.asking.before(span) for span in within)

    @property
    def could(self) -> tuple[Rung, int, Sequence[Found]] | None:
        """On hold, the nearest rung on which somebody could decide later."""
        stands = [(self.rung, self.unit)] if self.rung is not None else self.passed
        for rung, unit in stands:
            found = signers(self.asking, rung, unit, NEVER)
            if found:
                return rung, unit, found
        return None

    @property
    def could_second(self) -> int:
        """On hold, the second at which all signatures could be given."""
        if self.kept is not None:
            found: Sequence[Found] = in_body(self.asking, self.kept.body, NEVER)
            return found[0].soonest if found else NEVER
        could = self.could
        if could is None:
            return NEVER
        rung, unit, found = could
        seconds = second_signatures(self.asking, rung, unit, NEVER)
        return max(found[0].soonest, *(second.found[0].soonest for second in seconds)) if seconds else found[0].soonest

    @property
    def could_from(self) -> datetime | None:
        """On hold, from when somebody could decide; None where no such time is known."""
        return as_moment(self.could_second) if self.outcome is Outcome.HOLD else None

    @property
    def told(self) -> tuple[Asked, ...]:
        """On hold, the residual holder, who is told, on duty or not."""
        if self.outcome is not Outcome.HOLD:
            return ()
        _, holder = self.scheme.residual()
        second = held_by(self.asking, holder, self.cover, NEVER, deputies=True)
        return tuple(asked(one, self.world.snapshot) for one in second.found if one.person >= 0)

    # Above

    def above(self) -> Iterator[Stand]:
        """The rungs above the route whose limits suffice, nearest first: the escalation ladder."""
        if self.depth < 0 or self.rung is None or self.gap:
            return
        yield from self._further
        while self._rest is not None:
            stand = next(self._rest, None)
            if stand is None:
                self._rest = None
            else:
                self._further.append(stand)
                yield stand

    def ladder(self) -> tuple[Place, ...]:
        """The escalation ladder as it is shown."""
        return tuple(place(rung, unit, self) for rung, unit in self.above())

    def next_stand(self) -> Stand | None:
        """The nearest rung above the route on which somebody could decide in time."""
        for rung, unit in self.above():
            if signers(self.asking, rung, unit, self.asking.before(rung.answer_within)):
                return rung, unit
        return None

    def askers_rung(self) -> Rung | None:
        """The rung that the asker holds and whose limit the case is over; None where there is none."""
        asker = self.asker
        if asker < 0 or self.depth < 0 or self.cover < 0:
            return None
        snapshot, at = self.world.snapshot, self.asking.at
        stairs = self.scheme.stairs(self.ladder_, self.depth)
        held: list[Rung] = []
        for post in snapshot.staffing.person_posts(asker):
            seats = [s for s in snapshot.staffing.seats(post) if s.person == asker and s.starts <= at < s.ends]
            unit, role = snapshot.staffing.post_unit[post], snapshot.staffing.post_role[post]
            if not seats or self.cover not in snapshot.tree.inside(unit):
                continue
            here = stairs.here(unit, snapshot.tree.kind[unit])
            held += [
                rung
                for rung in here
                if role in rung.roles
                and (rung.deputies or any(seat.kind == Tenure.SUBSTANTIVE for seat in seats))
                and rung.starts <= at < rung.ends
                and self.asking.holds(rung.when)
                and any(given > limit for given, limit in zip(self.amounts, rung.limits, strict=True))
            ]
        return max(held, key=lambda rung: rung.key, default=None)

    # In words and as data

    @property
    def headline(self) -> str:
        """What to do, in a few words: *You can*, *Ask the site manager on call*, *Hold*."""
        return explanation.headline(self)

    @property
    def explanation(self) -> str:
        """Who and why in two sentences, with the clause."""
        return explanation.explanation(self)

    def working(self) -> Working:
        """Every rung walked, every grant considered, and the one reason each is not the route."""
        return working(self)

    def as_data(self) -> dict[str, Any]:
        """The answer as it is stored with its case, ready for JSON."""
        return recorded.as_data(self)
