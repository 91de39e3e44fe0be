"""The check that the documentation gives to anyone with Python alone."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from remit.ledger.tests.acts import FENMOOR, MARCHLAND, NOON, make_group

PAGE = Path(settings.BASE_DIR) / "docs" / "explanation" / "the-record.md"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the page shows it for SQLite")
@pytest.mark.django_db(transaction=True)
def test_the_check_by_hand_agrees(tmp_path):
    make_group("first", parties=(FENMOOR, MARCHLAND), sealed={"why": "Zoë"})
    make_group("zweite „Schicht“", at=NOON + timedelta(microseconds=7))
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    connection.connection.backup(copy)
    (script,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)

    def check():
        command = [sys.executable, "-I", "-c", script, str(tmp_path / "copy.sqlite3")]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert check().stdout.strip() == "every entry follows from the one before it"
    copy.execute("DROP TRIGGER entry_not_updated")
    copy.execute("UPDATE ledger_entry SET verb = 'group.unmade' WHERE stream_id = ? AND sequence = 2", [FENMOOR.hex])
    copy.commit()
    copy.close()
    assert check().stderr.strip() == f"{FENMOOR.hex}: entry 2 is wrong"
