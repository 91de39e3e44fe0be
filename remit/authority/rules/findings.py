"""What is wrong with a file of rules: where, what, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from remit.kernel.errors import RemitError
from remit.kernel.words import counted


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in a file. `line` counts from 1; both texts are sentences."""

    file: str
    line: int
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.wrong} {self.right}"


class SchemeRefused(RemitError):
    """A file of rules that cannot be used. Nothing of it was loaded."""

    code = "scheme-refused"

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        found = counted(len(self.findings), "thing")
        super().__init__("\n".join([f"Nothing was loaded: {found} to put right.", *map(str, self.findings)]))

    def details(self) -> dict[str, Any]:
        return {
            "findings": [
                {"file": one.file, "line": one.line, "wrong": one.wrong, "right": one.right} for one in self.findings
            ]
        }


def nearest(word: str, known: Iterable[str]) -> str:
    """Find the known word most like this one, or nothing where none is near."""
    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.6)), "")


def suggestion(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """Say what to write instead of a word that is not known."""
    return f"Did you mean “{near}”?" if (near := nearest(word, known)) else otherwise
