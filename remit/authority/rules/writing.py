"""A scheme written out as the TOML that reads back as the same scheme."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from remit.authority.rules.scheme import Condition, ConditionKind, Grant, Holder, May, Reservation, Scheme
from remit.authority.rules.spans import span_words


def scheme_text(scheme: Scheme) -> str:
    """Write a scheme as a file: what is usual is left out, times are UTC."""
    blocks = [_table("[scheme]", _head(scheme))]
    if scheme.clauses:
        blocks.append(_table("[clauses]", ((_words(number), _words(said)) for number, said in scheme.clauses.items())))
    blocks += [_table("[[grant]]", _grant(grant)) for grant in scheme.grants]
    blocks += [_table("[[reservation]]", _reservation(one)) for one in scheme.reservations]
    return "\n".join(blocks)


def _table(name: str, lines: Iterable[tuple[str, str]]) -> str:
    return "\n".join([name, *(f"{key} = {value}" for key, value in lines), ""])


def _head(scheme: Scheme) -> Iterator[tuple[str, str]]:
    for key in ("code", "party", "edition", "title", "source", "taxonomy"):
        yield key, _words(getattr(scheme, key))
    yield from _dates(scheme.starts_at, scheme.ends_at)
    if scheme.pooled:
        yield "pooled", "true"
    else:
        yield "residual", _holder(scheme.residual)


def _grant(grant: Grant) -> Iterator[tuple[str, str]]:
    yield "ref", _words(grant.ref)
    yield "matter", _words(grant.matter)
    yield "clause", _words(grant.clause)
    yield "holder", _holder(grant.holder)
    if grant.may is not May.DECIDE:
        yield "may", _words(grant.may.value)
    if grant.method != "sole":
        yield "method", _words(grant.method)
    yield from _amounts("limits", grant.limits)
    yield from _when(grant.when)
    for key in ("co_signers", "consult", "inform", "report_to"):
        yield from _holders(key, getattr(grant, key))
    if grant.ratify_by:
        yield "ratify_by", _holder(grant.ratify_by)
    if grant.confirm_by:
        yield "confirm_by", _holder(grant.confirm_by)
    yield from _span("confirm_within", grant.confirm_within, working=grant.confirm_in_working_time)
    yield from _span("answer_within", grant.answer_within, working=grant.answer_in_working_time)
    if grant.delegable:
        yield "delegable", "true"
    if not grant.deputies:
        yield "deputies", "false"
    if grant.order is not None:
        yield "order", str(grant.order)
    yield from _dates(grant.starts_at, grant.ends_at)


def _reservation(one: Reservation) -> Iterator[tuple[str, str]]:
    for key in ("ref", "matter", "clause", "body"):
        yield key, _words(getattr(one, key))
    if one.method != "majority":
        yield "method", _words(one.method)
    yield from _amounts("above", one.above)
    yield from _when(one.when)
    yield from _holders("consult", one.consult)
    yield from _holders("inform", one.inform)
    yield from _span("answer_within", one.answer_within, working=one.answer_in_working_time)
    yield from _dates(one.starts_at, one.ends_at)


def _words(text: str) -> str:
    """Write a TOML string: JSON's is one, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _holder(holder: Holder) -> str:
    if holder.body:
        return f"{{ body = {_words(holder.body)} }}"
    kind, name = ("role", holder.role) if holder.role else ("group", holder.role_group)
    return f"{{ {kind} = {_words(name)}, at = {_words(holder.at_unit or holder.at_kind)} }}"


def _holders(key: str, holders: tuple[Holder, ...]) -> Iterator[tuple[str, str]]:
    if holders:
        yield key, f"[{', '.join(map(_holder, holders))}]"


def _amounts(key: str, amounts: Mapping[str, Decimal]) -> Iterator[tuple[str, str]]:
    if amounts:
        yield key, f"{{ {', '.join(f'{code} = {amount:f}' for code, amount in amounts.items())} }}"


def _when(conditions: tuple[Condition, ...]) -> Iterator[tuple[str, str]]:
    if conditions:
        yield "when", f"[{', '.join(map(_condition, conditions))}]"


def _condition(condition: Condition) -> str:
    value = condition.value if condition.kind is ConditionKind.OPEL else _words(condition.value)
    return f"{{ {condition.kind.value} = {value} }}"


def _span(key: str, length: timedelta | None, *, working: bool) -> Iterator[tuple[str, str]]:
    if length:
        yield key, _words(span_words(length, working=working))


def _dates(starts_at: datetime | None, ends_at: datetime | None) -> Iterator[tuple[str, str]]:
    if starts_at:
        yield "valid_from", starts_at.isoformat()
    if ends_at:
        yield "valid_to", ends_at.isoformat()
