"""Habits of the layout that can be checked, and that the import contracts rely on."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tooling.setup import ROOT

LONGEST_FILE_LINES = 400
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common"}


def python_files() -> list[Path]:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if tracked.returncode:
        pytest.skip("not a git working tree")
    return [ROOT / name for name in tracked.stdout.split("\0") if name and (ROOT / name).exists()]


def test_every_folder_of_remit_is_a_package_or_the_contracts_do_not_see_it():
    folders = {file.parent for file in python_files() if ROOT / "remit" in file.parents}

    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_file_has_grown_past_two_ideas():
    long = {
        str(file.relative_to(ROOT)): lines
        for file in python_files()
        if not {"migrations", "tests", "journeys"} & set(file.parts)
        and (lines := file.read_text().count("\n")) > LONGEST_FILE_LINES
    }

    assert long == {}


def test_no_file_is_named_for_nothing():
    assert [str(file) for file in python_files() if file.stem in NAMES_THAT_SAY_NOTHING] == []
