from __future__ import annotations

import sys

import pytest

from tooling import checks
from tooling.checks import Check, Count, count_in, run_all, summary

REPORT = """<?xml version="1.0"?><testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10"/>
</testsuites>"""


@pytest.fixture(autouse=True)
def logs(tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "LOGS", tmp_path)
    monkeypatch.setattr(checks, "ROOT", tmp_path)


def test_errors_count_as_failures(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)

    assert count_in(tmp_path / "report.xml") == Count(passed=4, failed=3, skipped=3)


@pytest.mark.parametrize("report", ["", "<testsuites><testsuite"])
def test_a_report_that_was_cut_short_is_a_failure(tmp_path, report):
    (tmp_path / "report.xml").write_text(report)

    assert count_in(tmp_path / "report.xml").failed == 1


def test_a_failing_check_stops_no_other_and_shows_what_it_said(capsys):
    code = run_all(
        [
            Check("first", [sys.executable, "-c", "raise SystemExit('mend this')"]),
            Check("absent", ["/nowhere/at/all"]),
            Check("last", [sys.executable, "-c", ""]),
        ],
        ["journeys (--no-browser)"],
    )

    said = capsys.readouterr().out
    assert code == 1
    assert "mend this" in said
    assert "Failed: first, absent." in said
    assert said.splitlines()[-1].endswith("Did not run: journeys (--no-browser). 1 passed, 2 failed, 0 skipped")


def test_a_test_run_that_ends_without_a_report_is_a_failure():
    assert Check("tests", [sys.executable, "-c", ""], tests=True).run() == Count(failed=1)


def test_the_last_line_counts_checks_and_tests_together():
    assert summary(8, 404, [], Count(412, 0, 0)) == (
        "8 checks, 404 tests. All of it ran. 412 passed, 0 failed, 0 skipped"
    )
