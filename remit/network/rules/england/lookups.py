"""The files beside the file of trusts: boards, regions, patient shares, partnerships, successors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from remit.network.rules.england.plan import Succession
from remit.network.rules.england.tables import Row


@dataclass(frozen=True, slots=True)
class Boards:
    """The integrated care boards: `names` by official code, `by_ons` from ONS code to official."""

    names: dict[str, str]
    by_ons: dict[str, str]
    parts: int


def read_boards(rows: Iterable[Row]) -> Boards:
    """Read the sub-ICB file: each board stands once for every part that it has.

    Raises: BadFile for a part given twice, or a board under two names or codes.
    """
    names: dict[str, str] = {}
    by_ons: dict[str, str] = {}
    parts: dict[str, int] = {}
    for row in rows:
        part, code, ons = row.code("part"), row.code("code"), row.code("ons")
        name = " ".join(row.needed("name").split())
        if part in parts:
            raise row.bad(f"{part} stands in line {parts[part]} already.")
        if names.setdefault(code, name) != name:
            raise row.bad(f"{code} is “{name}” here and “{names[code]}” further up.")
        if by_ons.setdefault(ons, code) != code:
            raise row.bad(f"{ons} is {code} here and {by_ons[ons]} further up.")
        parts[part] = row.line
    return Boards(names, by_ons, len(parts))


def read_regions(rows: Iterable[Row]) -> tuple[dict[str, str], dict[str, str]]:
    """Read the region file: the name of each region, and the region of each trust.

    A region without a name is none of England's.
    """
    names: dict[str, str] = {}
    of_trust: dict[str, str] = {}
    for row in rows:
        trust, code, name = row.code("trust"), row.code("code"), row["name"]
        if trust in of_trust:
            raise row.bad(f"the trust {trust} stands further up already.")
        of_trust[trust] = code
        if name and names.setdefault(code, name) != name:
            raise row.bad(f"{code} is “{name}” here and “{names[code]}” further up.")
    return names, of_trust


def read_shares(rows: Iterable[Row], boards: Boards) -> tuple[dict[str, dict[str, float]], dict[str, Row]]:
    """Read the patient shares: trust, board, share; and where each trust first stands.

    Raises: BadFile for a board that the sub-ICB file does not know, a pair given twice, or
        shares of one trust that add up to more than 1.
    """
    shares: dict[str, dict[str, float]] = {}
    first: dict[str, Row] = {}
    for row in rows:
        trust, ons = row.code("trust"), row.code("ons")
        if ons not in boards.by_ons:
            raise row.bad(f"the sub-ICB file knows no board {ons}.")
        board, of_trust = boards.by_ons[ons], shares.setdefault(trust, {})
        first.setdefault(trust, row)
        if board in of_trust:
            raise row.bad(f"{trust} and {ons} stand further up already.")
        of_trust[board] = row.share("share")
        if sum(of_trust.values()) > 1.001:
            raise row.bad(f"the shares of {trust} add up to more than 1.")
    return shares, first


def read_partnerships(rows: Iterable[Row], boards: Boards, renamed: dict[str, str]) -> dict[str, str]:
    """Read the board that each trust's partnership became."""
    return {
        row.code("trust"): boards.by_ons[ons]
        for row in rows
        if (ons := renamed.get(row.code("ons"), row["ons"])) in boards.by_ons
    }


def read_successions(
    rows: Iterable[Row], wanted: str, known: Iterable[Succession], about: frozenset[str]
) -> dict[str, Succession]:
    """Read who succeeded whom, where either is in `about`; the latest date of each stands."""
    found: dict[str, dict[date, set[str]]] = {}
    for succession in known:
        if about & {succession.old, *succession.new}:
            found.setdefault(succession.old, {}).setdefault(succession.on, set()).update(succession.new)
    for row in rows:
        if row["old"] in about or row["new"] in about:
            day = row.day("date", wanted)
            if day is None:
                raise row.bad("the date is empty.")
            found.setdefault(row["old"], {}).setdefault(day, set()).add(row.code("new"))
    return {old: Succession(old, tuple(sorted(days[max(days)])), max(days)) for old, days in found.items()}
