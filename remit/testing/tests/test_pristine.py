"""What commits in one test is gone in the next, on both databases, with the triggers at work."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.contrib.sessions.models import Session
from django.core.management import get_commands
from django.utils import timezone

COUNT = (
    "import django; django.setup(); from django.contrib.sessions.models import Session; print(Session.objects.count())"
)


def commit_one() -> None:
    Session.objects.create(session_key="committed", session_data="", expire_date=timezone.now())


@pytest.mark.parametrize("again", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_commits_is_gone_afterwards(again):
    assert not Session.objects.exists()
    commit_one()
    assert Session.objects.count() == 1


@pytest.mark.django_db
def test_a_test_that_rolls_back_starts_as_clean():
    assert not Session.objects.exists()


def test_the_reset_replaces_the_flush_of_django():
    assert get_commands()["flush"] == "remit.testing"


@pytest.mark.slow
def test_a_process_that_a_test_starts_works_on_its_database(child_environment):
    commit_one()

    counted = subprocess.run(
        [sys.executable, "-c", COUNT], env=child_environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert counted.stdout.strip() == "1", counted.stderr


def test_tests_never_touch_the_data_of_a_real_system(settings):
    assert str(settings.DATA_DIR).startswith(os.environ["REMIT_TEST_DATA"])
