"""Reading one table of a TOML file, key by key, keeping a finding for all that is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from remit.authority.rules.findings import Finding, SchemeRefused, suggestion
from remit.authority.rules.lines import Lines, lines_of
from remit.authority.rules.spans import DATE_EXAMPLE, SPAN_EXAMPLE, Span, moment_of, span
from remit.kernel.words import joined

LARGEST = Decimal(10) ** 15
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(slots=True)
class Source:
    """One file as it is read: its tables, where they begin, and what was found wrong."""

    file: str
    root: Mapping[str, Any]
    lines: Lines
    zone: ZoneInfo
    findings: list[Finding] = field(default_factory=list)

    def find(self, line: int, wrong: str, right: str) -> None:
        self.findings.append(Finding(self.file, line, wrong, right))

    def refuse_if_wrong(self) -> None:
        """Raises: SchemeRefused, with every finding."""
        if self.findings:
            raise SchemeRefused(dict.fromkeys(self.findings))

    def only(self, tables: Collection[str]) -> None:
        """Refuse tables that such a file does not have."""
        for name in self.root:
            if name not in tables:
                right = suggestion(name, tables, otherwise=f"Use only {joined(sorted(tables), 'or')}.")
                self.find(self.lines.of(name), f"“{name}” does not belong in this file.", right)

    def table(self, name: str) -> Table:
        """Read the one `[name]` that the file must have."""
        raw = self.root.get(name)
        if not isinstance(raw, dict):
            self.find(self.lines.of(name), f"The [{name}] table is missing.", f"Begin the file with [{name}].")
            raw = {}
        return Table(self, name, 0, raw, quiet=not raw)

    def many(self, name: str) -> list[Table]:
        """Read every `[[name]]`, in order."""
        raw = self.root.get(name, [])
        if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
            self.find(self.lines.of(name), f"“{name}” is not a list of tables.", f"Begin each with [[{name}]].")
            return []
        return [Table(self, name, nth, one) for nth, one in enumerate(raw)]


def source(text: str, *, file: str, zone: ZoneInfo) -> Source:
    """Parse a TOML text. Raises: SchemeRefused when it is not TOML."""
    try:
        root = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError) as error:
        said = str(error)
        at = _AT_LINE.search(said)
        line = int(at[1]) if at and at[1] else text.count("\n") + 1 if at else 1
        finding = Finding(file, line, f"This is not valid TOML: {_AT_LINE.sub('', said)}.", _cure(text, line))
        raise SchemeRefused([finding]) from None
    return Source(file, root, lines_of(text), zone)


def _cure(text: str, line: int) -> str:
    """Say what most often cures a line that is not TOML."""
    said = (text.split("\n")[line - 1 : line] or [""])[0]
    if re.search(r"=\s*\d{4}-\d", said):
        return DATE_EXAMPLE
    if re.search(r"=\s*[£\d]", said):
        return "Write an amount as digits only, like 25000 or 25_000."
    if re.match(r"\s*\[", said):
        return "Begin a table with a line like [[grant]], and give each single table once."
    if re.search(r"=\s*(true|false)?\s*[A-Za-z]", said):
        return 'Put words in quotes, like matter = "estate/open-beds"; yes and no are true and false.'
    return "Each line is key = value, with words in quotes and lists in [ ]; give each key once."


@dataclass(slots=True)
class Table:
    """One table: each method reads one key, keeps a finding if it is wrong, and gives a usable value."""

    source: Source
    name: str
    nth: int
    raw: Mapping[str, Any]
    key: str = ""  # for a table inside a key: `holder = { ... }`
    quiet: bool = False  # already found missing: say nothing of what it lacks
    read: set[str] = field(default_factory=set)

    @property
    def noun(self) -> str:
        return f"“{self.key}” of a {self.name}" if self.key else f"a {self.name}"

    def line(self, key: str = "") -> int:
        return self.source.lines.of(self.name, self.nth, self.key or key)

    def find(self, key: str, wrong: str, right: str) -> None:
        if not self.quiet:
            self.source.find(self.line(key), wrong, right)

    def close(self) -> None:
        """Refuse the keys that nobody asked for."""
        for key in self.raw:
            if key not in self.read:
                otherwise = f"Leave it out. The keys of {self.noun} are {joined(sorted(self.read))}."
                self.find(key, f"“{key}” is not a key of {self.noun}.", suggestion(key, self.read, otherwise=otherwise))

    def value(self, key: str, wanted: type | tuple[type, ...], right: str, *, needed: bool = False) -> Any:
        """Read a key of one of the wanted types, else None. A bool is never taken for a number."""
        self.read.add(key)
        if key not in self.raw:
            if needed:
                self.find("", f"“{key}” is missing from {self.noun}.", right)
            return None
        found = self.raw[key]
        if not isinstance(found, wanted) or (isinstance(found, bool) and wanted is not bool):
            self.find(key, f"“{key}” is {_kind(found)}.", right)
            return None
        return found

    def text(self, key: str, *, example: str, needed: bool = False, default: str = "") -> str:
        right = f'Write {key} = "{example}".'
        found = self.value(key, str, right, needed=needed)
        if found is not None and not found.strip():
            self.find(key, f"“{key}” is empty.", right)
        return (found or "").strip() or default

    def texts(self, key: str, *, example: str) -> tuple[str, ...]:
        right = f'Write a list of words in quotes, like {key} = ["{example}"].'
        found = self.value(key, list, right) or []
        if all(isinstance(one, str) and one.strip() for one in found):
            return tuple(one.strip() for one in found)
        self.find(key, f"“{key}” holds something that is not words.", right)
        return ()

    def flag(self, key: str, *, default: bool) -> bool:
        found = self.value(key, bool, f"Write {key} = true or {key} = false.")
        return default if found is None else bool(found)

    def whole(self, key: str) -> int | None:
        found = self.value(key, int, f"Write a whole number, like {key} = 1.")
        if found is not None and not 0 <= found < 1_000_000:
            self.find(key, f"“{key}” is {'negative' if found < 0 else 'too large'}.", "Write a small whole number.")
            return None
        return None if found is None else int(found)

    def choice(self, key: str, options: Iterable[str], *, default: str) -> str:
        known = list(options)
        otherwise = f"Choose {joined(known, 'or')}."
        found = self.value(key, str, otherwise)
        if found is None or found in known:
            return found or default
        self.find(key, f"“{found}” is not a choice for “{key}”.", suggestion(found, known, otherwise=otherwise))
        return default

    def span(self, key: str) -> Span | None:
        found = self.value(key, str, SPAN_EXAMPLE)
        if found is None:
            return None
        if (read := span(found)) is None:
            self.find(key, f"“{found}” is not a length of time.", SPAN_EXAMPLE)
        return read

    def moment(self, key: str) -> datetime | None:
        found = self.value(key, (date, datetime), DATE_EXAMPLE)
        if found is None:
            return None
        if (read := moment_of(found, zone=self.source.zone)) is None:
            self.find(key, f"The year of “{key}” is {found.year}.", "Write a date between 1900 and 2200.")
        return read

    def dates(self) -> tuple[datetime | None, datetime | None]:
        """Read `valid_from` and `valid_to`, the second of which must be later."""
        starts, ends = self.moment("valid_from"), self.moment("valid_to")
        if starts and ends and ends <= starts:
            right = "Give the day on which it stops being valid, later than valid_from, or leave valid_to out."
            self.find("valid_to", "“valid_to” is not after “valid_from”.", right)
        return starts, ends

    def amounts(self, key: str) -> dict[str, Decimal]:
        """Read `limits = { exposure_gbp = 25_000, beds = 6 }`."""
        right = f"Write the largest of each quantity, like {key} = {{ exposure_gbp = 25_000 }}."
        read: dict[str, Decimal] = {}
        for code, amount in (self.value(key, dict, right) or {}).items():
            if isinstance(amount, bool) or not isinstance(amount, (int, Decimal)):
                self.find(key, f"“{code}” in “{key}” is {_kind(amount)}.", right)
            elif not (number := Decimal(amount)).is_finite() or number > LARGEST:
                self.find(key, f"“{code}” in “{key}” is too large to be an amount.", "Leave it out for no limit.")
            elif number < 0:
                self.find(key, f"“{code}” in “{key}” is negative.", "Write 0 or more; leave it out for no limit.")
            else:
                read[code] = number
        return read

    def inner(self, key: str, *, right: str, needed: bool = False) -> Table | None:
        """Read a table inside this one: `holder = { ... }`."""
        found = self.value(key, dict, right, needed=needed)
        return None if found is None else Table(self.source, self.name, self.nth, found, key=key)

    def inners(self, key: str, *, right: str) -> list[Table]:
        """Read a list of tables inside this one; a single one may stand without its brackets."""
        found = self.value(key, (list, dict), right)
        rows = [found] if isinstance(found, dict) else found or []
        if not all(isinstance(row, dict) for row in rows):
            self.find(key, f"“{key}” holds something that is not in braces.", right)
            return []
        return [Table(self.source, self.name, self.nth, row, key=key) for row in rows]


def _kind(value: object) -> str:
    """Say what kind of value stands in a file."""
    match value:
        case bool():
            return "true or false"
        case str():
            return "words in quotes"
        case int() | Decimal():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table in braces"
        case _:
            return "a date or time"
