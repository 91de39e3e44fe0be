"""The official files of a folder, and the words in which a load of them is told."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import remit.authority
import remit.network
from remit.kernel.words import counted, day, joined
from remit.network.rules.arriving import GroupRow, RoleRow
from remit.network.rules.england import (
    BadFile,
    Changes,
    England,
    TrustTemplate,
    read_england,
    read_mapping,
    read_template,
    wanted_files,
)

DATA = Path(remit.network.__file__).parent / "data"
RULES = Path(remit.authority.__file__).parent / "data"
SHOWN = 12  # added parties that are named one by one


def england_in(folder: Path, *, mapping_file: Path | None, trusts: str | None) -> England:
    """Read the plan of England from a folder of official files.

    Raises: BadFile for anything that is not there or cannot be read.
    """
    at = mapping_file or DATA / "england-mapping.toml"
    try:
        mapping = read_mapping(at.read_text(encoding="utf-8"), file=at.name)
        there = {path.name: path for path in sorted(folder.iterdir()) if path.is_file()}
        wanted = wanted_files(there, mapping=mapping, trusts=trusts)
        files = {name: there[name].read_bytes() for name in wanted.values()}
    except UnicodeDecodeError as error:
        raise BadFile(at.name, "this is not UTF-8 text.") from error
    except OSError as error:
        raise BadFile(str(error.filename), f"it cannot be read: {error.strerror}.") from error
    return read_england(files, mapping=mapping, trusts=trusts)


def the_template() -> TrustTemplate:
    """The template of a trust that Remit brings along."""
    return read_template((DATA / "trust-template.toml").read_text(encoding="utf-8"))


def the_rules(kind: str, name: str) -> tuple[str, str]:
    """A taxonomy (`taxonomies`) or a template of a scheme (`schemes`), and what its file is called."""
    path = RULES / kind / f"{name}.toml"
    return path.read_text(encoding="utf-8"), path.name


def the_words() -> tuple[tuple[GroupRow, ...], tuple[RoleRow, ...]]:
    """The groups of roles and the roles that Remit brings along."""
    raw = tomllib.loads((DATA / "roles.toml").read_text(encoding="utf-8"))
    return (
        tuple(GroupRow(group["code"], group["name"]) for group in raw["group"]),
        tuple(RoleRow(role["code"], role["name"], groups=tuple(role.get("groups", ()))) for role in raw["role"]),
    )


def what_was_read(plan: England) -> Iterator[str]:
    """What the files say, in counts."""
    yield f"{plan.register}, trusts as of {day(plan.as_of)}, from {joined(name for name, _ in plan.files)}"
    n = plan.counts()
    yield joined(
        [
            counted(n["regions"], "region"),
            counted(n["systems"], "integrated care system"),
            counted(n["boards"], "integrated care board"),
            f"{counted(n['trusts'], 'trust')} ({n['closed']} closed)",
            counted(n["memberships"], "membership"),
        ]
    )


def what_changes(plan: England, changes: Changes, *, done: bool) -> Iterator[str]:
    """What a load adds, renames, closes and moves, or did."""
    names = {o.code: o.name for o in plan.organisations} | {s.code: s.name for s in plan.systems}
    if changes.added:
        yield f"{'Added' if done else 'Would add'} {counted(len(changes.added), 'party', 'parties')}:"
        if len(changes.added) <= SHOWN:
            yield from (f"  {code}  {names[code]}" for code in changes.added)
        else:
            sorts = {o.code: o.kind.value for o in plan.organisations} | {s.code: s.kind for s in plan.systems}
            yield from (f"  {n:>4}  {sort}" for sort, n in Counter(sorts[code] for code in changes.added).items())
    if changes.renamed:
        yield f"{'Renamed' if done else 'Would rename'} {len(changes.renamed)}:"
        yield from (f"  {r.code}  {r.before} -> {r.after}" for r in changes.renamed)
    if changes.closed:
        yield f"{'Closed' if done else 'Would close'} {len(changes.closed)}:"
        for c in changes.closed:
            yield f"  {c.code}  {c.name}, after {day(c.on)}" + (f"; now {joined(c.into)}" if c.into else "")
    if changes.moved:
        yield f"{'Moved' if done else 'Would move'} {len(changes.moved)}:"
        for m in changes.moved:
            steps = [f"joins {joined(m.joined)}"] * bool(m.joined) + [f"leaves {joined(m.left)}"] * bool(m.left)
            yield f"  {m.code}  {names[m.code]} {joined(steps)}"


def what_a_person_does(plan: England, changes: Changes) -> Iterator[str]:
    """Rows that were not placed, each with its reason, and what the files leave open."""
    if plan.listed or changes.questions:
        yield "For a person to place or settle:"
        for row in (*plan.listed, *changes.questions):
            at = f" ({row.file}, line {row.line})" if row.line else ""
            yield f"  {row.code}  {row.name + ': ' if row.name else ''}{row.reason}{at}"
    if plan.outside:
        yield "Outside England, not loaded:"
        yield from (f"  {row.code}  {row.name}" for row in plan.outside)
