"""A taxonomy, from its TOML text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from remit.authority.rules.findings import suggestion
from remit.authority.rules.tables import Source, Table, source
from remit.authority.rules.taxonomy import Matter, Quantity, Reach, StatedFact, Taxonomy
from remit.kernel.words import LONDON, joined

CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
PATH = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
REACHES = [reach.value for reach in Reach]
MONEY_REACHES = frozenset({Reach.WHOLE_LIFE, Reach.ROLLING_YEAR})
VAT_BASES = ["including VAT", "net"]


def read_taxonomy(text: str, *, file: str, zone: ZoneInfo = LONDON) -> Taxonomy:
    """Read one edition of the matters.

    Args:
        file: what the file is called, for findings.
        zone: the organisation's own, in which a date without a time is midnight.
    Raises: SchemeRefused, with every finding; then nothing of the file is to be used.
    """
    src = source(text, file=file, zone=zone)
    src.only({"taxonomy", "quantity", "fact", "matter"})
    head = src.table("taxonomy")
    code = coded(head, "code", example="health")
    edition = coded(head, "edition", example="2026")
    title = head.text("title", example="Matters of health and care", needed=True)
    origin = head.text("source", example="Board paper of 3 March 2026, item 9", needed=True)
    starts_at, ends_at = head.dates()
    head.close()

    quantities = {one.code: one for one in map(_quantity, src.many("quantity"))}
    facts = {one.code: one for one in map(_fact, src.many("fact"))}
    matters: dict[str, Matter] = {}
    for table in src.many("matter"):
        matter = _matter(table, quantities, facts)
        if matter.path in matters:
            table.find("path", f"The matter “{matter.path}” is in this file already.", "Keep one of the two.")
        matters.setdefault(matter.path, matter)
    _each_has_its_parent(src, matters)
    src.refuse_if_wrong()
    return Taxonomy(code, edition, origin, matters, title=title, starts_at=starts_at, ends_at=ends_at)


def coded(table: Table, key: str, *, example: str, needed: bool = True) -> str:
    """Read a short code: small letters and figures, with hyphens between."""
    code = table.text(key, example=example, needed=needed)
    if code and not CODE.fullmatch(code):
        right = f"Write small letters and figures with hyphens between, like “{example}”."
        table.find(key, f"“{code}” is not a code.", right)
    return code


def _quantity(table: Table) -> Quantity:
    code = coded(table, "code", example="beds")
    words = table.texts("words", example="bed")
    if len(words) != 2:
        table.find("words", "A quantity needs its noun for one and for many.", 'Write words = ["bed", "beds"].')
        words = (code, code)
    quantity = Quantity(code, (words[0], words[1]))
    usual = MONEY_REACHES if quantity.is_money else frozenset({Reach.EVENT})
    reaches = _reaches(table) or usual
    vat = table.choice("vat", VAT_BASES, default="including VAT" if quantity.is_money else "")
    table.close()
    return Quantity(code, (words[0], words[1]), reaches, vat)


def _reaches(table: Table) -> frozenset[Reach]:
    reaches = set[Reach]()
    for name in table.texts("reaches", example="event"):
        if name in REACHES:
            reaches.add(Reach(name))
        else:
            right = suggestion(name, REACHES, otherwise=f"Use {joined(REACHES, 'or')}.")
            table.find("reaches", f"“{name}” is not a reach.", right)
    return frozenset(reaches)


def _fact(table: Table) -> StatedFact:
    code = coded(table, "code", example="risk-assessed")
    question = table.text("question", example="Has this been risk-assessed?", needed=True)
    if question and not question.endswith("?"):
        table.find("question", "A stated fact is asked as a question.", "End it with a question mark.")
    table.close()
    return StatedFact(code, question)


def _matter(table: Table, quantities: dict[str, Quantity], facts: dict[str, StatedFact]) -> Matter:
    path = table.text("path", example="estate/open-beds", needed=True)
    if path and not PATH.fullmatch(path):
        right = "Write small letters and figures, hyphens within a word, slashes between, like “estate/open-beds”."
        table.find("path", f"“{path}” is not a path.", right)
    span = table.span("answer_within")
    matter = Matter(
        path=path,
        title=table.text("title", example="Open escalation beds", needed=True),
        words=table.texts("words", example="extra beds"),
        quantities=tuple(_quantities_of(table, quantities)),
        facts=tuple(_known(table, "facts", facts, example="risk-assessed")),
        answer_within=span.length if span else None,
        answer_in_working_time=bool(span and span.working),
        reaches_dependants=table.flag("reaches_dependants", default=False),
        needs_party=coded(table, "needs_party", example="commissioning-icb", needed=False),
        purposes=table.texts("purposes", example="Clinical supplies"),
        equality_note=table.flag("equality_note", default=False),
        restricted=table.flag("restricted", default=False),
        line=table.line(),
    )
    table.close()
    return matter


def _known(table: Table, key: str, known: dict[str, StatedFact], *, example: str) -> Iterable[StatedFact]:
    """Read a list of codes that the same file explains."""
    for code in table.texts(key, example=example):
        if code in known:
            yield known[code]
        else:
            right = suggestion(code, known, otherwise=f"Add a [[{key.rstrip('s')}]] that explains it.")
            table.find(key, f"This file does not explain “{code}”.", right)


def _quantities_of(table: Table, known: dict[str, Quantity]) -> Iterable[Quantity]:
    """Read `quantities = ["beds", { code = "exposure_gbp", reaches = ["event"] }]`."""
    right = 'Write quantities = ["beds"], or { code = "exposure_gbp", reaches = ["event"] } in place of a code.'
    for item in table.value("quantities", list, right) or []:
        inner = Table(table.source, table.name, table.nth, item, key="quantities") if isinstance(item, dict) else None
        code = inner.text("code", example="exposure_gbp", needed=True) if inner else item
        if not isinstance(code, str):
            table.find("quantities", "“quantities” holds something that is not a code.", right)
            continue
        if inner and (reaches := _reaches(inner)):
            known = {**known, code: _reaching(known[code], reaches)} if code in known else known
        if inner:
            inner.close()
        if code in known:
            yield known[code]
        elif code:
            otherwise = "Add a [[quantity]] that explains it."
            wrong = f"This file does not explain “{code}”."
            table.find("quantities", wrong, suggestion(code, known, otherwise=otherwise))


def _reaching(quantity: Quantity, reaches: frozenset[Reach]) -> Quantity:
    return Quantity(quantity.code, quantity.words, reaches, quantity.vat)


def _each_has_its_parent(src: Source, matters: dict[str, Matter]) -> None:
    """A broad grant stands on a parent, so every node has to be there."""
    for path, matter in matters.items():
        parent, slash, _ = path.rpartition("/")
        if slash and parent not in matters:
            wrong = f"“{path}” lies under “{parent}”, which is not in this file."
            src.find(matter.line, wrong, f'Add a [[matter]] with path = "{parent}".')
