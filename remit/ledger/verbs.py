"""What each verb of the record says in words.

Every app lists its own in `verbs.py` and registers them when it is ready; a verb
without wording cannot be recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from remit.ledger.errors import UnknownVerb

WITHHELD = "(withheld)"
NAME = re.compile(r"[a-z]+(?:[-_][a-z]+)*\.[a-z]+(?:[-_][a-z]+)*")
FIELD = re.compile(r"[a-z][a-z0-9_]*")
BRACKETS = re.compile(r"(?:[^\[\]]|\[[^\[\]]+\])+")


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb.

    Args:
        name: `decision.taken`.
        sentence: a template over `{actor}`, the facts and the sealed fields of an entry;
            a field in brackets, `[ for {title}]`, is left out where it has no value.
    """

    name: str
    sentence: str


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


BEGUN = "record.begun"
CORRECTED = "record.corrected"
VERBS = (
    Verb(BEGUN, "{actor} made the first entry of a stream"),
    Verb(CORRECTED, "{actor} corrected entry {number}[: {correction}]"),
)

_verbs: dict[str, Verb] = {}


def register(*verbs: Verb) -> None:
    """Make verbs known. Each name has one wording.

    Raises: ValueError where a name is worded twice, or a sentence cannot be filled in.
    """
    for verb in verbs:
        if words := what_is_wrong(verb):
            raise ValueError(f"{verb.name!r} {words}: {verb.sentence!r}.")
        if _verbs.setdefault(verb.name, verb) != verb:
            raise ValueError(f"Two wordings for {verb.name!r}.")


def what_is_wrong(verb: Verb) -> str:
    """Why a verb's name or sentence cannot be used; "" where it can."""
    if not NAME.fullmatch(verb.name):
        return "is not a noun, a full stop and a verb in small letters"
    if not BRACKETS.fullmatch(verb.sentence):
        return "has brackets that do not match, or that stand in each other"
    if verb.sentence.strip() != verb.sentence or verb.sentence.endswith("."):
        return "has a sentence with a space at an end, or with its full stop"
    try:
        pieces = list(Formatter().parse(verb.sentence.replace("[", "").replace("]", "")))
    except ValueError as fault:
        return f"has a sentence that cannot be filled in ({fault})"
    if any(conversion or form for _, _, form, conversion in pieces):
        return "has a field that is more than a name"
    fields = [name for _, name, _, _ in pieces if name is not None]
    if not all(FIELD.fullmatch(name) for name in fields):
        return "has a field that is more than a name"
    bare = [part for optional, part in _parts(verb.sentence) if optional and "{" not in part]
    return "has a part in brackets that holds no field" if bare else ""


def all_verbs() -> list[Verb]:
    """Every verb known, by name."""
    return sorted(_verbs.values(), key=lambda verb: verb.name)


def check(name: str) -> None:
    """Raises: UnknownVerb where nothing words it."""
    if name not in _verbs:
        raise UnknownVerb(name)


def sentence(name: str, *, actor: str, values: Mapping[str, str]) -> str:
    """Say an entry in plain English: *site manager, Fenmoor decided to open 4 beds.*

    A verb that is no longer worded is said by its name, for an entry stands longer than its verb.
    """
    template = _verbs[name].sentence if name in _verbs else f"{{actor}} recorded “{name}”"
    filled = _Values(values, actor=actor)
    said = "".join(
        piece for optional, part in _parts(template) if (piece := _fill(part, filled, optional=optional))
    ).strip()
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "?", "!")) else ".")


def _parts(template: str) -> list[tuple[bool, str]]:
    parts: list[tuple[bool, str]] = []
    for i, piece in enumerate(template.split("[")):
        if i == 0:
            parts.append((False, piece))
        else:
            inside, _, after = piece.partition("]")
            parts += [(True, inside), (False, after)]
    return parts


def _fill(part: str, values: Mapping[str, str], *, optional: bool) -> str:
    names = [name for _, name, _, _ in Formatter().parse(part) if name]
    if optional and not all(values[name] for name in names):
        return ""
    return part.format_map(values)
