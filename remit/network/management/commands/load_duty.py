from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser

from remit.kernel import clock
from remit.kernel.actor import KEEPER
from remit.kernel.errors import RemitError
from remit.kernel.words import counted
from remit.network.actions import load_duty
from remit.network.models import Party
from remit.network.rules.duty_file import COLUMNS, read_duty


class Command(BaseCommand):
    help = "Load a rota from a CSV file: the whole file or nothing; rows that stand already stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("party", help="the code of the organisation: fenmoor-hospitals")
        parser.add_argument("file", type=Path, help=f"a CSV file with the columns {', '.join(COLUMNS)}")

    def handle(self, *args: Any, party: str, file: Path, **options: Any) -> None:
        organisation = Party.objects.filter(code=party, kind=Party.Kind.ORGANISATION).first()
        if organisation is None:
            raise CommandError(f"There is no organisation with the code “{party}”.")
        try:
            text = file.read_text(encoding="utf-8-sig")
        except OSError as fault:
            raise CommandError(f"{file} cannot be read: {fault.strerror}.") from fault
        except UnicodeDecodeError as fault:
            raise CommandError(f"{file} is not text in UTF-8. Save it as “CSV UTF-8”.") from fault
        try:
            rows = read_duty(text, zone=ZoneInfo(organisation.time_zone))
            added = load_duty(organisation.pk, rows, by=KEEPER, at=clock.now())
        except RemitError as refusal:
            raise CommandError(refusal.words()) from refusal
        stood = len(rows) - added
        self.stdout.write(self.style.SUCCESS(f"Loaded {counted(added, 'row')} of duty. {stood:,} stood already."))
