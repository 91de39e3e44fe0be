from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from remit.authority.queries.naming import person_named
from remit.kernel import clock
from remit.kernel.actor import KEEPER
from remit.kernel.errors import RemitError
from remit.network.actions import give_account


class Command(BaseCommand):
    help = "Give someone a way in: a user name and a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--person", help="whose it is: their code or name; nobody's where left out")
        parser.add_argument("--technical", action="store_true", help="sees configuration and health, not content")

    def handle(self, *args: Any, **options: Any) -> None:
        password = self._password()
        try:
            validate_password(password)
            give_account(
                options["username"],
                person_id=person_named(options["person"]) if options["person"] else None,
                by=KEEPER,
                at=clock.now(),
                password=password,
                technical=options["technical"],
            )
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        except RemitError as refusal:
            raise CommandError(refusal.words()) from refusal
        self.stdout.write(self.style.SUCCESS(f"{options['username']} can sign in."))

    def _password(self) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        password = getpass.getpass("Password, at least 12 characters: ")
        if getpass.getpass("Again: ") != password:
            raise CommandError("The two are not the same. Nothing was changed.")
        return password
