"""Write the documentation's page of states from the table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from remit.decisions.rules.states_page import page

PATH = Path(settings.BASE_DIR) / "docs" / "reference" / "decision-states.md"


class Command(BaseCommand):
    help = "Write docs/reference/decision-states.md from the table of states and moves."

    def handle(self, *args: Any, **options: Any) -> None:
        PATH.write_text(page())
        self.stdout.write(self.style.SUCCESS(f"Wrote {PATH.name}."))
