"""Where each table and key of a TOML text begins, which `tomllib` does not tell.

A scan, not a parser: it is asked only about texts that `tomllib` has accepted, and
skips what it need not understand (strings, comments, the inside of brackets).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_SEGMENT = re.compile(r"""\s*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)\s*(\.?)""")
_SKIPPED = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'  # strings over several lines, then within one
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*",
    re.DOTALL,
)


@dataclass(slots=True)
class Lines:
    """The line, from 1, of each table and key. Unknown ones fall back to what holds them."""

    tables: dict[tuple[str, int], int] = field(default_factory=dict)
    keys: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def of(self, table: str, nth: int = 0, key: str = "") -> int:
        """Find where the nth `[[table]]` (from 0), or a key of it, begins."""
        return self.keys.get((table, nth, key)) or self.tables.get((table, nth)) or self.keys.get(("", 0, table)) or 1


def lines_of(text: str) -> Lines:
    """Scan a TOML text for where its tables and keys begin."""
    lines, seen = Lines(), Counter[str]()
    table, nth = "", 0
    for number, statement in _statements(text):
        bare = statement.lstrip()
        if bare.startswith("["):
            path = _segments(bare.lstrip("["))
            if not path:
                continue
            if bare.startswith("[["):
                table, nth = path[0], seen[path[0]]
                seen[table] += 1
            else:
                table, nth = path[0], max(seen[path[0]] - 1, 0)
            if len(path) > 1:  # [grant.limits] is a key of the last [[grant]]
                lines.keys.setdefault((table, nth, path[1]), number)
            else:
                lines.tables.setdefault((table, nth), number)
        elif path := _segments(bare):
            lines.keys.setdefault((table, nth, path[0]), number)
    return lines


def _segments(text: str) -> list[str]:
    """Read a key as TOML writes it, quotes taken off: `grant.limits` is two segments."""
    found: list[str] = []
    at = 0
    while match := _SEGMENT.match(text, at):
        found.append(match[1][1:-1] if match[1][0] in "\"'" else match[1])
        at = match.end()
        if not match[2]:
            break
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Give each line that begins a statement, with its number; the rest belongs to one before it."""
    depth = 0
    at, number = 0, 1
    begins: tuple[int, int] | None = (1, 0)  # the line number and place where a statement begins
    while at < len(text):
        if begins and text[at] not in " \t\r\n#":
            end = text.find("\n", at)
            yield number, text[at : end if end >= 0 else len(text)]
            begins = None
        if text[at] in "\"'#" and (skipped := _SKIPPED.match(text, at)):
            number += skipped[0].count("\n")
            at = skipped.end()
            continue
        match text[at]:
            case "[" | "{":
                depth += 1
            case "]" | "}":
                depth -= 1
            case "\n":
                number += 1
                if depth <= 0:
                    begins, depth = (number, at + 1), 0
        at += 1
