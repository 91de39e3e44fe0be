"""OPEL levels and declared incidents: what a grant may wait for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from remit.authority.actions.versions import note
from remit.authority.errors import MayNotDeclare
from remit.authority.models import ConditionState
from remit.authority.rules.declaring import LEVELS, declarers, incident_kinds
from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotFound, NotValid
from remit.ledger.actions import action, nothing_to_change, record
from remit.network.models import Appointment, Party


@action
def set_opel(party_id: UUID, level: int, *, by: Actor, at: datetime) -> ConditionState:
    """Set the OPEL level of an organisation or a system. A system's counts for all in it.

    Raises: MayNotDeclare; NotValid, for a level that is none.
    """
    if level not in LEVELS:
        raise NotValid(f"OPEL levels are {LEVELS[0]} to {LEVELS[-1]}.", level="is none of them")
    party = _party(party_id)
    _require_declarer(by, party, "opel", at=at)
    running = _running(party_id, ConditionState.Kind.OPEL, at=at)
    was = running[0].value if running else ""
    if was == str(level):
        nothing_to_change()
        return running[0]
    for earlier in running:
        earlier.ends_at = at
        earlier.save(update_fields=["ends_at"])
    state = ConditionState.objects.create(party=party, kind=ConditionState.Kind.OPEL, value=str(level), starts_at=at)
    note()
    record(
        "authority.opel-set",
        subject=state,
        by=by,
        at=at,
        parties=[party_id],
        facts={"party": party.name, "value": str(level), "was": was},
    )
    return state


@action
def declare_incident(party_id: UUID, kind: str, *, by: Actor, at: datetime) -> ConditionState:
    """Declare an incident of a kind that the data knows. Raises: MayNotDeclare; NotValid."""
    kinds = incident_kinds()
    if kind not in kinds:
        raise NotValid(f"The kinds of incident are {', '.join(kinds)}.", kind="is none of them")
    party = _party(party_id)
    _require_declarer(by, party, "incident", at=at)
    for running in _running(party_id, ConditionState.Kind.INCIDENT, at=at):
        if running.value == kind:
            nothing_to_change()
            return running
    state = ConditionState.objects.create(party=party, kind=ConditionState.Kind.INCIDENT, value=kind, starts_at=at)
    note()
    record(
        "authority.incident-declared",
        subject=state,
        by=by,
        at=at,
        parties=[party_id],
        facts={"party": party.name, "value": kinds[kind]},
    )
    return state


@action
def end_incident(state_id: UUID, *, by: Actor, at: datetime) -> ConditionState:
    """End a declared incident. Raises: MayNotDeclare."""
    state = ConditionState.objects.select_related("party").get(pk=state_id, kind=ConditionState.Kind.INCIDENT)
    _require_declarer(by, state.party, "incident", at=at)
    if state.ends_at is not None and state.ends_at <= at:
        nothing_to_change()
        return state
    state.ends_at = at
    state.save(update_fields=["ends_at"])
    note()
    record(
        "authority.incident-ended",
        subject=state,
        by=by,
        at=at,
        parties=[state.party_id],
        facts={"party": state.party.name, "value": incident_kinds()[state.value]},
    )
    return state


def _party(party_id: UUID) -> Party:
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        raise NotFound("organisation")
    return party


def _running(party_id: UUID, kind: str, *, at: datetime) -> list[ConditionState]:
    spells = ConditionState.objects.filter(party=party_id, kind=kind, starts_at__lte=at).exclude(ends_at__lte=at)
    return list(spells.order_by("-starts_at"))


def _require_declarer(by: Actor, party: Party, kind: str, *, at: datetime) -> None:
    if by.kind is ActorKind.KEEPER:
        return
    places = [party.pk] if party.kind == Party.Kind.ORGANISATION else [party.convenor_id]
    if by.kind is not ActorKind.APPOINTMENT or by.id is None:
        raise MayNotDeclare(party.name)
    mine = Appointment.objects.filter(
        pk=by.id, post__role__code__in=declarers(kind), post__unit__organisation__in=places, starts_at__lte=at
    ).exclude(ends_at__lte=at)
    if not mine.exists():
        raise MayNotDeclare(party.name)
