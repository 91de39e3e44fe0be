"""Make the plan of England: which trust belongs where, and which a person has to place."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from remit.kernel.words import day, joined
from remit.network.rules.england.lookups import (
    Boards,
    read_boards,
    read_partnerships,
    read_regions,
    read_shares,
    read_successions,
)
from remit.network.rules.england.mapping import EnglandMapping
from remit.network.rules.england.names import proper_name
from remit.network.rules.england.plan import England, Kind, Listed, Membership, Organisation, Succession, System
from remit.network.rules.england.refusals import BadFile
from remit.network.rules.england.tables import Row, rows_of

DAY = timedelta(days=1)


def wanted_files(there: Iterable[str], *, mapping: EnglandMapping, trusts: str | None = None) -> dict[str, str]:
    """Choose the file of each kind among those that are there: the newest, or the named one.

    Args:
        trusts: the file of trusts to read instead of the newest.
    Raises: BadFile when a file that is needed is not there.
    """
    names, chosen = set(there), {}
    for kind, file in mapping.files.items():
        candidates = (trusts,) if kind == "trusts" and trusts else file.names
        name = next((name for name in candidates if name in names), None)
        if name:
            chosen[kind] = name
        elif not file.optional:
            raise BadFile(candidates[0], f"this file is not there; it holds the {kind}.")
    return chosen


def read_england(files: Mapping[str, bytes], *, mapping: EnglandMapping, trusts: str | None = None) -> England:
    """Read the official files into the plan of England.

    Args:
        files: what each file holds, by its name; those that are not needed are not looked at.
        trusts: the file of trusts to read instead of the newest.
    Raises: BadFile, naming file and line, for anything that cannot be read as it should be.
    """
    chosen = wanted_files(files, mapping=mapping, trusts=trusts)

    def rows(kind: str) -> Iterator[Row]:
        name = chosen.get(kind)
        return rows_of(name, files[name], mapping.files[kind]) if name else iter(())

    boards = read_boards(rows("boards"))
    region_names, region_of = read_regions(rows("regions"))
    shares, first_share = read_shares(rows("shares"), boards)
    official = _trusts(rows("trusts"), chosen["trusts"])
    as_of = _as_of(official, chosen["trusts"], mapping)
    about = frozenset({*region_of, *shares, *(row["code"] for row in official)})
    successions: dict[str, Succession] = {}
    for kind in ("successors", "mergers"):
        table = mapping.files.get(kind)
        if table:
            known = (*mapping.successions, *successions.values())
            successions = read_successions(rows(kind), table.date_format, known, about)

    placing = _Placing(
        mapping=mapping,
        as_of=as_of,
        boards=boards,
        region_names={code: name for code, name in region_names.items() if code not in mapping.outside},
        region_of=region_of,
        board_of=read_partnerships(rows("partnerships"), boards, dict(mapping.partnership_to_board)),
        shares=shares,
        successions=successions,
    )
    for row in official:
        placing.place(row)
    placing.found |= {row["code"] for row in official}
    for trust, row in first_share.items():
        if trust not in placing.found:
            merged = f"; {joined(successions[trust].new)} took over" if trust in successions else ""
            why = f"patient shares of a trust that the file of trusts does not have{merged}"
            placing.list_row(row, trust, "", why)
    digests = tuple((name, hashlib.sha256(files[name]).hexdigest()) for name in sorted(chosen.values()))
    return placing.england(digests)


def _trusts(rows: Iterable[Row], file: str) -> list[Row]:
    found: dict[str, Row] = {}
    for row in rows:
        code = row.code("code")
        if code in found:
            raise row.bad(f"{code} stands in line {found[code].line} already.")
        found[code] = row
    if not found:
        raise BadFile(file, "there is no trust in it.")
    return list(found.values())


def _as_of(rows: Iterable[Row], file: str, mapping: EnglandMapping) -> date:
    """The day for which the file speaks: as the mapping says, else the latest date in it."""
    table = mapping.files["trusts"]
    if file in table.as_of:
        return table.as_of[file]
    days = [found for row in rows for at in ("opened", "closed") if (found := row.day(at, table.date_format))]
    if not days:
        raise BadFile(file, "there is no date in it, and the mapping gives none under as_of.")
    return max(days)


def _code(placed: System | Organisation | Listed) -> str:
    return placed.code


@dataclass
class _Placing:
    """The work in hand: what is known, and what has been placed so far."""

    mapping: EnglandMapping
    as_of: date
    boards: Boards
    region_names: dict[str, str]
    region_of: dict[str, str]
    board_of: dict[str, str]
    shares: dict[str, dict[str, float]]
    successions: dict[str, Succession]
    organisations: list[Organisation] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    outside: list[Listed] = field(default_factory=list)
    regions_of_board: dict[str, Counter[str]] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)

    def place(self, row: Row) -> None:
        """Place one row of the file of trusts."""
        if row["region"] in self.mapping.outside:
            self.list_outside(row)
            return
        trust = self.trust(row)
        self.organisations.append(trust)
        home, because = self.home(row)
        if home and trust.region:
            self.regions_of_board.setdefault(home, Counter())[trust.region] += 1
        if trust.closed_on and trust.closed_on < self.mapping.ics_from:
            return  # closed before there were ICSs: it stands, and belongs nowhere
        if placed := self.mapping.placed.get(trust.code):
            self.join(row, trust, dict.fromkeys(placed, "placed by a person"))
        elif trust.kind is Kind.AMBULANCE:
            why = f"an ambulance trust serves several systems; its own code is {row['board']}"
            self.list_row(row, trust.code, trust.name, why)
        elif home is None:
            self.list_row(row, trust.code, trust.name, because)
        else:
            self.join(row, trust, {**self.sending(trust.code), home: because})

    def trust(self, row: Row) -> Organisation:
        """Read the trust itself; one whose successor has taken over is closed."""
        code, wanted = row["code"], self.mapping.files["trusts"].date_format
        opened, closed = row.day("opened", wanted), row.day("closed", wanted)
        if opened and closed and closed < opened:
            raise row.bad(f"{code} closes before it opens.")
        name = self.proper(row.needed("name"))
        succession = self.successions.get(code)
        if closed is None and succession and succession.on <= self.as_of:
            closed = succession.on - DAY
            why = f"open in the file; {joined(succession.new)} took over on {day(succession.on)}: taken as closed"
            self.list_row(row, code, name, why)
        return Organisation(code, name, self.kind(code, row["name"]), opened, closed, self.region(row))

    def region(self, row: Row) -> str:
        """The region of the trust's own code, else that of the file of regions; empty when neither knows."""
        if row["region"] in self.region_names:
            return row["region"]
        region = self.region_of.get(row["code"], "")
        return region if region in self.region_names else ""

    def kind(self, code: str, name: str) -> Kind:
        if code in self.mapping.ambulance_codes or self.mapping.ambulance_words in name.upper():
            return Kind.AMBULANCE
        return Kind.ACUTE if code in self.shares else Kind.OTHER

    def home(self, row: Row) -> tuple[str | None, str]:
        """The board of the trust's own code, else of the partnership that it was in."""
        if row["board"] in self.boards.names:
            return row["board"], f"the file gives {row['board']}"
        if board := self.board_of.get(row["code"]):
            return board, "its partnership of 2021"
        given = f"{row['board']} is no integrated care board" if row["board"] else "the file gives no board"
        return None, f"{given}, and no other file says where it belongs"

    def sending(self, trust: str) -> dict[str, str]:
        """The boards that send enough of its patients."""
        return {
            board: f"{share:.0%} of its patients"
            for board, share in sorted(self.shares.get(trust, {}).items())
            if share >= self.mapping.patient_share
        }

    def join(self, row: Row, trust: Organisation, boards: Mapping[str, str]) -> None:
        for board, because in boards.items():
            if board not in self.boards.names:
                raise row.bad(f"{trust.code} is placed in {board}, which is no integrated care board.")
            starts = max(self.mapping.ics_from, trust.opened_on or self.mapping.ics_from)
            self.memberships.append(Membership(trust.code, self.ics(board), starts, because, trust.closed_on))

    def list_row(self, row: Row, code: str, name: str, reason: str) -> None:
        self.listed.append(Listed(code, name, reason, row.file, row.line))

    def list_outside(self, row: Row) -> None:
        name = self.proper(row.needed("name"))
        self.outside.append(Listed(row["code"], name, f"outside England ({row['region']})", row.file, row.line))

    def proper(self, name: str) -> str:
        return proper_name(name, capitals=self.mapping.capitals, small=self.mapping.small, exactly=self.mapping.exactly)

    def ics(self, board: str) -> str:
        return self.mapping.ics_code.format(code=board)

    def england(self, files: tuple[tuple[str, str], ...]) -> England:
        """The plan, in the order of the codes."""
        mapping = self.mapping
        regions = [
            System(code, mapping.region_name.format(name=name), mapping.region_kind, mapping.regions_from)
            for code, name in self.region_names.items()
        ]
        partnerships, conveners = [], []
        for board, name in self.boards.names.items():
            short = name.removeprefix(mapping.board_prefix).removesuffix(mapping.board_suffix)
            ics, since = self.ics(board), mapping.ics_from
            partnerships.append(System(ics, mapping.ics_name.format(name=short), mapping.ics_kind, since, board))
            conveners.append(Organisation(board, name, Kind.BOARD, since))
            self.memberships.append(Membership(board, ics, since, "the board convenes it"))
            self.join_region(board, name, ics)
        return England(
            edition=mapping.edition,
            register=mapping.register,
            source=mapping.source,
            as_of=self.as_of,
            systems=(*sorted(regions, key=_code), *sorted(partnerships, key=_code)),
            organisations=(*sorted(conveners, key=_code), *sorted(self.organisations, key=_code)),
            memberships=tuple(sorted(self.memberships, key=lambda m: (m.member, m.system))),
            listed=tuple(sorted(self.listed, key=_code)),
            outside=tuple(sorted(self.outside, key=_code)),
            successions=tuple(sorted(self.successions.values(), key=lambda s: s.old)),
            files=files,
        )

    def join_region(self, board: str, name: str, ics: str) -> None:
        """Put an ICS into the region of most of its trusts."""
        votes = self.regions_of_board.get(board, Counter()).most_common(2)
        if not votes or (len(votes) == 2 and votes[0][1] == votes[1][1]):
            why = "its trusts lie in two regions equally" if votes else "no trust of its own says which region it is in"
            self.listed.append(Listed(ics, name, why))
            return
        because = f"{votes[0][1]} of its trusts are there"
        self.memberships.append(Membership(ics, votes[0][0], self.mapping.ics_from, because))
