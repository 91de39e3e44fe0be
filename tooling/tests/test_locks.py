from __future__ import annotations

import json
import re

import pytest

from tooling.setup import DEV_LOCK, LOCK, ROOT, SetUpFailed, pin_of

ADDRESS = re.compile(r"\b(?:https?|git\+\w+|file|ssh)://|--(?:extra-)?index-url|--find-links")


@pytest.mark.parametrize("lock", [LOCK, DEV_LOCK], ids=lambda lock: lock.name)
def test_each_python_package_has_a_version_and_hashes_and_no_address(lock):
    text = lock.read_text()
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if entry]

    assert len(entries) > 40
    assert not ADDRESS.search(text)
    for entry in entries:
        assert re.match(r"[\w.-]+==[\w.!+-]+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_what_is_checked_is_what_is_run():
    run = {line.split("\\")[0].strip() for line in LOCK.read_text().splitlines() if "==" in line and line[0] != " "}
    checked = {line.split("\\")[0].strip() for line in DEV_LOCK.read_text().splitlines()}

    assert run <= checked


def test_each_front_end_package_has_a_hash_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert len(packages) == 4
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name


def test_npm_is_told_to_leave_addresses_out():
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text().splitlines()


def test_no_lock_that_records_addresses_is_kept():
    assert "uv.lock" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_pin_of_a_package_is_its_lines_with_all_hashes():
    pin = "uv==0.13.9 \\\n    --hash=sha256:b \\\n    --hash=sha256:c\n"

    assert pin_of("uv", f"uuid-utils==1.0 \\\n    --hash=sha256:a\n{pin}uvicorn==0.5\n") == pin


def test_a_lock_without_the_installer_is_refused_in_words():
    with pytest.raises(SetUpFailed, match="does not pin uv"):
        pin_of("uv", "uvicorn==0.5\n")
