"""What the record says of decisions."""

from __future__ import annotations

from remit.ledger.verbs import Verb

VERBS = (
    Verb("decision.drafted", "{actor} began a draft: {title}"),
    Verb("decision.put-forward", "{actor} proposed: {title}. {put_to}[ under clause {clause}]"),
    Verb("decision.amended", "{actor} changed the wording of {title}[: {changed}]"),
    Verb("decision.withdrawn", "{actor} withdrew {title}: {reason}"),
    Verb("decision.advice-asked", "{actor} asked {whom} for advice on {title}[ by {due}]"),
    Verb("decision.advice-given", "{whom}, in the words of {actor}, {position} {title}: {said}"),
    Verb("decision.advice-declined", "{actor} had nothing to add on {title}[: {said}]"),
    Verb("decision.advice-used", "{actor} answered the advice of {whom} on {title}, which {changed}: {made_of_it}"),
    Verb("decision.urgent", "{actor} did not wait for the advice of {whom} on {title}: {reason}"),
    Verb("decision.signed", "{actor} signed {title}[ under clause {clause}]; it waits for {wanting}"),
    Verb("decision.moved", "{title} is no longer for {actor} to decide, but for {holder}[ under clause {clause}]"),
    Verb("decision.agreed", "{actor} decided: {title}[, under clause {clause}][, until {until}][: {because}]"),
    Verb("decision.declined", "{actor} declined: {title}[, under clause {clause}][: {because}]"),
    Verb("decision.informed", "{title} was made known to {informed}"),
    Verb("decision.confirmed", "{actor} confirmed {title}[ ({words})]"),
    Verb("decision.not-confirmed", "{actor} did not confirm {title}, so it lapsed: {words}"),
    Verb("decision.ratified", "{actor} recorded that {title} was ratified[ by {body}][ ({words})]"),
    Verb("decision.not-ratified", "{actor} recorded that {title} was not ratified[ by {body}], so it lapsed: {words}"),
    Verb("decision.in-effect", "{actor} brought into effect: {title}"),
    Verb("decision.reviewed", "{actor} reviewed {title} and chose to {outcome} it: {happened}"),
    Verb("decision.reversed", "{actor} reversed {title}: {reason}"),
    Verb("decision.superseded", "{title} was superseded by a later decision of {actor}"),
    Verb("decision.halted", "{actor} stopped {title}: {reason}"),
    Verb("decision.resumed", "{actor} let {title} go on: {reason}"),
    Verb("decision.escalated", "{actor} sent {title} up to {holder} as well: {reason}"),
    Verb("decision.disputed", "{actor} disputed {title} for {party}: {reason}"),
    Verb("decision.settled", "{actor} settled the dispute about {title}: {reason}"),
    Verb("decision.lapsed", "{title} lapsed: nobody confirmed it by {due}"),
    Verb("decision.expired", "{title} ended: its term was over on {until}"),
)
