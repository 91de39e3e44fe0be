"""Taxonomies and schemes: read in, drafted, adopted; refused whole."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from remit.authority.actions import adopt_first, adopt_on_strength, draft_scheme, read_in_taxonomy
from remit.authority.actions.templates import begin_with_template
from remit.authority.errors import SchemeRefused, SchemeStands
from remit.authority.models import SchemeVersion, TaxonomyVersion
from remit.kernel.actor import KEEPER
from remit.kernel.errors import NotValid
from remit.ledger.queries import count_entries, entries_about
from remit.network.errors import NotKeeper
from remit.network.models import Party
from remit.shell.acts import Strength
from remit.testing.small_system import LONG_AGO, MORNING, REMIT

DATA = REMIT / "authority" / "data"
SCHEME = (DATA / "schemes" / "acute-trust-2026.toml").read_text(encoding="utf-8")
MATTERS = (DATA / "taxonomies" / "health-2026.toml").read_text(encoding="utf-8")
DAY = timedelta(days=1)


def next_edition(text: str = SCHEME, edition: str = "2027") -> str:
    return text.replace(
        f'edition = "{SchemeVersion.objects.get(party__code="fenmoor").edition}"', f'edition = "{edition}"'
    )


def drafted(small, text: str | None = None, *, by=None) -> SchemeVersion:
    return draft_scheme(
        small.party("fenmoor"),
        next_edition() if text is None else text,
        file="next.toml",
        by=by or small.noor,
        at=MORNING,
    )


def test_the_secretary_puts_in_a_draft_that_decides_nothing(small):
    row = drafted(small)

    assert row.status == SchemeVersion.Status.DRAFT
    [line] = entries_about(row.pk)
    assert line.words.startswith("Governance secretary, Fenmoor Hospitals put in a draft of ")
    assert SchemeVersion.objects.filter(party__code="fenmoor", status="adopted").count() == 1


def test_a_draft_is_refused_whole_and_without_a_trace(small):
    before = SchemeVersion.objects.count(), count_entries()
    for who in (small.ifan, small.faith):
        with pytest.raises(NotKeeper):
            drafted(small, by=who)
    with pytest.raises(NotValid, match="has edition"):
        drafted(small, SCHEME)  # it stands already
    with pytest.raises(NotValid, match="names no edition of the matters"):
        drafted(small, "title = 'Nothing'")
    for bad in (next_edition() + "\n[[grant]]\nmatter = 'spend/castles'\n", next_edition() + "\n= not toml"):
        with pytest.raises(SchemeRefused) as refusal:
            drafted(small, bad)
        assert "next.toml" in refusal.value.words() or refusal.value.details()
    assert (SchemeVersion.objects.count(), count_entries()) == before


def test_a_second_scheme_is_adopted_by_a_decision_alone(small):
    row = drafted(small)
    with pytest.raises(SchemeStands):
        adopt_first(row.pk, by=KEEPER, at=MORNING)
    with pytest.raises(NotKeeper):
        adopt_first(row.pk, by=small.noor, at=MORNING)
    strength = Strength(decision_id=uuid4(), entry_id=uuid4())
    starts_at = (MORNING + DAY).isoformat()
    adopt_on_strength(scheme_id=str(row.pk), starts_at=starts_at, strength=strength, by=small.ifan, at=MORNING)

    new = SchemeVersion.objects.get(pk=row.pk)
    old = SchemeVersion.objects.exclude(pk=row.pk).get(party__code="fenmoor")
    assert (new.status, new.starts_at, new.adopted_by_entry) == ("adopted", MORNING + DAY, strength.entry_id)
    assert old.ends_at == MORNING + DAY
    assert "in force from 24 November 2026" in entries_about(row.pk)[-1].words
    with pytest.raises(NotValid, match="adopted already"):
        adopt_on_strength(scheme_id=str(row.pk), starts_at=starts_at, strength=strength, by=small.ifan, at=MORNING)


def test_matters_are_read_in_once_and_only_by_the_keeper(small):
    before = count_entries()
    read_in_taxonomy(MATTERS, file="health-2026.toml", by=KEEPER, at=MORNING)
    with pytest.raises(NotKeeper):
        read_in_taxonomy(MATTERS, file="health-2026.toml", by=small.noor, at=MORNING)
    with pytest.raises(NotValid, match="stands already with another text"):
        read_in_taxonomy(MATTERS + "\n# one line more\n", file="health-2026.toml", by=KEEPER, at=MORNING)
    with pytest.raises(SchemeRefused):
        read_in_taxonomy("title = 1", file="bad.toml", by=KEEPER, at=MORNING)

    assert TaxonomyVersion.objects.count() == 1
    assert count_entries() == before


def test_a_template_is_given_to_those_without_a_scheme_or_to_none(small):
    fenmoor, hospice = small.party("fenmoor"), Party.objects.create(kind="organisation", code="x", name="X")
    before = count_entries()
    with pytest.raises(SchemeRefused):  # the hospice has no bodies, which the template names
        begin_with_template([fenmoor, hospice.pk], SCHEME, file="acute-trust-2026.toml", by=KEEPER, at=LONG_AGO)
    assert not SchemeVersion.objects.filter(party=hospice).exists()
    assert begin_with_template([fenmoor], SCHEME, file="acute-trust-2026.toml", by=KEEPER, at=LONG_AGO) == []
    assert count_entries() == before


@pytest.mark.parametrize("step", ["note", "_record"])
def test_a_power_cut_while_adopting_leaves_the_old_scheme_in_force(small, monkeypatch, step):
    row = drafted(small)
    before = count_entries()

    def cut(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"remit.authority.actions.schemes.{step}", cut)
    with pytest.raises(KeyboardInterrupt):
        adopt_on_strength(
            scheme_id=str(row.pk),
            starts_at=MORNING.isoformat(),
            strength=Strength(decision_id=uuid4(), entry_id=uuid4()),
            by=small.ifan,
            at=MORNING,
        )

    assert SchemeVersion.objects.get(pk=row.pk).status == "draft"
    assert SchemeVersion.objects.get(party__code="fenmoor", status="adopted").ends_at is None
    assert count_entries() == before
