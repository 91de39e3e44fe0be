"""The bodies of a demonstration system: who sits in them, and when they sit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from remit.network.rules.arriving import BodyRow, InterestRow, MemberRow, PostRow, SittingRow
from remit.site.demonstration.files import local, table, toml

SITTINGS_BEFORE, SITTINGS_AFTER = timedelta(days=60), timedelta(days=180)
DAY = timedelta(days=1)


def _each() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line of the file with each party that has such a body."""
    organisations = [o["code"] for o in toml("marchland")["organisation"]]
    for line in toml("bodies")["body"]:
        named = [line["system"]] if "system" in line else line["organisations"] or organisations
        for party in named:
            yield party, line


def bodies() -> tuple[BodyRow, ...]:
    """Every body of every party."""
    return tuple(
        BodyRow(
            party=party,
            code=line["code"],
            name=line["name"],
            kind=line["kind"],
            quorum=line["quorum"],
            in_writing=line.get("in_writing", False),
            joint=line.get("joint", False),
        )
        for party, line in _each()
    )


def members(posts: Mapping[str, PostRow]) -> tuple[MemberRow, ...]:
    """Every seat, the chair's first; a seat whose organisation has no such post is left out."""
    since = local(toml("marchland")["founded_on"])
    rows = []
    for party, line in _each():
        refs = [ref for seat in line.get("seats", ()) for ref in _at_root(party, seat, posts)]
        refs += [_spelt(partner) for partner in line.get("partners", ())]
        seats = [ref for ref in dict.fromkeys(refs) if ref in posts]
        rows += [MemberRow(f"{party}/{line['code']}", post, n == 0, since) for n, post in enumerate(seats)]
    return tuple(rows)


def _at_root(party: str, seat: str, posts: Mapping[str, PostRow]) -> list[str]:
    role, _, most = seat.partition(":")
    refs = [post.ref for post in posts.values() if post.unit == f"{party}/{party}" and post.role == role]
    return refs[: int(most)] if most else refs


def _spelt(partner: str) -> str:
    """A partner's post in full: one at the root of its organisation is written without the unit."""
    party, *rest = partner.split("/")
    return partner if len(rest) == 2 else f"{party}/{party}/{rest[0]}"


def sittings(made_on: date) -> tuple[SittingRow, ...]:
    """Every sitting from two months before to half a year after."""
    days = [made_on - SITTINGS_BEFORE + n * DAY for n in range((SITTINGS_BEFORE + SITTINGS_AFTER).days)]
    return tuple(
        SittingRow(f"{party}/{line['code']}", local(day, line["sits"]["at"]), line["sits"]["public"])
        for party, line in _each()
        for day in days
        if _sits(line["sits"], day)
    )


def _sits(sits: Mapping[str, Any], day: date) -> bool:
    if day.weekday() != sits["weekday"]:
        return False
    if weeks := sits.get("every_weeks"):
        return day.toordinal() // 7 % int(weeks) == 0
    return day.month % int(sits["every_months"]) == 0 and (day.day - 1) // 7 == sits["week"] - 1


def interests(holders: Mapping[str, str]) -> tuple[InterestRow, ...]:
    """What people have declared."""
    return tuple(
        InterestRow(
            holders[line["holder"]],
            line["party"],
            line["supplier"],
            line["words"],
            local(date.fromisoformat(line["since"])),
        )
        for line in table("interests")
        if holders.get(line["holder"])
    )
