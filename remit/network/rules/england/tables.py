"""Official CSV files, row by row, with the line of each so that every fault has a place."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from remit.network.rules.england.mapping import FileMapping
from remit.network.rules.england.refusals import BadFile

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by what they mean, and where it stands."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, meaning: str) -> str:
        return self.cells[meaning]

    def bad(self, what: str) -> BadFile:
        return BadFile(self.file, what, line=self.line)

    def needed(self, meaning: str) -> str:
        """A cell that must not be empty."""
        if not self[meaning]:
            raise self.bad(f"the {meaning} is empty.")
        return self[meaning]

    def code(self, meaning: str) -> str:
        """A cell that must hold an official code."""
        found = self.needed(meaning)
        if not (found.isascii() and found.isalnum() and found == found.upper() and len(found) <= 10):
            raise self.bad(f"“{found}” is not a code: capital letters and digits, like R0A.")
        return found

    def day(self, meaning: str, wanted: str) -> date | None:
        """A cell that may hold a date, written as `wanted` says."""
        found = self[meaning]
        if not found:
            return None
        try:
            day = datetime.strptime(found, wanted).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            day = None
        if day is None or day.strftime(wanted) != found:
            example = date(2024, 9, 30).strftime(wanted)
            raise self.bad(f"“{found}” is not a date; write it like {example}.")
        return day

    def share(self, meaning: str) -> float:
        """A cell that must hold a share, 0 to 1."""
        found = self.needed(meaning)
        try:
            value = float(found)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 1:
            raise self.bad(f"“{found}” is not a share between 0 and 1.")
        return value


def text_of(file: str, data: bytes) -> str:
    """Decode a file: UTF-8, with or without a byte-order mark, gzip when it is named so.

    Raises: BadFile, naming the line of the first byte that is not UTF-8.
    """
    if file.endswith(".gz"):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            raise BadFile(file, "this is not a gzip file, or it is cut short.") from None
    if data.startswith(_UTF16):
        raise BadFile(file, "this is UTF-16 text; save it as UTF-8.", line=1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"byte {data[error.start]:#04x} is not UTF-8 text; save the file as UTF-8."
        raise BadFile(file, what, line=data.count(b"\n", 0, error.start) + 1) from None


def rows_of(file: str, data: bytes, mapping: FileMapping) -> Iterator[Row]:
    """Read the rows of a file, in order.

    Raises: BadFile for a missing column, a row of the wrong length or broken quoting.
    """
    reader = csv.reader(io.StringIO(text_of(file, data), newline=""), strict=True)
    try:
        first = [cell.strip() for cell in next(reader, [])]
        headless = bool(mapping.order) and not set(first) & set(mapping.columns.values()) and len(first) > 1
        header = mapping.order if headless else tuple(first)
        places = _places(file, header, mapping)
        if headless:
            yield _row(file, reader.line_num, first, places, at_least=len(header))
        at_most = None if headless else len(header)
        for cells in reader:
            if any(cells):
                yield _row(file, reader.line_num, cells, places, at_least=len(header), at_most=at_most)
    except csv.Error as error:
        raise BadFile(file, f"this is not CSV: {error}.", line=reader.line_num) from None


def _places(file: str, header: Sequence[str], mapping: FileMapping) -> dict[str, int]:
    for column in mapping.columns.values():
        if column not in header:
            found = ", ".join(header) or "nothing"
            raise BadFile(file, f"the column “{column}” is missing; found {found}.", line=1)
    return {meaning: header.index(column) for meaning, column in mapping.columns.items()}


def _row(
    file: str, line: int, cells: Sequence[str], places: dict[str, int], *, at_least: int, at_most: int | None = None
) -> Row:
    if len(cells) < at_least or (at_most is not None and len(cells) > at_most):
        raise BadFile(file, f"this row has {len(cells)} cells, and the header {at_least}.", line=line)
    return Row(file, line, {meaning: cells[place].strip() for meaning, place in places.items()})
