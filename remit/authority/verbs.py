"""What authority's entries say."""

from __future__ import annotations

from remit.ledger.verbs import Verb

VERBS = (
    Verb("authority.taxonomy-read", "{actor} read in the matters of edition {key}"),
    Verb("authority.scheme-drafted", "{actor} put in a draft of {title}, edition {edition}"),
    Verb("authority.scheme-adopted", "{actor} adopted {title}, edition {edition}, in force from {starts_at}"),
    Verb("authority.opel-set", "{actor} set the OPEL level of {party} to {value}[, from {was}]"),
    Verb("authority.incident-declared", "{actor} declared {value} at {party}"),
    Verb("authority.incident-ended", "{actor} ended {value} at {party}"),
    Verb("authority.delegated", "{actor} passed on {clause} to {receiver} until {ends_at}"),
    Verb("authority.revoked", "{actor} took back what was passed on to {receiver} under {clause}"),
    Verb("case.put", "{actor} asked who may decide: {words}[ (about {matter})]"),
    Verb("exposure.committed", "{amount} was committed for {purpose}"),
    Verb("exposure.reversed", "{amount} for {purpose} was released"),
)
