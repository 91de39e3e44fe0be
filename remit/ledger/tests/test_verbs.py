"""Every verb of every app reads as a sentence."""

from __future__ import annotations

from string import Formatter

import pytest

from remit.ledger import verbs
from remit.ledger.errors import UnknownVerb
from remit.ledger.verbs import Verb

WELL_FORMED = Verb("test.said", "{actor} said {words}[ to {whom}]")


def fields_of(verb: Verb) -> set[str]:
    plain = verb.sentence.replace("[", "").replace("]", "")
    return {name for _, name, _, _ in Formatter().parse(plain) if name}


@pytest.fixture
def known(monkeypatch):
    monkeypatch.setattr(verbs, "_verbs", {WELL_FORMED.name: WELL_FORMED})


@pytest.mark.parametrize("verb", verbs.all_verbs(), ids=lambda verb: verb.name)
def test_every_verb_of_every_app_is_well_formed(verb):
    assert not verbs.what_is_wrong(verb)
    filled = verbs.sentence(verb.name, actor="the nurse in charge", values=dict.fromkeys(fields_of(verb), "a value"))
    assert filled[0].isupper()
    assert filled[-1] in ".?!"
    assert not {"{", "}", "[", "]"} & set(filled)
    assert "  " not in filled


def test_a_part_in_brackets_is_left_out_where_it_has_no_value(known):
    said = verbs.sentence("test.said", actor="the clock", values={"words": "hold"})
    to_whom = verbs.sentence("test.said", actor="the clock", values={"words": "hold", "whom": "the matron"})

    assert said == "The clock said hold."
    assert to_whom == "The clock said hold to the matron."


def test_a_value_with_brackets_of_its_own_is_only_a_value(known):
    assert verbs.sentence("test.said", actor="a", values={"words": "{actor} [x]"}) == "A said {actor} [x]."


def test_an_entry_whose_verb_has_gone_still_reads(known):
    assert verbs.sentence("old.verb", actor="the clock", values={}) == "The clock recorded “old.verb”."


def test_an_unknown_verb_is_not_recorded(known):
    with pytest.raises(UnknownVerb):
        verbs.check("old.verb")


def test_a_name_has_one_wording(known):
    verbs.register(WELL_FORMED)
    with pytest.raises(ValueError, match="Two wordings"):
        verbs.register(Verb("test.said", "{actor} spoke"))


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (Verb("Said", "{actor} said"), "small letters"),
        (Verb("test.x", "{actor} [said"), "brackets"),
        (Verb("test.x", "{actor} [said [to]]"), "brackets"),
        (Verb("test.x", "{actor} said "), "space"),
        (Verb("test.x", "{actor} said."), "full stop"),
        (Verb("test.x", "{actor said"), "cannot be filled"),
        (Verb("test.x", "{actor} {}"), "more than a name"),
        (Verb("test.x", "{actor.name}"), "more than a name"),
        (Verb("test.x", "{actor!r}"), "more than a name"),
        (Verb("test.x", "{beds:,}"), "more than a name"),
        (Verb("test.x", "{actor}[ said]"), "holds no field"),
    ],
)
def test_a_malformed_verb_is_refused_when_it_is_registered(known, verb, words):
    with pytest.raises(ValueError, match=words):
        verbs.register(verb)
