from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from remit.authority.queries import Answer, answer, answered
from remit.authority.queries.naming import moment_asked, party_named, person_named, unit_named
from remit.authority.rules.question import Question
from remit.kernel import clock
from remit.kernel.actor import KEEPER
from remit.kernel.errors import NotValid, RemitError
from remit.kernel.money import gbp

COUNTS = ("beds", "days", "people", "risk")


class Command(BaseCommand):
    help = "Say who may decide a matter, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("matter", help="its path: estate/open-beds")
        parser.add_argument("--unit", required=True, help="the unit that asks: its name, or organisation/unit")
        parser.add_argument("--affects", action="append", default=[], metavar="UNIT", help="another unit it changes")
        parser.add_argument(
            "--exposure-gbp", type=_pounds, metavar="POUNDS", help="money at stake; a year's, with --years"
        )
        parser.add_argument("--years", type=int, default=1, choices=range(1, 100), metavar="N")
        for name in COUNTS:
            parser.add_argument(f"--{name}", type=int, metavar="N")
        parser.add_argument("--fact", action="append", default=[], help="a fact that you state, by its code")
        parser.add_argument(
            "--share",
            action="append",
            default=[],
            type=_share,
            metavar="ORGANISATION:POUNDS",
            help="its part of the money",
        )
        parser.add_argument("--separable", action="store_true", help="those who agree go ahead without the others")
        parser.add_argument("--purpose", default="")
        parser.add_argument("--supplier", default="")
        parser.add_argument("--at", type=datetime.fromisoformat, help="the moment asked about: 2026-11-22T02:10")
        parser.add_argument("--needed-by", type=datetime.fromisoformat, help="when the answer is needed")
        parser.add_argument("--as", dest="person", default="", help="who asks: a user name, a code or a name")
        parser.add_argument("--json", action="store_true", help="the whole working, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = {name: Decimal(n) for name in COUNTS if (n := options[name]) is not None}
        money = {} if options["exposure_gbp"] is None else {"exposure_gbp": options["exposure_gbp"]}
        try:
            at = moment_asked(options["at"]) or clock.now()
            question = Question(
                matter=options["matter"],
                origin=unit_named(options["unit"], at=at),
                affected=tuple(unit_named(unit, at=at) for unit in options["affects"]),
                quantities=counts | money,
                years=options["years"],
                facts=frozenset(options["fact"]),
                purpose=options["purpose"],
                supplier=options["supplier"],
                needed_by=moment_asked(options["needed_by"]),
                shares={party_named(code): {"exposure_gbp": amount} for code, amount in options["share"]},
                separable=options["separable"],
                asker=person_named(options["person"]) if options["person"] else None,
            )
            if options["json"]:
                found = answered(question, at=at, seen_by=KEEPER)
                self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False, default=str))
            else:
                self._say(answer(question, at=at, seen_by=KEEPER))
        except RemitError as refusal:
            raise CommandError(refusal.words()) from refusal

    def _say(self, given: Answer, indent: str = "") -> None:
        party = f"{given.party}: " if indent else ""
        self.stdout.write(f"{indent}{self.style.SUCCESS(party + given.headline)}")
        self.stdout.write(f"{indent}{given.explanation}")
        for words in (*given.reckoning, *filter(None, [given.splitting]), *given.notes):
            self.stdout.write(f"{indent}- {words}")
        for face in given.faces:
            self.stdout.write(f"{indent}  {face.name}, {face.post}, {face.note}")
        if given.rungs:
            self.stdout.write(f"{indent}The working, nearest first:")
        for rung in given.rungs:
            limit = f", {rung.limit}" if rung.limit else ""
            self.stdout.write(f"{indent}  {rung.state.value}: {rung.holder}{limit}. {rung.reason}")
        for part in given.parts:
            self._say(part, indent + "  ")


def _share(text: str) -> tuple[str, Decimal]:
    code, colon, amount = text.rpartition(":")
    if not colon:
        raise ArgumentTypeError(f"“{text}” is not a share. Write it like fenmoor-hospitals:4,900.")
    return code, _pounds(amount)


def _pounds(text: str) -> Decimal:
    try:
        return gbp(text)
    except NotValid as refusal:
        raise ArgumentTypeError(refusal.words()) from None
