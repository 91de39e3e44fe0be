"""End every decision whose time is over; for whatever runs Remit's clock."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from remit.decisions.actions import end_what_is_over
from remit.kernel import clock
from remit.kernel.words import counted


class Command(BaseCommand):
    help = "End what was not confirmed in time, and what was agreed for a time that is over."

    def handle(self, *args: Any, **options: Any) -> None:
        ended = end_what_is_over(at=clock.now())
        self.stdout.write(self.style.SUCCESS(f"Ended {counted(ended, 'decision')}."))
