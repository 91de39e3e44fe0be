"""`remit load-england`: dry run, apply, again, a newer file, and the whole of England."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from remit.ledger.queries import count_entries, entries_about, find_faults, latest
from remit.network.models import Appointment, Body, Membership, Party, Person, Post, Unit
from remit.network.tests.england_files import OFFICIAL, SHARES, SMALL, TRUSTS, needs_official_files

pytestmark = pytest.mark.django_db(transaction=True)
NEWER = (
    TRUSTS.replace("RAA,ASHEN AND MARRAM HOSPITALS", "RAA,ASHEN UNIVERSITY HOSPITALS")
    .replace("ZZ2 2ZZ,20110401,", "ZZ2 2ZZ,20110401,20241231")
    .replace("Y01,QAA,,,,,,ZZ1", "Y01,QCC,,,,,,ZZ1")
    + "REE,QUILL NHS TRUST,Y01,QAA,,,,,,ZZ6 6ZZ,20250101,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in SMALL.items():
        (tmp_path / name).write_text(content.replace("20240930", "20200930"), encoding="utf-8")
    (tmp_path / "ods_trusts_2025.csv").rename(tmp_path / "ods_trusts_2022.csv")
    return tmp_path


def run(folder: Path, *options: str) -> str:
    said = StringIO()
    call_command("load_england", str(folder), *options, stdout=said, no_color=True)
    return said.getvalue()


def systems_of(code: str) -> set[str]:
    return set(Membership.objects.filter(member__code=code, ends_at=None).values_list("system__code", flat=True))


def test_a_dry_run_says_what_would_change_and_changes_nothing(folder):
    said = run(folder, "--with-template")

    assert "Would add 12 parties" in said
    assert "RCC  Marram Ambulance Service NHS Trust: an ambulance trust serves several systems" in said
    assert "RWW  West of Nowhere NHS Trust" in said
    assert "Would give 3 trusts posts, a scheme and made-up people" in said
    assert "--apply does it" in said
    assert not Party.objects.exists()
    assert count_entries() == 0


def test_applying_loads_parties_with_their_codes_names_and_places(folder):
    said = run(folder, "--apply")

    assert "Added 12 parties" in said
    trust = Party.objects.get(code="RAA")
    assert (trust.name, trust.kind, trust.sort) == (
        "Ashen and Marram Hospitals NHS Foundation Trust",
        "organisation",
        "acute-trust",
    )
    assert systems_of("RAA") == {"ICS-QAA", "ICS-QBB"}
    assert systems_of("ICS-QAA") == {"Y01"}
    assert systems_of("RCC") == set()
    ics = Party.objects.get(code="ICS-QAA")
    assert ics.convenor is not None
    assert (ics.convenor.code, ics.name) == ("QAA", "Ashen Integrated Care System")
    assert not Party.objects.filter(code="RWW").exists()
    assert Unit.objects.get(organisation=trust, parent=None).name == trust.name


def test_a_batch_is_one_entry_in_each_region_with_the_digest_of_each_file(folder):
    run(folder, "--apply")

    regions = Party.objects.filter(sort="region").values_list("id", flat=True)
    (entry,) = latest(regions, verbs_named=["network.england-loaded"])
    assert entry.words == ("Whoever keeps this system loaded the official files of NHS ODS as of 2022-01-31: 12 added.")
    assert set(entry.facts["files"]) == {path.name for path in folder.iterdir()}
    assert not list(find_faults())


def test_a_second_run_has_nothing_to_do(folder):
    run(folder, "--apply", "--with-template")
    entries, people = count_entries(), Person.objects.count()

    said = run(folder, "--apply", "--with-template")

    assert "Nothing to do" in said
    assert (count_entries(), Person.objects.count()) == (entries, people)


def test_a_newer_file_adds_renames_closes_and_moves(folder):
    run(folder, "--apply", "--with-template")
    (folder / "ods_trusts_2025.csv").write_text(NEWER, encoding="utf-8")
    patients = SHARES.replace("0.75", "0.15").replace("0.05", "0.65")
    (folder / "trust_to_icb_patient_share_2022.csv").write_text(patients, encoding="utf-8")

    said = run(folder, "--apply")

    assert "REE  Quill NHS Trust" in said
    assert "RAA  Ashen and Marram Hospitals NHS Foundation Trust -> Ashen University Hospitals" in said
    assert "RBB  St Kestrel's Mental Health NHS Trust, after 31 December 2024" in said
    assert "RAA  Ashen University Hospitals NHS Foundation Trust joins ICS-QCC and leaves ICS-QAA" in said
    trust = Party.objects.get(code="RAA")
    assert Unit.objects.get(organisation=trust, parent=None).name == trust.name
    assert systems_of("RAA") == {"ICS-QBB", "ICS-QCC"}
    assert systems_of("RBB") == set()
    left = Membership.objects.get(member__code="RBB")
    assert left.ends_at == datetime(2025, 1, 1, tzinfo=UTC)
    assert any("renamed" in line.words for line in entries_about(trust.pk))
    assert "Nothing to do" in run(folder, "--apply")


def test_an_older_file_is_refused_after_a_newer_one(folder):
    (folder / "ods_trusts_2025.csv").write_text(NEWER, encoding="utf-8")
    run(folder, "--apply")

    for options in (["--apply"], []):
        with pytest.raises(CommandError, match="as of 31 January 2025 is loaded already"):
            run(folder, "--trusts", "ods_trusts_2022.csv", *options)


def test_a_bad_file_loads_nothing(folder):
    shares = folder / "trust_to_icb_patient_share_2022.csv"
    shares.write_text(SHARES.replace("0.05", "5%"), encoding="utf-8")

    with pytest.raises(CommandError, match=r"trust_to_icb_patient_share_2022\.csv, line 4: “5%” is not a share"):
        run(folder, "--apply")

    assert not Party.objects.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere: it cannot be read"):
        run(tmp_path / "nowhere")


def test_a_mapping_of_ones_own_is_read(folder, tmp_path_factory):
    from remit.site.england import DATA

    mine = tmp_path_factory.mktemp("mine") / "mapping.toml"
    text = (DATA / "england-mapping.toml").read_text(encoding="utf-8")
    mine.write_text(text.replace("[placed]\n", '[placed]\nRCC = ["QAA", "QBB"]\n'), encoding="utf-8")

    run(folder, "--apply", "--mapping", str(mine))

    assert systems_of("RCC") == {"ICS-QAA", "ICS-QBB"}


def test_the_template_gives_each_open_trust_posts_people_and_bodies(folder):
    said = run(folder, "--apply", "--with-template")

    assert "3 trusts filled, 3 schemes brought into force." in said
    for code in ("RAA", "RBB", "RCC"):
        trust = Party.objects.get(code=code)
        assert Unit.objects.filter(organisation=trust).count() > 14
        assert Body.objects.filter(party=trust, code="board", members__chair=True).exists()
        assert Post.objects.filter(unit__organisation=trust, role__code="chief-executive").count() == 1
    assert not Unit.objects.filter(organisation__code="RDD", parent__isnull=False).exists()  # closed
    assert not Person.objects.filter(made_up=False).exists()
    assert Appointment.objects.filter(kind="deputy", post__role__code="ward-manager").exists()


def ask(*question: str) -> str:
    said = StringIO()
    call_command("who", *question, stdout=said, no_color=True)
    return said.getvalue().splitlines()[0]


@pytest.mark.parametrize(
    ("at", "answer"), [("2026-11-24T10:10", "Ask the matron"), ("2026-11-24T02:10", "Ask the site manager")]
)
def test_who_can_decide_answers_for_a_ward_of_a_real_trust(folder, at, answer):
    said = run(folder, "--apply", "--with-template")

    assert "3 schemes brought into force" in said
    beds = ("estate/open-beds", "--unit", "RAA/ward-1", "--beds", "4", "--fact", "risk-assessed", "--at", at)
    assert ask(*beds) == answer


def test_a_trust_that_comes_later_is_filled_later(folder):
    run(folder, "--apply", "--with-template")
    filled = Party.objects.filter(units__kind="division").distinct().count()
    (folder / "ods_trusts_2025.csv").write_text(NEWER, encoding="utf-8")

    said = run(folder, "--apply", "--with-template")

    assert filled == 3
    assert "1 trust filled, 1 scheme brought into force" in said


def test_what_a_trust_has_of_its_own_is_left_alone(folder):
    run(folder, "--apply")
    root = Unit.objects.get(organisation__code="RAA")
    Unit.objects.create(organisation=root.organisation, parent=root, kind="ward", code="ward-1", name="Ward 1")

    assert "2 trusts filled, 2 schemes brought into force." in run(folder, "--apply", "--with-template")
    assert Unit.objects.filter(organisation__code="RAA").count() == 2


@needs_official_files
def test_the_whole_of_england_loads_once():
    said = run(OFFICIAL, "--apply")

    assert "7 regions, 42 integrated care systems, 42 integrated care boards, 207 trusts (5 closed)" in said
    assert Party.objects.filter(kind="system").count() == 49
    assert Party.objects.filter(kind="organisation").count() == 249
    assert systems_of("RTP") == {"ICS-QXU", "ICS-QNX"}
    assert "Nothing to do" in run(OFFICIAL)
    assert not list(find_faults())
