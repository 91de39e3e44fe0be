"""What the record says of promises."""

from __future__ import annotations

from remit.ledger.verbs import Verb

VERBS = (
    Verb("promise.made", "{actor} promised {owed_to} by {due}: {words}"),
    Verb("promise.kept", "{actor} kept the promise to {owed_to}[, {late} late]: {words}"),
    Verb("promise.not_kept", "{actor} said that the promise to {owed_to} will not be kept: {words} ({reason})"),
    Verb("promise.released", "{actor} released the promise to {owed_to}: {words} ({reason})"),
    Verb("promise.offered", "{actor} asked {offered_to} to take over the promise to {owed_to}: {words}"),
    Verb("promise.passed_on", "{actor} took over from {from_whom} the promise to {owed_to}: {words}"),
    Verb("promise.offer_declined", "{actor} did not take over the promise to {owed_to}: {words} ({reason})"),
)
