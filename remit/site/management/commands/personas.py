"""`remit personas`: who can be signed in as, and what to try."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from remit.site.demonstration.personas import personas


class Command(BaseCommand):
    help = "List the people of Marchland whom you can sign in as, and what to try as each."

    def handle(self, *args: Any, **options: Any) -> None:
        for persona in personas():
            where = persona.post or "no post: looks after the machine"
            self.stdout.write(f"{self.style.SUCCESS(persona.code)}  {persona.name}, {where}\n    {persona.about}")
