"""`remit demonstration`: make Marchland, a fictional system to try Remit on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from remit.kernel import clock
from remit.site.demonstration.founding import found
from remit.site.demonstration.world import SIZES

STAGES = ("network", "history", "all")


class Command(BaseCommand):
    help = "Make Marchland, a fictional system of made-up people to try Remit on. Does nothing where it stands."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=STAGES, default="all", help="the people and schemes, or their past")
        parser.add_argument("--size", choices=SIZES, default="small", help="1,200 people, or 9,000")
        parser.add_argument("--seed", type=int, default=2026, help="the same seed makes the same system")

    def handle(self, *args: Any, stage: str, size: str, seed: int, **options: Any) -> None:
        if stage in ("network", "all"):
            found(size=size, seed=seed, at=clock.now(), say=self.stdout.write)
