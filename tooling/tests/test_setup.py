from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tooling.setup import ROOT, SetUpFailed, _run

NOWHERE = "http://127.0.0.1:9/"


def copy_of_the_project(into: Path) -> Path:
    """What `./run` needs of a clean clone."""
    for name in ("assets", "tooling", "remit/site"):
        shutil.copytree(ROOT / name, into / name, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    for name in (
        "run",
        "pyproject.toml",
        "requirements.lock",
        "package-lock.json",
        "package.json",
        "remit/__init__.py",
    ):
        shutil.copy(ROOT / name, into / name)
    return into


def run(clone: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    base = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "REMIT_"))}
    return subprocess.run(
        ["./run"],
        cwd=clone,
        env={**base, "PYTHON": sys.executable, "PORT": "8977", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )


@pytest.mark.slow
def test_without_a_network_the_first_start_says_so(tmp_path):
    clone = copy_of_the_project(tmp_path)

    said = run(
        clone,
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL=NOWHERE,
        PIP_NO_CACHE_DIR="1",
    )

    assert said.returncode == 1
    assert "could not be fetched" in said.stderr
    assert "what was fetched is kept" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.slow
def test_what_cannot_work_is_said_before_anything_is_made(tmp_path):
    clone = copy_of_the_project(tmp_path)

    said = run(clone, REMIT_DATA="/dev/null/remit")

    assert said.returncode == 1
    assert "Remit cannot write to /dev/null/remit" in said.stderr
    assert not (clone / ".venv").exists()


def test_a_step_that_never_ends_is_stopped_and_said():
    with pytest.raises(SetUpFailed, match="stopped after 1 seconds"):
        _run([sys.executable, "-c", "import time; time.sleep(60)"], otherwise="Check the network.", limit_seconds=1)


def test_what_a_failing_step_said_is_shown():
    with pytest.raises(SetUpFailed, match=r"    no such host\nCheck the network\."):
        _run([sys.executable, "-c", "raise SystemExit('no such host')"], otherwise="Check the network.")


def test_without_a_python_that_will_do_the_words_say_which(tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "sh"):
        (tools / name).symlink_to(shutil.which(name) or name)

    said = subprocess.run(
        [tools / "sh", str(ROOT / "run")],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert said.returncode == 1
    assert "Remit needs Python 3.11 or newer" in said.stderr
