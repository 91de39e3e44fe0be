"""What each verb of the record says in words.

Every app lists its own in `verbs.py` and registers them when it is ready; a verb
without wording cannot be recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from remit.ledger.errors import UnknownVerb

WITHHELD = "(withheld)"


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


_verbs: dict[str, Verb] = {}


def register(*verbs: Verb) -> None:
    """Make verbs known. Each name has one wording."""
    for verb in verbs:
        if _verbs.setdefault(verb.name, verb) != verb:
            raise ValueError(f"Two wordings for {verb.name!r}.")


def all_verbs() -> list[Verb]:
    """Every verb known, by name."""
    return sorted(_verbs.values(), key=lambda verb: verb.name)


def check(name: str) -> None:
    """Raises: UnknownVerb where nothing words it."""
    if name not in _verbs:
        raise UnknownVerb(name)


def sentence(name: str, *, actor: str, values: Mapping[str, str]) -> str:
    """Say an entry in plain English: *site manager, Fenmoor decided to open 4 beds.*"""
    if name not in _verbs:
        raise UnknownVerb(name)
    filled = _Values(values, actor=actor)
    said = "".join(
        piece for optional, part in _parts(_verbs[name].sentence) if (piece := _fill(part, filled, optional=optional))
    ).strip()
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "?")) else ".")


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
