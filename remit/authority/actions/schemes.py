"""Taxonomies and schemes: read in, drafted, adopted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from remit.authority.actions.versions import note
from remit.authority.errors import SchemeStands
from remit.authority.models import SchemeVersion, TaxonomyVersion
from remit.authority.rules.reading import read_scheme, read_taxonomy
from remit.authority.rulings import vocabulary
from remit.kernel.actor import Actor, ActorKind
from remit.kernel.errors import NotValid
from remit.kernel.words import day
from remit.ledger.actions import action, nothing_to_change, record
from remit.network.errors import NotKeeper
from remit.network.models import Party
from remit.network.rulings import require_keeper
from remit.shell.acts import Strength


@action
def read_in_taxonomy(text: str, *, file: str, by: Actor, at: datetime) -> TaxonomyVersion:
    """Read in an edition of the matters. The same edition again changes nothing.

    Raises: SchemeRefused, with findings; NotValid, where this edition stands with another text.
    """
    if by.kind is not ActorKind.KEEPER:
        raise NotKeeper
    taxonomy = read_taxonomy(text, file=file)
    key = f"{taxonomy.code}-{taxonomy.edition}"
    present = TaxonomyVersion.objects.filter(key=key).first()
    if present is not None:
        if present.text != text:
            raise NotValid(f"The edition {key} stands already with another text. Give the new one another edition.")
        nothing_to_change()
        return present
    version = TaxonomyVersion.objects.create(key=key, text=text, read_at=at)
    note()
    parties = Party.objects.filter(outside=False).order_by("-kind", "code").values_list("pk", flat=True)[:1]
    record("authority.taxonomy-read", subject=version, by=by, at=at, parties=parties, facts={"key": key})
    return version


@action
def draft_scheme(party_id: UUID, text: str, *, file: str, by: Actor, at: datetime) -> SchemeVersion:
    """Put in a draft for a party. A draft decides nothing until it is adopted.

    Raises: NotKeeper; SchemeRefused, with findings; NotValid, where this edition stands already.
    """
    require_keeper(by, party_id, at=at)
    party = Party.objects.get(pk=party_id)
    head, _, _ = text.partition("[clauses]")
    taxonomy = next((t for t in TaxonomyVersion.objects.order_by("-read_at") if f'"{t.key}"' in head), None)
    if taxonomy is None:
        known = ", ".join(TaxonomyVersion.objects.values_list("key", flat=True)) or "none yet"
        raise NotValid(f"{file} names no edition of the matters that is read in. Known: {known}.")
    scheme = read_scheme(
        text,
        file=file,
        taxonomy=read_taxonomy(taxonomy.text, file=taxonomy.key),
        vocabulary=vocabulary(party),
        zone=ZoneInfo(party.time_zone),
    )
    if SchemeVersion.objects.filter(party=party, code=scheme.code, edition=scheme.edition).exists():
        raise NotValid(f"{party.name} has edition {scheme.edition} of this scheme already. Give it another edition.")
    version = SchemeVersion.objects.create(
        party=party,
        code=scheme.code,
        edition=scheme.edition,
        title=scheme.title,
        text=text,
        taxonomy=taxonomy,
        starts_at=scheme.starts_at,
        ends_at=scheme.ends_at,
    )
    _record("authority.scheme-drafted", version, by=by, at=at)
    return version


@action
def adopt_first(scheme_id: UUID, *, by: Actor, at: datetime, starts_at: datetime | None = None) -> SchemeVersion:
    """Bring a party's first scheme into force. Every later one is adopted by a decision.

    Raises: NotKeeper; SchemeStands, where one is in force.
    """
    if by.kind is not ActorKind.KEEPER:
        raise NotKeeper
    version = SchemeVersion.objects.select_related("party").get(pk=scheme_id)
    if SchemeVersion.objects.filter(party=version.party, status=SchemeVersion.Status.ADOPTED).exists():
        raise SchemeStands(version.party.name)
    return _adopt(version, starts_at=starts_at or version.starts_at or at, entry_id=None, by=by, at=at)


@action
def adopt_on_strength(*, scheme_id: str, starts_at: str, strength: Strength, by: Actor, at: datetime) -> None:
    """Bring a draft into force because a decision said so. Run as the act `adopt-scheme`."""
    version = SchemeVersion.objects.select_related("party").get(pk=UUID(scheme_id))
    if version.status != SchemeVersion.Status.DRAFT:
        raise NotValid(f"{version.title}, edition {version.edition}, is adopted already.")
    begins = max(datetime.fromisoformat(starts_at), at)  # what was decided before stays under the scheme of its day
    _adopt(version, starts_at=begins, entry_id=strength.entry_id, by=by, at=at)


def _adopt(
    version: SchemeVersion, *, starts_at: datetime, entry_id: UUID | None, by: Actor, at: datetime
) -> SchemeVersion:
    before = SchemeVersion.objects.filter(party=version.party, status=SchemeVersion.Status.ADOPTED)
    for earlier in before.exclude(ends_at__lte=starts_at):
        earlier.ends_at = starts_at
        earlier.save(update_fields=["ends_at"])
    version.status = SchemeVersion.Status.ADOPTED
    version.starts_at, version.adopted_by_entry = starts_at, entry_id
    version.save(update_fields=["status", "starts_at", "adopted_by_entry"])
    note()
    _record("authority.scheme-adopted", version, by=by, at=at, starts_at=day(starts_at))
    return version


def _record(verb: str, version: SchemeVersion, *, by: Actor, at: datetime, **facts: str) -> None:
    record(
        verb,
        subject=version,
        by=by,
        at=at,
        parties=[version.party_id],
        facts={"title": version.title, "code": version.code, "edition": version.edition, **facts},
    )
