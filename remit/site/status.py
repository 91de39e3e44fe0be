"""Configuration and health, for whoever keeps the machine; nothing of what is decided."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import version

from django.conf import settings
from django.db import connection

from remit.kernel.errors import NotFound
from remit.kernel.words import counted
from remit.ledger.queries import count_entries, streams
from remit.network.models import Account, Party, Unit
from remit.shell.presenters import Fact


def status_facts(account: Account) -> list[Fact]:
    """What a technical account sees. Raises: NotFound, for everybody else."""
    if not account.is_technical:
        raise NotFound("page")
    free = shutil.disk_usage(settings.DATA_DIR).free
    return [
        Fact("Remit", version("remit")),
        Fact("Python", platform.python_version()),
        Fact("Database", connection.vendor),
        Fact("The record", f"{counted(count_entries(), 'entry', 'entries')} in {counted(len(streams()), 'stream')}"),
        Fact("Organisations and systems", f"{Party.objects.count():,}"),
        Fact("Units", f"{Unit.objects.count():,}"),
        Fact("Accounts", f"{Account.objects.filter(is_active=True).count():,}"),
        Fact("Free disk", f"{free / 1e9:,.1f} GB"),
        Fact("Demonstration", "yes" if settings.DEMONSTRATION else "no"),
        Fact("HTTPS", "required" if settings.HTTPS else "not required"),
    ]
