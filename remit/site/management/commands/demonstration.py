"""`remit demonstration`: make Marchland, a fictional system to try Remit on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from remit.kernel import clock
from remit.site.demonstration.doing import Doing
from remit.site.demonstration.founding import found, founded
from remit.site.demonstration.happening import let_it_happen
from remit.site.demonstration.history import past_of
from remit.site.demonstration.world import SIZES, make_world

STAGES = ("network", "history", "all")
EVERY = 50  # past actions told of, where there is no terminal to show each on


class Command(BaseCommand):
    help = "Make Marchland, a fictional system of made-up people to try Remit on. Does nothing where it stands."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=STAGES, default="all", help="the people and schemes, or their past")
        parser.add_argument("--size", choices=SIZES, default="small", help="1,200 people, or 9,000")
        parser.add_argument("--seed", type=int, default=2026, help="the same seed makes the same system")

    def handle(self, *args: Any, stage: str, size: str, seed: int, **options: Any) -> None:
        if stage in ("network", "all"):
            found(size=size, seed=seed, at=clock.now(), say=self.stdout.write)
        if stage in ("history", "all"):
            self._let_it_happen(verbosity=options.get("verbosity", 1))

    def _let_it_happen(self, *, verbosity: int) -> None:
        made = founded()
        if made is None:
            raise CommandError(
                "There is no demonstration system here yet. Make it: remit demonstration --stage network"
            )
        world = make_world(seed=made.seed, size=made.size, made_on=made.made_on)
        happened = let_it_happen(Doing(past_of(world), seed=made.seed), made, tell=self._tell)
        if self.stdout.isatty():
            self.stdout.write("")
        if verbosity > 1:
            for refusal in happened.refused:
                self.stdout.write(refusal)

    def _tell(self, done: int, of: int) -> None:
        words = f"Filling in the past of Marchland: {done:,} of {of:,}"
        if self.stdout.isatty():
            self.stdout.write(f"\r{words} ", ending="")
            self.stdout.flush()
        elif done % EVERY == 0 or done == of:
            self.stdout.write(words)
