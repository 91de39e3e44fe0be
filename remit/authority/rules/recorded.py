"""A verdict as data: what is stored with its case and what the programming interface gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remit.authority.rules.case import Id
from remit.authority.rules.places import Asked, Place

if TYPE_CHECKING:
    from datetime import datetime

    from remit.authority.rules.verdict import Verdict


def as_data(verdict: Verdict) -> dict[str, Any]:
    """A verdict with its explanation, in plain values; ids as text."""
    place = verdict.place
    return {
        "outcome": verdict.outcome.value,
        "matter": verdict.case.matter,
        "at": _moment(verdict.at),
        "party": _id(verdict.party_id),
        "headline": verdict.headline,
        "explanation": verdict.explanation,
        "you_can": verdict.you_can,
        "gap": verdict.gap,
        "clause": verdict.clause,
        "place": None if place is None else place_data(place),
        "people": [_asked(one) for one in verdict.people],
        "body": _id(verdict.body_id),
        "sits_at": _moment(verdict.sits_at),
        "co_signers": [
            {"words": one.words, "people": [_asked(person) for person in one.people], "body": _id(one.body_id)}
            for one in verdict.co_signers
        ],
        "unstated": list(verdict.unstated),
        "could_from": _moment(verdict.could_from),
        "told": [_asked(one) for one in verdict.told],
        "affected": [_id(unit) for unit in verdict.affected],
        "separable": verdict.separable,
        "not_pooled": verdict.not_pooled.value if verdict.not_pooled else "",
        "parts": [as_data(part) for part in verdict.parts],
    }


def working_data(verdict: Verdict) -> dict[str, Any]:
    """The working in plain values."""
    working = verdict.working()
    return {
        "steps": [
            {
                **place_data(step.place),
                "why": step.reason.why.value,
                "words": step.words,
                "people": [_asked(one) for one in step.people],
            }
            for step in working.steps
        ],
        "aside": [
            {
                "ref": one.ref,
                "clause": one.said.clause,
                "matter": one.said.matter,
                "why": one.reason.why.value,
                "words": one.reason.words,
            }
            for one in working.aside
        ],
    }


def place_data(place: Place) -> dict[str, Any]:
    """A rung in plain values."""
    return {
        "unit": _id(place.unit_id),
        "unit_name": place.unit_name,
        "holder": place.words,
        "clause": place.clause,
        "ref": place.ref,
        "limits": {code: str(limit) for code, limit in place.limits.items()},
        "up_to": place.up_to,
        "party": _id(place.party_id),
        "scheme": place.scheme,
        "edition": place.edition,
    }


def _asked(one: Asked) -> dict[str, Any]:
    return {
        "person": _id(one.person_id),
        "name": one.name,
        "title": one.title,
        "appointment": _id(one.appointment_id),
        "post": _id(one.post_id),
        "kind": one.kind,
        "from_at": _moment(one.from_at),
        "in_place_of": _id(one.in_place_of),
    }


def _id(value: Id | None) -> str | None:
    return None if value is None else str(value)


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
