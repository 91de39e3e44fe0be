"""Matters, found by the words that people type: *agency nurse*, *open a bay*, *order gloves*.

Every word typed has to be met by a word of the matter: the same, its beginning, or one
letter wrong in a longer word. The title counts most, then the everyday words, then the
path. Whoever types half a word on a phone sees what it may become.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from remit.authority.rules.taxonomy import Matter, Taxonomy

_WORD = re.compile(r"[a-z0-9]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "y", "e")
# Words that say nothing of the matter: nobody is to find "Book a bank shift" by "a".
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a an and any at be by can could do for from have how i if in is it may me my need of on or our please "
        "some someone something that the this to us we what when who with want would you decide allowed",
    )
)
TITLE, EVERYDAY, PATH = 12.0, 9.0, 5.0  # how much a word counts by where it stands
SAME, BEGINS, CLOSE = 1.0, 0.8, 0.55  # and by how well it is met
WHOLE_PHRASE = 10.0  # everything typed stands in one everyday phrase, or in the title
EXACTLY = 8.0  # and is all of it
HEADING = 0.85  # a heading comes after the matters under it
MOST_TYPED = 12  # words; the rest of a longer text is not read


@dataclass(frozen=True, slots=True)
class Found:
    """A matter and how well it was met: larger is better."""

    matter: Matter
    score: float


@dataclass(frozen=True, slots=True)
class _Entry:
    matter: Matter
    words: Mapping[str, float]  # each word and stem with the weight of the best place where it stands
    phrases: tuple[frozenset[str], ...]  # their stems
    factor: float


class MatterIndex:
    """The words of one taxonomy, made once and asked often."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        headings = {path.rpartition("/")[0] for path in taxonomy.matters}
        self._entries = [
            _entry(matter, factor=HEADING if path in headings else 1.0) for path, matter in taxonomy.matters.items()
        ]
        self._known = sorted({word for entry in self._entries for word in entry.words})

    def find(self, text: str, *, limit: int | None = None) -> tuple[Found, ...]:
        """Find the matters that some words mean, best first; those of equal score by title.

        Matters that meet every word come alone where there are any. Otherwise those that
        meet most are given, so that one strange word does not empty the list.
        """
        typed = _typed(text)
        if not typed:
            return ()
        met = [self._met(word) for word in typed]
        stems = frozenset(map(stem, typed))
        scored = [(*_score(entry, met, stems), entry) for entry in self._entries]
        most = max((count for count, _, _ in scored), default=0)
        if most == 0:
            return ()
        found = [Found(entry.matter, score) for count, score, entry in scored if count == most]
        found.sort(key=lambda one: (-one.score, one.matter.title, one.matter.path))
        return tuple(found[:limit])

    def _met(self, typed: str) -> dict[str, float]:
        """The known words that a typed one meets, with how well."""
        forms = {typed, stem(typed)}
        met = {known: max(_meets(form, known) for form in forms) for known in self._known}
        return {known: how for known, how in met.items() if how}


def find_matters(text: str, taxonomy: Taxonomy, *, limit: int | None = None) -> tuple[Matter, ...]:
    """Find the matters of a taxonomy that some everyday words mean, best first."""
    return tuple(found.matter for found in _index(_ByIdentity(taxonomy)).find(text, limit=limit))


class _ByIdentity:
    """A taxonomy as a key: one that is not the same object is another."""

    __slots__ = ("taxonomy",)

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy

    def __hash__(self) -> int:
        return id(self.taxonomy)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.taxonomy is self.taxonomy


@lru_cache(maxsize=8)
def _index(key: _ByIdentity) -> MatterIndex:
    return MatterIndex(key.taxonomy)


def _entry(matter: Matter, *, factor: float) -> _Entry:
    best: dict[str, float] = {}
    for weight, texts in ((TITLE, (matter.title,)), (EVERYDAY, matter.words), (PATH, (matter.path,))):
        for text in texts:
            for word in _telling(text):
                for form in (word, stem(word)):
                    best[form] = max(best.get(form, 0.0), weight)
    phrases = tuple(frozenset(map(stem, _telling(text))) for text in (matter.title, *matter.words))
    return _Entry(matter, best, phrases, factor)


def _typed(text: str) -> list[str]:
    """The words that were typed, without empty ones; if nothing else was typed, with them."""
    words = _WORD.findall(_plain(text))[:MOST_TYPED]
    return list(dict.fromkeys([word for word in words if word not in _EMPTY] or words))


def _telling(text: str) -> list[str]:
    return [word for word in _WORD.findall(_plain(text)) if word not in _EMPTY]


def _plain(text: str) -> str:
    return text.lower().replace("'", "").replace("’", "")


def stem(word: str) -> str:
    """Take a common English ending off: *nurses*, *nurse*; *ordering*, *order*; *closed*, *close*."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _score(entry: _Entry, met: list[dict[str, float]], stems: frozenset[str]) -> tuple[int, float]:
    """How many of the typed words this matter meets, and how well."""
    each = [
        max((entry.words[known] * how for known, how in word.items() if known in entry.words), default=0.0)
        for word in met
    ]
    score = sum(each)
    if score and any(stems <= phrase for phrase in entry.phrases):
        score += WHOLE_PHRASE
        if stems in entry.phrases:
            score += EXACTLY
    return sum(one > 0 for one in each), score * entry.factor


def _meets(typed: str, known: str) -> float:
    """How well a typed word meets a known one, from 0 to 1."""
    if typed == known:
        return SAME
    if typed[:1] != known[:1]:
        return 0.0
    if len(typed) >= 2 and known.startswith(typed):
        return BEGINS
    if len(typed) >= 4 and _one_letter_wrong(typed, known):
        return CLOSE
    if len(typed) >= 5 and _one_letter_wrong(typed, known[: len(typed)]):
        return CLOSE * BEGINS
    return 0.0


def _one_letter_wrong(one: str, other: str) -> bool:
    """Whether two words differ by a letter more, less, other, or two neighbours changed about."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (len(rest) >= 2 and rest[1::-1] == others[:2] and rest[2:] == others[2:])
    )
