"""Every check there is, one after the other, and one line at the end that says what ran.

    ./test               all of it, about 15 minutes on 2 cores
    ./test --quick       ruff, mypy, import-linter and the fast tests on SQLite
    ./test --no-browser  all but the journeys

Each check counts as one in the last line, each test as one. A check that fails does not
stop the others; what each of them said is in var/test-logs.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tooling import postgresql
from tooling.chromium import no_chromium

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
LOGS = ROOT / "var" / "test-logs"
TAIL_LINES = 60
PYTEST = (sys.executable, "-m", "pytest", "-q", "--create-db", "-p", "no:cacheprovider")
TWO_WORKERS = ("-n", "2", "--dist", "worksteal")


@dataclass(frozen=True)
class Count:
    """How many passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Check:
    """One thing that must hold.

    Args:
        tests: whether it is a pytest run, which counts each of its tests.
        within: what must stand around it; gives the environment that it adds.
    """

    name: str
    command: Sequence[str]
    tests: bool = False
    within: AbstractContextManager[Mapping[str, str]] = field(default_factory=lambda: nullcontext({}))

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name.replace(' ', '-').lower()}.log"

    def run(self) -> Count:
        report = self.log.with_suffix(".xml")
        report.unlink(missing_ok=True)
        command = [*self.command, f"--junit-xml={report}"] if self.tests else self.command
        try:
            with self.log.open("wb") as log, self.within as environment:
                code = subprocess.run(
                    command,
                    cwd=ROOT,
                    env={**os.environ, **environment},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    check=False,
                ).returncode
        except (OSError, RuntimeError, subprocess.SubprocessError) as refusal:
            with self.log.open("a") as log:
                log.write(f"{self.name} could not start: {refusal}\n")
            return Count(failed=1)
        if not self.tests:
            return Count(failed=1) if code else Count(passed=1)
        counted = count_in(report)
        return counted if not code or counted.failed else counted + Count(failed=1)


def count_in(report: Path) -> Count:
    """Read pytest's report. One that is missing, or was cut short, is a failure."""
    try:
        suites = list(ET.parse(report).getroot().iter("testsuite"))
    except (OSError, ET.ParseError):
        return Count(failed=1)
    total = Count()
    for suite in suites:
        ran, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total += Count(ran - failed - skipped, failed, skipped)
    return total


def checks(*, quick: bool) -> Iterator[Check]:
    yield Check("ruff", [str(BIN / "ruff"), "check", "."])
    yield Check("ruff format", [str(BIN / "ruff"), "format", "--check", "."])
    yield Check("mypy", [sys.executable, "-m", "mypy"])
    yield Check("import-linter", [str(BIN / "lint-imports")])
    if quick:
        yield Check("quick tests", [*PYTEST, *TWO_WORKERS, "-m", "not slow"], tests=True, within=profile("quick"))
        return
    yield Check("djlint", [str(BIN / "djlint"), "remit", "--lint", "--quiet"])
    yield Check("migrations", [sys.executable, "-m", "tooling.migrations"])
    yield Check("tests on SQLite", [*PYTEST, *TWO_WORKERS], tests=True, within=profile("ci"))
    yield Check("tests on PostgreSQL", [*PYTEST, *TWO_WORKERS], tests=True, within=postgresql_profile())


def journeys() -> Check:
    if why := no_chromium():
        return Check("journeys", [sys.executable, "-c", f"raise SystemExit({why!r})"])
    return Check("journeys", [*PYTEST, "journeys"], tests=True, within=journeys_profile())


@contextmanager
def profile(name: str) -> Iterator[dict[str, str]]:
    yield {"HYPOTHESIS_PROFILE": name}


@contextmanager
def postgresql_profile() -> Iterator[dict[str, str]]:
    with postgresql.server() as environment:
        yield {"HYPOTHESIS_PROFILE": "quick", **environment}


@contextmanager
def journeys_profile() -> Iterator[dict[str, str]]:
    # Playwright keeps an event loop running in the thread of the test, beside the ORM.
    yield {"HYPOTHESIS_PROFILE": "quick", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}


def run_all(wanted: Sequence[Check], not_run: Sequence[str]) -> int:
    """Run the checks, show the end of what the failing ones said, and count."""
    LOGS.mkdir(parents=True, exist_ok=True)
    total, failing, tests = Count(), [], 0
    for check in wanted:
        began = time.monotonic()
        print(f"{check.name} ...", end="", flush=True)
        count = check.run()
        print(
            f" {count if check.tests else 'failed' if count.failed else 'passed'}, {time.monotonic() - began:.0f} s",
            flush=True,
        )
        total += count
        tests += check.tests and count.passed + count.failed + count.skipped
        if count.failed:
            failing.append(check)
    for check in failing:
        said = check.log.read_text(errors="replace").splitlines()
        print(f"\n--- {check.name}: the end of {check.log.relative_to(ROOT)} ---", *said[-TAIL_LINES:], sep="\n")
    print()
    if failing:
        print(f"Failed: {', '.join(check.name for check in failing)}.")
    print(summary(len([check for check in wanted if not check.tests]), tests, not_run, total))
    return 1 if total.failed else 0


def summary(checked: int, tests: int, not_run: Sequence[str], total: Count) -> str:
    """The last line."""
    missing = f" Did not run: {', '.join(not_run)}." if not_run else " All of it ran."
    return f"{checked} checks, {tests} tests.{missing} {total}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./test", description="Run every check there is.")
    parser.add_argument(
        "--quick", action="store_true", help="the inner loop: no PostgreSQL, no browser, fast tests only"
    )
    parser.add_argument("--no-browser", action="store_true", help="leave the browser journeys out")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was opened is closed again

    wanted, not_run = list(checks(quick=options.quick)), []
    if options.quick:
        not_run = ["djlint", "migrations", "slow tests", "tests on PostgreSQL", "journeys (--quick)"]
    elif options.no_browser:
        not_run = ["journeys (--no-browser)"]
    else:
        wanted.append(journeys())
    return run_all(wanted, not_run)


if __name__ == "__main__":
    sys.exit(main())
