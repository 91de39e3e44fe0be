"""Official names, which come in capitals, as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

_WORD = re.compile(r"[^\s\-/(]+")


def proper_name(name: str, *, capitals: Set[str], small: Set[str], exactly: Mapping[str, str]) -> str:
    """Write *GUY'S AND ST THOMAS' NHS FOUNDATION TRUST* as its own letterhead does.

    A name that is not all capitals is left as it is.

    Args:
        capitals: words that stay in capitals.
        small: words that begin small unless they come first; in small letters.
        exactly: words with a spelling of their own, by how they stand in capitals.
    """
    name = " ".join(name.split())
    if name != name.upper():
        return name

    def written(match: re.Match[str]) -> str:
        word = match.group()
        bare = word.strip(".,;:)&'")
        if bare in capitals:
            return word
        if bare in exactly:
            return word.replace(bare, exactly[bare])
        if match.start() and bare.lower() in small:
            return word.lower()
        return word[:1] + word[1:].lower()

    return _WORD.sub(written, name)
