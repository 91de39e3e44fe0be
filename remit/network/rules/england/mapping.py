"""The mapping file: which official file holds what, and what has to be known beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from remit.network.rules.england.plan import Succession
from remit.network.rules.england.refusals import BadFile


@dataclass(frozen=True, slots=True)
class FileMapping:
    """One kind of file: its names (newest first), its columns by what they mean, its dates."""

    names: tuple[str, ...]
    columns: Mapping[str, str]
    optional: bool
    date_format: str
    order: tuple[str, ...]
    as_of: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class EnglandMapping:
    """The whole mapping file."""

    edition: str
    register: str
    source: str
    patient_share: float
    region_kind: str
    region_name: str
    regions_from: date
    outside: frozenset[str]
    ics_kind: str
    ics_code: str
    ics_name: str
    board_prefix: str
    board_suffix: str
    ics_from: date
    ambulance_words: str
    ambulance_codes: frozenset[str]
    placed: Mapping[str, tuple[str, ...]]
    capitals: frozenset[str]
    small: frozenset[str]
    exactly: Mapping[str, str]
    files: Mapping[str, FileMapping]
    partnership_to_board: Mapping[str, str]
    successions: tuple[Succession, ...]


def read_mapping(text: str, *, file: str = "england-mapping.toml") -> EnglandMapping:
    """Read a mapping file.

    Raises: BadFile, naming the file and the entry that is missing or of the wrong kind.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFile(file, f"this is not TOML: {error}.") from None
    try:
        mapping = _mapping(raw)
    except KeyError as error:
        raise BadFile(file, f"the entry {error.args[0]!r} is missing.") from None
    except (TypeError, AttributeError) as error:
        raise BadFile(file, f"an entry is of the wrong kind: {error}.") from None
    if not 0 < mapping.patient_share <= 1:
        raise BadFile(file, f"patient_share is {mapping.patient_share}; it must be above 0 and at most 1.")
    return mapping


def _mapping(raw: Mapping[str, Any]) -> EnglandMapping:
    regions, ics, ambulance, names = raw["regions"], raw["ics"], raw["ambulance"], raw["names"]
    return EnglandMapping(
        edition=raw["edition"],
        register=raw["register"],
        source=raw["source"],
        patient_share=float(raw["patient_share"]),
        region_kind=regions["kind"],
        region_name=regions["name"],
        regions_from=regions["from"],
        outside=frozenset(regions["outside"]),
        ics_kind=ics["kind"],
        ics_code=ics["code"],
        ics_name=ics["name"],
        board_prefix=ics["board_prefix"],
        board_suffix=ics["board_suffix"],
        ics_from=ics["from"],
        ambulance_words=ambulance["words"],
        ambulance_codes=frozenset(ambulance["codes"]),
        placed={code: tuple(boards) for code, boards in raw.get("placed", {}).items()},
        capitals=frozenset(names["capitals"]),
        small=frozenset(names["small"]),
        exactly=dict(names["exactly"]),
        files={kind: _file(table) for kind, table in raw["files"].items()},
        partnership_to_board=dict(raw.get("partnership_to_board", {})),
        successions=tuple(
            Succession(entry["old"], (entry["new"],), entry["date"]) for entry in raw.get("succession", ())
        ),
    )


def _file(table: Mapping[str, Any]) -> FileMapping:
    return FileMapping(
        names=tuple(table["names"]),
        columns=dict(table["columns"]),
        optional=bool(table.get("optional", False)),
        date_format=table.get("date", "%Y-%m-%d"),
        order=tuple(table.get("order", ())),
        as_of=dict(table.get("as_of", {})),
    )
