"""Taxonomies and schemes, from their TOML texts: whole and sound, or refused with findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from remit.authority.rules.reading_grants import HOLDER_RIGHT, PARTY, Reader
from remit.authority.rules.reading_matters import coded, read_taxonomy
from remit.authority.rules.scheme import ANY_PARTY, Grant, Holder, Scheme
from remit.authority.rules.tables import Source, Table, source
from remit.authority.rules.taxonomy import Taxonomy
from remit.authority.rules.vocabulary import UNCHECKED, Vocabulary
from remit.kernel.words import LONDON

__all__ = ["adopted_by", "read_scheme", "read_taxonomy"]


def read_scheme(
    text: str,
    *,
    file: str,
    taxonomy: Taxonomy,
    vocabulary: Vocabulary = UNCHECKED,
    zone: ZoneInfo = LONDON,
) -> Scheme:
    """Read one version of a scheme.

    Args:
        file: what the file is called, for findings.
        taxonomy: the edition that the file names; its matters are the only ones it may use.
        vocabulary: the codes of the network, where they are known.
        zone: the organisation's own, in which a date without a time is midnight.
    Raises: SchemeRefused, with every finding; then nothing of the file is to be used.
    """
    src = source(text, file=file, zone=zone)
    src.only({"scheme", "clauses", "grant", "reservation"})
    head = src.table("scheme")
    pooled = head.flag("pooled", default=False)
    starts_at, ends_at = head.dates()
    clauses = _clauses(src)
    reader = Reader(taxonomy, vocabulary, clauses)
    scheme = Scheme(
        code=coded(head, "code", example="acute-trust"),
        party=_party(head),
        edition=coded(head, "edition", example="2026"),
        title=head.text("title", example="Scheme of reservation and delegation", needed=True),
        source=head.text("source", example="Board paper of 3 March 2026, item 9", needed=True),
        taxonomy=_taxonomy(head, taxonomy),
        residual=_residual(head, reader, pooled=pooled),
        grants=tuple(grant for table in src.many("grant") for grant in reader.grants(table)),
        reservations=tuple(map(reader.reservation, src.many("reservation"))),
        starts_at=starts_at,
        ends_at=ends_at,
        pooled=pooled,
        clauses=clauses,
    )
    head.close()
    src.refuse_if_wrong()
    return scheme


def adopted_by(
    template: Scheme, party: str, *, starts_at: datetime | None = None, ends_at: datetime | None = None
) -> Scheme:
    """Make a template the scheme of one party: its units become that party's."""

    def placed(holder: Holder) -> Holder:
        unit = holder.at_unit
        return replace(holder, at_unit=party + unit[1:]) if unit.startswith(f"{ANY_PARTY}/") else holder

    def held(grant: Grant) -> Grant:
        return replace(
            grant,
            holder=placed(grant.holder),
            co_signers=tuple(map(placed, grant.co_signers)),
            consult=tuple(map(placed, grant.consult)),
            inform=tuple(map(placed, grant.inform)),
            report_to=tuple(map(placed, grant.report_to)),
            ratify_by=placed(grant.ratify_by) if grant.ratify_by else None,
            confirm_by=placed(grant.confirm_by) if grant.confirm_by else None,
        )

    return replace(
        template,
        party=party,
        residual=placed(template.residual),
        grants=tuple(map(held, template.grants)),
        reservations=tuple(
            replace(one, consult=tuple(map(placed, one.consult)), inform=tuple(map(placed, one.inform)))
            for one in template.reservations
        ),
        starts_at=starts_at or template.starts_at,
        ends_at=ends_at or template.ends_at,
    )


def _party(head: Table) -> str:
    party = head.text("party", example="fenmoor-hospitals", needed=True)
    if party and party != ANY_PARTY and not PARTY.fullmatch(party):
        right = "Write the party's code, like “fenmoor-hospitals”, or “*” in a template."
        head.find("party", f"“{party}” is not the code of a party.", right)
    return party


def _taxonomy(head: Table, taxonomy: Taxonomy) -> str:
    name = head.text("taxonomy", example=taxonomy.name, needed=True)
    if name and name != taxonomy.name:
        right = f"It is read against {taxonomy.name}: write that, or give the taxonomy that it means."
        head.find("taxonomy", f"This scheme speaks of the matters of “{name}”.", right)
    return name


def _residual(head: Table, reader: Reader, *, pooled: bool) -> Holder:
    right = 'Say who decides what nothing else gives: { role = "chief-executive", at = "organisation" }.'
    inner = head.inner("residual", right=HOLDER_RIGHT if pooled else right, needed=not pooled)
    if inner and pooled:
        right = "Take it out: what members have not pooled, each of them decides."
        head.find("residual", "A pooled scheme has no residual holder.", right)
    return reader.holder(inner) if inner else Holder()


def _clauses(src: Source) -> dict[str, str]:
    if "clauses" not in src.root:
        return {}
    table = src.table("clauses")
    return {number: table.text(number, example="What the clause says") for number in table.raw}
