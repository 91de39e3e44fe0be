from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from remit.ledger import queries


class Command(BaseCommand):
    help = "Check the whole record; name the first bad entry of each stream and exit 1."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(queries.find_faults())
        for fault in faults:
            self.stderr.write(f"Stream {fault.stream}: entry {fault.sequence:,} {fault.words}.")
        if faults:
            raise CommandError(f"The record is not whole: {len(faults)} of its streams have a fault.")
        streams = queries.streams()
        self.stdout.write(
            self.style.SUCCESS(f"The record is whole: {queries.count_entries():,} entries in {len(streams):,} streams.")
        )
