from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from remit.kernel.words import counted
from remit.ledger import queries
from remit.ledger.rules.chain import REGISTER


class Command(BaseCommand):
    help = "Check the whole record; name the first bad entry of each stream and exit 1."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        try:
            for fault in queries.find_faults():
                faults += 1
                place = "The register of streams" if fault.stream == REGISTER else f"Stream {fault.stream}"
                self.stderr.write(f"{place}: entry {fault.sequence:,} {fault.words}.")
        except DatabaseError as damage:
            raise CommandError(
                f"The record is not whole: the database cannot read it to its end ({damage})."
            ) from damage
        if faults:
            raise CommandError(f"The record is not whole: {counted(faults, 'stream')} with a fault.")
        entries = counted(queries.count_entries(), "entry", "entries")
        self.stdout.write(
            self.style.SUCCESS(f"The record is whole: {entries} in {counted(len(queries.streams()), 'stream')}.")
        )
