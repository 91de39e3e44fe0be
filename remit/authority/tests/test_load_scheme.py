"""`remit load-scheme`: checked, drafted, adopted, or refused with findings and nothing loaded."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from remit.authority.models import SchemeVersion
from remit.testing.small_system import SmallSystem

SCHEMES = Path(__file__).resolve().parents[1] / "data" / "schemes"


@pytest.fixture
def later(tmp_path: Path) -> Path:
    file = tmp_path / "later.toml"
    text = (SCHEMES / "acute-trust-2026.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('edition = "2026"', 'edition = "2027"', 1), encoding="utf-8")
    return file


def test_a_sound_file_is_checked_and_put_in_as_a_draft(small: SmallSystem, later: Path) -> None:
    said = StringIO()
    call_command("load_scheme", "fenmoor", str(later), "--check", stdout=said)
    assert "Nothing is wrong" in said.getvalue()
    assert SchemeVersion.objects.filter(edition="2027").count() == 0

    call_command("load_scheme", "fenmoor", str(later), stdout=said)
    assert SchemeVersion.objects.get(edition="2027").status == SchemeVersion.Status.DRAFT


def test_a_second_scheme_is_not_brought_in_past_the_first(small: SmallSystem, later: Path) -> None:
    with pytest.raises(CommandError, match="adopted by a decision"):
        call_command("load_scheme", "fenmoor", str(later), "--adopt-first", stdout=StringIO())

    assert SchemeVersion.objects.filter(edition="2027", status=SchemeVersion.Status.ADOPTED).count() == 0


def test_a_malformed_file_is_refused_by_line_and_nothing_is_loaded(small: SmallSystem, later: Path) -> None:
    text = later.read_text(encoding="utf-8")
    line = text[: text.index('role = "matron"')].count("\n") + 1
    later.write_text(text.replace('role = "matron"', 'role = "matorn"', 1), encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        call_command("load_scheme", "fenmoor", str(later), stdout=StringIO())

    assert f"later.toml, line {line}" in str(refusal.value)
    assert "matron" in str(refusal.value)
    assert not SchemeVersion.objects.filter(edition="2027").exists()


def test_a_missing_file_or_party_is_said(small: SmallSystem, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_scheme", "fenmoor", str(tmp_path / "none.toml"))
    with pytest.raises(CommandError, match="no organisation or system"):
        call_command("load_scheme", "nowhere", str(tmp_path / "none.toml"))
