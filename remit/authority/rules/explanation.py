"""The answer in words: a headline, and two sentences that a manager understands, with the clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remit.authority.rules.eligibility import Found
from remit.authority.rules.outcomes import Outcome
from remit.authority.rules.places import holder_words, how_much, spec_words, unit_of, up_to
from remit.authority.rules.reasons import (
    Why,
    body_reason,
    clock,
    over_limit,
    stated,
    to_you,
    while_words,
    why_nobody,
    why_not,
)
from remit.authority.rules.rungs import Rung
from remit.kernel.words import joined, sentence
from remit.network.rules.rows import Tenure

if TYPE_CHECKING:
    from remit.authority.rules.verdict import Verdict

_COUNTED = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}


def counted_out(n: int) -> str:
    """A number as it begins a sentence: *Two*, *12*."""
    return _COUNTED.get(n, str(n))


def headline(verdict: Verdict) -> str:
    """What to do, in a few words: *You can*, *Ask the site manager on call*, *Hold*."""
    if verdict.outcome is Outcome.HOLD:
        return "Hold"
    if verdict.outcome is Outcome.JOINT:
        return f"{counted_out(len(verdict.parts))} organisations must agree"
    lead = _asker(verdict)
    if lead is not None:
        seconds = _seconds(verdict)
        return f"You can, with {joined(seconds)}" if seconds else "You can"
    return f"Ask {_who(verdict)}"


def explanation(verdict: Verdict) -> str:
    """Who and why in two sentences, with the clause."""
    if verdict.outcome is Outcome.JOINT:
        return _joint(verdict)
    said = _hold(verdict) if verdict.outcome is Outcome.HOLD else _answer(verdict)
    for words in verdict.case.reckoning.values():
        said = f"{said} {sentence(words)}"
    clause = _clause(verdict)
    return f"{said} {clause}" if clause else said


def _answer(verdict: Verdict) -> str:
    lead = _asker(verdict)
    if verdict.gap:
        why = _why_gap(verdict)
        who = "you" if lead is not None else _who(verdict)
        ask = "You can." if lead is not None else f"Ask {who}."
        return f"{ask} {why}, so it falls to {who}, and the gap is flagged."
    if lead is not None:
        return f"You hold this{_scope(verdict)}{_instead(verdict, lead)}{_terms(verdict)}{_together(verdict)}."
    because = _because(verdict)
    who = f"{_who(verdict)}{_from(verdict)}{_together(verdict) if because else ''}"
    return f"Ask {who}. {sentence(because or _holds(verdict))}"


def _because(verdict: Verdict) -> str:
    """Why not the asker, why not the nearer one, why not the further one; empty where nothing needs saying."""
    said = []
    own = _own_limit(verdict)
    if own:
        said.append(f"you hold this {own}")
    if verdict.passed:
        said.append(_passed_over(verdict))
        further = verdict.next_stand()
        if further is not None:
            who = _the(further[0], holder_words(*further, verdict.world.snapshot))
            nearer = _who(verdict, short=True)
            where = verdict.world.snapshot.tree.names[further[1]] if who == nearer and further[1] >= 0 else ""
            said.append(f"{who}{' of ' + where if where else ''} could, but {nearer} is nearer")
    return "; ".join(said)


def _passed_over(verdict: Verdict) -> str:
    """Why not the nearer one: the asker, where they are of that rung, else the nearest."""
    for rung, unit in verdict.passed if verdict.asker >= 0 else ():
        mine = why_not(verdict.asking, rung, unit, verdict.asker)
        if mine is not None:
            return f"you hold this too, but {to_you(mine.words)}"
    rung, unit = verdict.passed[0]
    who = holder_words(rung, unit, verdict.world.snapshot)
    reason = why_nobody(verdict.asking, rung, unit)
    if reason.why in (Why.VACANT, Why.SUBSTANTIVE_ONLY):
        return f"the post of {who} {reason.words}"
    whose = "your" if verdict.case.asker is not None and rung.body is None and rung.person < 0 else "the"
    return f"{_the(rung, who, whose)} holds this too, but {reason.words}"


def _why_gap(verdict: Verdict) -> str:
    """Why it falls to the residual holder."""
    if verdict.depth < 0:
        return "No clause covers this"
    if verdict.over_every_limit:
        return "Every limit is too small for this"
    return "No clause gives this to anyone here"


def _hold(verdict: Verdict) -> str:
    """Nobody in time: who could, from when, and who is told."""
    needed = clock(verdict.needed_before, verdict.asking)
    if verdict.kept is not None:
        reason = body_reason(verdict.asking, verdict.kept.body)
        return f"Hold. This is reserved to the {verdict.kept.body.name}, which {reason.words}.{_told(verdict)}"
    why = f"{_why_gap(verdict)}, and nobody" if verdict.gap else "Nobody who holds this"
    first = f"Hold. {why} can answer {'now' if verdict.needed_before <= verdict.asking.at else f'before {needed}'}"
    could = verdict.could
    if could is not None:
        rung, unit, found = could
        who = _the(rung, holder_words(rung, unit, verdict.world.snapshot, found[0]))
        first += f"; {who} could from {clock(max(found[0].soonest, verdict.could_second), verdict.asking)}"
    else:
        first += ", and no time is known when anybody could"
    return f"{first}.{_told(verdict)}"


def _told(verdict: Verdict) -> str:
    """Who is told that nobody can."""
    if not (told := verdict.told):
        return ""
    return f" {sentence(f'the {told[0].title}' if told[0].title else told[0].name)[:-1]} is told."


def _joint(verdict: Verdict) -> str:
    """Which organisations, and whom in each."""
    parties = verdict.world.snapshot.partnerships.parties
    names = joined([parties[part.party_id].name for part in verdict.parts])
    each = "; ".join(
        f"{parties[part.party_id].name}{_on(part)}: {_lower(part.headline)}{_cited(part)}" for part in verdict.parts
    )
    why = f", as {verdict.not_pooled}" if verdict.not_pooled else ""
    ahead = " Those who agree may go ahead without the others." if verdict.separable else ""
    return f"{names} must each agree{why}.{ahead} {sentence(each)}"


def _on(part: Verdict) -> str:
    """Whether an organisation weighs its own share or the whole, where there are shares."""
    if not part.case.shares:
        return ""
    matter, share = part.matter, part.case.shares.get(part.party_id, {})
    own = [
        how_much(matter.quantities[place], part.amounts[place])
        for place in (matter.place[code] for code in matter.codes if code in share)
    ]
    return f", on its share of {joined(own)}" if own else ", on the whole"


def _who(verdict: Verdict, *, short: bool = False) -> str:
    """The holder: *the site manager on call*, *the board*."""
    found = verdict.found[0]
    if verdict.kept is not None:
        return f"the {verdict.kept.body.name}"
    assert verdict.rung is not None
    snapshot = verdict.world.snapshot
    words = _the(verdict.rung, holder_words(verdict.rung, verdict.unit, snapshot, found))
    if short or found.person < 0:
        return words
    if found.kind != Tenure.SUBSTANTIVE and found.instead_of >= 0:
        name = snapshot.name(snapshot.staffing.person_ids[found.person])
        as_what = "acting" if found.kind == Tenure.ACTING else "deputising"
        words = f"{name or 'whoever is'}, {as_what} for {words}" if name else f"whoever is {as_what} for {words}"
    watch = snapshot.presence.watch(found.person, found.post, found.soonest)
    on_call = watch is not None and watch[3] and "on-call" not in words and "on call" not in words
    return f"{words} on call" if on_call else words


def _the(rung: Rung, words: str, article: str = "the") -> str:
    return words if rung.person >= 0 else f"{article} {words}"


def _holds(verdict: Verdict) -> str:
    """What the holder holds, where nothing else needs saying."""
    snapshot = verdict.world.snapshot
    found = verdict.found
    if found[0].person < 0:
        held = f"they hold this{_scope(verdict)}{_terms(verdict)}{_together(verdict)}"
        return f"{'it is reserved to them' if verdict.kept is not None else held}; {_sitting(verdict)}"
    name = snapshot.name(snapshot.staffing.person_ids[found[0].person])
    if len(found) > 1:
        soonest = f", {name} first" if name else ""
        held = f"{len(found)} people hold this{_scope(verdict)}{_terms(verdict)}{_together(verdict)}"
        return f"{held}{soonest}; the first to sign decides"
    if found[0].instead_of >= 0:
        return f"they hold this{_scope(verdict)}{_instead(verdict, found[0])}{_terms(verdict)}{_together(verdict)}"
    return f"{name + ' holds' if name else 'they hold'} this{_scope(verdict)}{_terms(verdict)}{_together(verdict)}"


def _sitting(verdict: Verdict) -> str:
    """When a body decides."""
    if verdict.sits_at is not None:
        return f"the next sitting that can decide it is {clock(verdict.found[0].soonest, verdict.asking)}"
    body = verdict.world.snapshot.bodies.by_id[verdict.body_id]
    return "they may resolve in writing" if body.may_resolve_in_writing else "they are sitting now"


def _scope(verdict: Verdict) -> str:
    rung, unit = verdict.rung, verdict.unit
    where = -1 if rung is None else unit_of(rung, unit, verdict.world.snapshot)
    return f" for {verdict.world.snapshot.tree.names[where]}" if where >= 0 and verdict.cover >= 0 else ""


def _terms(verdict: Verdict) -> str:
    """Limits and conditions."""
    if verdict.rung is None:
        return ""
    limits = up_to(verdict.rung.limits, verdict.matter)
    when = while_words(verdict.rung.when, verdict.asking)
    facts = stated(verdict.rung.when)
    return f"{', ' + limits if limits else ''}{' ' + when if when else ''}{', ' + facts if facts else ''}"


def _instead(verdict: Verdict, found: Found) -> str:
    """Whose place the asker takes."""
    if found.instead_of < 0:
        return ""
    snapshot = verdict.world.snapshot
    name = snapshot.name(snapshot.staffing.person_ids[found.instead_of])
    return f", in the place of {name or 'the ' + snapshot.title(found.post)}"


def _together(verdict: Verdict) -> str:
    seconds = _seconds(verdict)
    return f", together with {joined(seconds)}" if seconds else ""


def _seconds(verdict: Verdict) -> list[str]:
    if verdict.rung is None or not verdict.rung.co_signers:
        return []
    return [
        f"the {spec_words(spec, holder.role_group, verdict.world.snapshot)}"
        for spec, holder in zip(verdict.rung.co_signers, verdict.rung.grant.co_signers, strict=True)
    ]


def _from(verdict: Verdict) -> str:
    """When they can first answer, where that is not now."""
    soonest = verdict.found[0].soonest
    if soonest <= verdict.asking.at or verdict.found[0].person < 0:
        return ""
    return f", on duty from {clock(soonest, verdict.asking)}"


def _own_limit(verdict: Verdict) -> str:
    """The limit that keeps the asker from deciding."""
    stand = verdict.askers_rung() if verdict.case.asker is not None else None
    if stand is None:
        return ""
    return over_limit(verdict.amounts, stand.limits, verdict.matter).words.removeprefix("holds this ")


def _asker(verdict: Verdict) -> Found | None:
    """The asker among those who may sign."""
    asker = verdict.asker
    if asker < 0:
        return None
    return next((found for found in verdict.found if found.person == asker), None)


def _clause(verdict: Verdict) -> str:
    clause = verdict.clause
    if not clause:
        return ""
    passed_on = verdict.rung.passed_on if verdict.rung is not None else None
    if passed_on is not None and passed_on.delegation.document:
        return f"Clause {clause}, passed on in {passed_on.delegation.document}."
    return f"Clause {clause}."


def _cited(part: Verdict) -> str:
    return f" (clause {part.clause})" if part.clause else ""


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
