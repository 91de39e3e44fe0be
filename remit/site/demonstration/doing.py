"""Takes one step of the made-up past, as somebody who could then."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps

from remit.authority.actions import delegate, revoke, set_opel
from remit.kernel.errors import NotFound
from remit.network.queries import present
from remit.promises.actions import keep, make_promise, say_not_kept
from remit.promises.rules.owed import Arising, Owed
from remit.site.demonstration.cast import Cast, chance_of
from remit.site.demonstration.deciding import Deciding
from remit.site.demonstration.past import Past, PastDecision, PastDelegation, PastLevel
from remit.site.demonstration.steps import Step, StepKind

AGAIN = timedelta(hours=6)  # a promise waits so long for its decision to be taken


class Doing:
    """One past, on the network of this database."""

    def __init__(self, past: Past, *, seed: int) -> None:
        self.past, self.seed = past, seed

    @cached_property
    def parties(self) -> dict[str, UUID]:
        return dict(apps.get_model("network.Party").objects.values_list("code", "id"))

    @cached_property
    def units(self) -> dict[str, UUID]:
        rows = apps.get_model("network.Unit").objects.values_list("organisation__code", "code", "id")
        return {f"{party}/{code}": unit for party, code, unit in rows}

    @cached_property
    def posts(self) -> dict[str, UUID]:
        codes = ("unit__organisation__code", "unit__code", "code", "id")
        rows = apps.get_model("network.Post").objects.values_list(*codes)
        return {f"{party}/{unit}/{code}": post for party, unit, code, post in rows}

    def take(self, step: Step, *, at: datetime) -> datetime | None:
        """Take a step. Gives the moment at which somebody can take it, where nobody can now.

        Raises: RemitError, where the rules of the system refuse it.
        """
        match step.of, step.kind:
            case PastLevel() as level, _:
                self._set_level(level, at=at)
            case PastDelegation() as passed, StepKind.DELEGATE:
                self._pass_on(passed, at=at)
            case PastDelegation() as passed, _:
                self._revoke(passed, at=at)
            case PastDecision() as decision, StepKind.PROMISE:
                return self._promise(decision, at=at)
            case PastDecision() as decision, StepKind.END_PROMISE:
                self._end_promise(decision, at=at)
            case PastDecision() as decision, kind:
                return self._decisions(at).take(kind, decision)
        return None

    def is_waiting(self, decision: PastDecision) -> bool:
        """Whether a decision was asked for and is not taken."""
        return Deciding.is_waiting(decision)

    def _cast(self, at: datetime) -> Cast:
        return Cast(present(at=at), at)

    def _decisions(self, at: datetime) -> Deciding:
        return Deciding(self._cast(at), self.units, self.posts, rng=chance_of(at, self.seed))

    def _set_level(self, level: PastLevel, *, at: datetime) -> None:
        cast = self._cast(at)
        party = cast.snapshot.partnerships.parties[self.parties[level.party]]
        by = cast.in_role(party.convenor_id or party.id, level.roles, rng=chance_of(at, self.seed))
        if by is None:
            raise NotFound("holder of a post that sets the level")
        set_opel(self.parties[level.party], level.level, by=by, at=at)

    def _pass_on(self, passed: PastDelegation, *, at: datetime) -> None:
        by = self._cast(at).in_post(self.posts[passed.from_post])
        if by is None:
            raise NotFound("holder of the post that passes it on")
        delegate(
            self.parties[passed.from_post.partition("/")[0]],
            passed.grant,
            starts_at=at,
            ends_at=passed.until,
            document=passed.words,
            limits=passed.limits,
            to_post=self.posts[passed.to_post],
            by=by,
            at=at,
        )

    def _revoke(self, passed: PastDelegation, *, at: datetime) -> None:
        rows = apps.get_model("authority.Delegation").objects
        row = rows.filter(from_post=self.posts[passed.from_post], starts_at=passed.at, revoked_at=None).first()
        by = self._cast(at).in_post(self.posts[passed.from_post])
        if row is not None and by is not None:
            revoke(row.pk, by=by, at=at)

    def _promise(self, decision: PastDecision, *, at: datetime) -> datetime | None:
        taken, promised = Deciding.found(decision), decision.promise
        if taken is None or promised is None:
            return None
        if taken.decided_at is None:
            return at + AGAIN
        by = self._cast(at).person(taken.decided_by_id, taken.decided_in_id)
        if by is None:
            return None
        make_promise(
            promised.words,
            owed_to=Owed(f"everyone at {taken.unit.name}", unit=taken.unit_id),
            due_at=promised.due_at,
            arising=Arising("decisions.decision", taken.pk, taken.title),
            by=by,
            at=at,
        )
        return None

    def _end_promise(self, decision: PastDecision, *, at: datetime) -> None:
        taken, promised = Deciding.found(decision), decision.promise
        promise: Any = (
            taken
            and apps.get_model("promises.Promise")
            .objects.filter(arising_id=taken.pk, words=promised.words if promised else "", status="made")
            .first()
        )
        by = promise and self._cast(at).person(promise.made_by_id, promise.made_in_id)
        if promise is None or by is None or promised is None:
            return
        if promised.reason:
            say_not_kept(promise.pk, reason=promised.reason, by=by, at=at)
        else:
            keep(promise.pk, by=by, at=at)
