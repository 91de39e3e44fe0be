"""What the network's entries say."""

from __future__ import annotations

from remit.ledger.verbs import Verb

VERBS = (
    Verb("network.loaded", "{actor} loaded {words} from {source}"),
    Verb("network.england-loaded", "{actor} loaded the official files of {register} as of {as_of}: {words}"),
    Verb("network.party-renamed", "{actor} renamed {was} to {name}"),
    Verb("network.party-closed", "{actor} marked {name} as closed on {closed_on}"),
    Verb("network.member-joined", "{actor} recorded that {member} is in {system} from {starts_at}"),
    Verb("network.member-left", "{actor} recorded that {member} left {system} on {ends_at}"),
    Verb("network.unit-opened", "{actor} opened {name}, {kind}[ in {parent}]"),
    Verb("network.unit-moved", "{actor} moved {name} from {was} to {parent}"),
    Verb("network.unit-closed", "{actor} closed {name}"),
    Verb("network.appointed", "{actor} appointed {person} as {kind} {post}"),
    Verb("network.appointment-ended", "{actor} ended the appointment of {person} as {post}"),
    Verb("network.absence-recorded", "{actor} recorded that {person} is away until {ends_at}"),
    Verb("network.duty-loaded", "{actor} loaded {rows} rows of duty"),
    Verb("network.account-given", "{actor} gave {person} the account {username}"),
    Verb("network.account-ended", "{actor} ended the account {username}"),
)
