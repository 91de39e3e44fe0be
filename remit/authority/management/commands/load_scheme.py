from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser

from remit.authority.actions import adopt_first, draft_scheme
from remit.authority.queries.worlds import taxonomies
from remit.authority.rules.reading import read_scheme
from remit.authority.rulings import vocabulary
from remit.kernel import clock
from remit.kernel.actor import KEEPER
from remit.kernel.errors import RemitError
from remit.network.models import Party


class Command(BaseCommand):
    help = "Check a scheme of delegation, put it in as a draft, or bring a party's first into force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("party", help="the code of the organisation or system")
        parser.add_argument("file", type=Path, help="the scheme, a TOML file")
        parser.add_argument("--check", action="store_true", help="only say what is wrong with it")
        parser.add_argument("--adopt-first", action="store_true", help="bring it into force; only where none is")

    def handle(self, *args: Any, **options: Any) -> None:
        party = Party.objects.filter(code=options["party"]).first()
        if party is None:
            raise CommandError(f"There is no organisation or system with the code “{options['party']}”.")
        file: Path = options["file"]
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(f"{file} cannot be read: {fault}.") from fault
        try:
            if options["check"]:
                self._check(party, text, file=file.name)
                return
            draft = draft_scheme(party.pk, text, file=file.name, by=KEEPER, at=clock.now())
            self.stdout.write(f"Put in as a draft for {party.name}: {draft.title}, edition {draft.edition}.")
            if options["adopt_first"]:
                adopt_first(draft.pk, by=KEEPER, at=clock.now())
                self.stdout.write(self.style.SUCCESS("It is in force."))
            else:
                self.stdout.write("It decides nothing until a decision adopts it.")
        except RemitError as refusal:
            raise CommandError(refusal.words()) from refusal

    def _check(self, party: Party, text: str, *, file: str) -> None:
        known = [taxonomy for taxonomy in taxonomies() if f'"{taxonomy.name}"' in text] or taxonomies()
        if not known:
            raise CommandError("No matters were read in yet, so a scheme cannot be checked against them.")
        scheme = read_scheme(
            text, file=file, taxonomy=known[-1], vocabulary=vocabulary(party), zone=ZoneInfo(party.time_zone)
        )
        self.stdout.write(
            self.style.SUCCESS(
                f"Nothing is wrong with it: {len(scheme.grants)} grants, {len(scheme.reservations)} reservations."
            )
        )
