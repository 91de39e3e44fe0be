"""Make the Python environment and the front-end files, or see at once that they are made.

Standard library only: it runs on whatever Python 3.11 or newer the machine has. What a
step was made from is kept as a digest beside what it made, so a second start does nothing.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assets.build import BUILT, SourceMissing, build

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK, DEV_LOCK = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"

FAILS_SOON = {"PIP_RETRIES": "1", "PIP_DEFAULT_TIMEOUT": "15", "UV_HTTP_RETRIES": "1", "UV_HTTP_TIMEOUT": "30"}
NPM_FAILS_SOON = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=8000")
PYTHON_LIMIT_SECONDS, NPM_LIMIT_SECONDS = 600, 120

NO_NETWORK = (
    "Check that this machine reaches the package registries (a proxy, a firewall and certificates are the "
    "usual reasons), then start again: what was fetched is kept."
)


class SetUpFailed(Exception):
    """The set-up cannot go on; the words say what happened and what to do."""


def set_up(*, dev: bool = False, quiet: bool = False) -> None:
    """Make what is missing or out of date.

    Raises: SetUpFailed.
    """
    try:
        with _alone():
            make_environment(dev=dev, quiet=quiet)
            make_assets(quiet=quiet)
    except OSError as refusal:
        raise SetUpFailed(
            f"Remit cannot be set up in {ROOT}: {refusal.strerror or refusal} ({refusal.filename}). "
            "It needs a folder that it may write to, with 1 GB free."
        ) from refusal


def make_environment(*, dev: bool, quiet: bool) -> None:
    lock, stamp = (DEV_LOCK if dev else LOCK), VENV / ("remit-dev.made" if dev else "remit.made")
    wanted = digest([lock, ROOT / "pyproject.toml"])
    if PYTHON.exists() and stamp.is_file() and stamp.read_text() == wanted:
        return
    if not _works(PYTHON):
        with _told("Making the Python environment", quiet=quiet):
            _run(
                [sys.executable, "-m", "venv", "--clear", str(VENV)],
                otherwise=(
                    "Python could not make an environment. On Debian and Ubuntu it needs one more package: "
                    "apt install python3-venv"
                ),
            )
    uv = VENV / "bin" / "uv"
    if not _works(uv):
        with _told("Fetching the installer", quiet=quiet), tempfile.NamedTemporaryFile("w", suffix=".txt") as pinned:
            pinned.write(pin_of("uv", LOCK.read_text()))
            pinned.flush()
            pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            _run(
                [*pip, "--require-hashes", "-r", pinned.name],
                otherwise=f"The installer (uv) could not be fetched. {NO_NETWORK}",
            )
    with _told("Installing Remit's packages", quiet=quiet):
        install = [str(uv), "pip", "install", "--quiet", "--python", str(PYTHON)]
        _run(
            [*install, "--require-hashes", "-r", str(lock)],
            otherwise=f"Remit's packages could not be fetched. {NO_NETWORK}",
        )
        _run(
            [*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
            otherwise="Remit could not be installed into its own environment.",
        )
    stamp.write_text(wanted)


def make_assets(*, quiet: bool) -> None:
    stamp = BUILT / "made-from"
    sources = [ROOT / "package-lock.json", *sorted((ROOT / "assets").glob("*.*"))]
    if stamp.is_file() and stamp.read_text() == digest(sources):
        return
    with _told("Fetching the front-end packages", quiet=quiet):
        _run(
            [_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *NPM_FAILS_SOON],
            otherwise=f"The front-end packages could not be fetched. {NO_NETWORK}",
            limit_seconds=NPM_LIMIT_SECONDS,
        )
    with _told("Building the front end", quiet=quiet):
        try:
            build()
        except SourceMissing as missing:
            raise SetUpFailed(str(missing)) from missing
    stamp.write_text(digest(sources))


def pin_of(package: str, lock: str) -> str:
    """The lines of a lock that pin one package, with its hashes."""
    found = re.search(rf"^{re.escape(package)}==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
    if found is None:
        raise SetUpFailed(
            f"requirements.lock does not pin {package}. Make it again: see docs/how-to/change-packages.md"
        )
    return found.group()


def digest(files: Sequence[Path]) -> str:
    """One digest of the contents of `files`."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def _npm() -> str:
    return shutil.which("npm") or str(VENV / "bin" / "npm")


def _works(program: Path) -> bool:
    """Whether a program of the environment still runs: one that was moved or whose Python went away does not."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False, timeout=60).returncode == 0
    except OSError:
        return False


def _run(command: Sequence[str], *, otherwise: str, limit_seconds: int = PYTHON_LIMIT_SECONDS) -> None:
    """Run a step; when it fails or takes too long, say `otherwise` below what the step itself said."""
    environment = {**os.environ, **{name: os.environ.get(name, value) for name, value in FAILS_SOON.items()}}
    environment["PATH"] = f"{environment.get('PATH', os.defpath)}{os.pathsep}{VENV / 'bin'}"
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=limit_seconds,
        )
    except subprocess.TimeoutExpired:
        raise SetUpFailed(f"It was stopped after {limit_seconds} seconds. {otherwise}") from None
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()[-8:]
        raise SetUpFailed("\n".join([*(f"    {line}" for line in said), otherwise]))


@contextmanager
def _told(what: str, *, quiet: bool) -> Iterator[None]:
    """Say what is going on, and how long it took."""
    began = time.monotonic()
    if not quiet:
        print(f"{what} ...", end="", flush=True)
    yield
    if not quiet:
        print(f" {time.monotonic() - began:.1f} s", flush=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time, so that ./run and ./test may be started together."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> int:
    parser = argparse.ArgumentParser(prog="tooling.setup", description="Make the environment and the front end.")
    parser.add_argument("--dev", action="store_true", help="with what the checks and the benches need")
    parser.add_argument("--quiet", action="store_true", help="say nothing unless something fails")
    options = parser.parse_args()
    try:
        set_up(dev=options.dev, quiet=options.quiet)
    except SetUpFailed as failed:
        print(f"\n{failed}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
