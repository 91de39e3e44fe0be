"""A small England, and the whole one where its files are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.network.rules.england import EnglandMapping, read_mapping

HERE = Path(__file__).resolve()
DATA = HERE.parents[1] / "data"
OFFICIAL = HERE.parents[4] / "shared" / "data" / "organisations"

needs_official_files = pytest.mark.skipif(
    not (OFFICIAL / "ods_trusts_2025.csv").exists(), reason="the official files are not beside this copy"
)

TRUSTS = """\
code,name,nhs_region_code,icb_code,addr1,addr2,addr3,addr4,addr5,postcode,open_date,close_date
RAA,ASHEN AND MARRAM HOSPITALS NHS FOUNDATION TRUST,Y01,QAA,,,,,,ZZ1 1ZZ,20100401,
RBB,ST KESTREL'S MENTAL HEALTH NHS TRUST,Y01,QBB,,,,,,ZZ2 2ZZ,20110401,
RCC,MARRAM AMBULANCE SERVICE NHS TRUST,Y01,QAA,,,,,,ZZ3 3ZZ,20060701,
RDD,OSIER COMMUNITY NHS TRUST,Y02,QCC,,,,,,ZZ4 4ZZ,20110401,20240930
RWW,WEST OF NOWHERE NHS TRUST,W00,Q99,,,,,,ZZ5 5ZZ,20110401,
"""
BOARDS = """\
sicbl22_code,sicbl22_code_h,sicbl22_name,icb22_code,icb22_code_h,icb22_name
E38000001,01A,NHS Ashen ICB - 01A,E54000001,QAA,NHS Ashen Integrated Care Board
E38000002,02A,NHS Ashen ICB - 02A,E54000001,QAA,NHS Ashen Integrated Care Board
E38000003,01B,NHS Kestrel and Sedge ICB - 01B,E54000002,QBB,NHS Kestrel and Sedge Integrated Care Board
E38000004,01C,NHS Osier ICB - 01C,E54000003,QCC,NHS Osier Integrated Care Board
"""
REGIONS = """\
nhs_trust22_code,nhs_trust22_name,nhs_region21_nhs_code,nhs_region21_ons_code,nhs_region21_name,status
RAA,Ashen And Marram,Y01,E40000001,North Shore,open
RDD,Osier,Y02,E40000002,South Shore,open
RWW,West Of Nowhere,W00,,,open
"""
SHARES = """\
nhs_trust22_code,icb22_code,proportion_trust_came_from_icb
RAA,E54000001,0.75
RAA,E54000002,0.20
RAA,E54000003,0.05
"""
SMALL = {
    "ods_trusts_2025.csv": TRUSTS,
    "sub_icb_to_icb_2022.csv": BOARDS,
    "trust_to_region_2021.csv": REGIONS,
    "trust_to_icb_patient_share_2022.csv": SHARES,
}


def the_mapping() -> EnglandMapping:
    """The mapping file that Remit brings along."""
    return read_mapping((DATA / "england-mapping.toml").read_text(encoding="utf-8"))


def small_files(**changed: str | bytes) -> dict[str, bytes]:
    """The files of the small England; `trusts=`, `boards=`, `regions=`, `shares=` replace one."""
    names = dict(zip(("trusts", "boards", "regions", "shares"), SMALL, strict=True))
    files = SMALL | {names[kind]: content for kind, content in changed.items()}
    return {name: content if isinstance(content, bytes) else content.encode() for name, content in files.items()}


def official_files() -> dict[str, bytes]:
    """The official files, as they are."""
    return {path.name: path.read_bytes() for path in OFFICIAL.iterdir() if path.suffix in {".csv", ".gz"}}
