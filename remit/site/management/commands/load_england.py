from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError

from remit.authority.actions import read_in_taxonomy
from remit.authority.actions.templates import begin_with_template
from remit.kernel.actor import KEEPER
from remit.kernel.clock import now
from remit.kernel.errors import RemitError
from remit.kernel.words import LONDON, counted
from remit.network.actions import load
from remit.network.actions.england import load_england
from remit.network.errors import OlderFile
from remit.network.queries.england import loaded_as_of, present_england, trusts_filled, trusts_to_fill
from remit.network.rules.england import England, arrivals_within, compare, inside_of
from remit.site import england

T = TypeVar("T")
AT_ONCE = 25  # trusts filled in one transaction, so that others can write in between
NOTHING_TO_DO = "Nothing to do: every organisation and system stands as the files have it."


class Command(BaseCommand):
    help = "Load the real NHS organisations of England from a folder of official files; a dry run unless --apply."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of official files")
        parser.add_argument("--apply", action="store_true", help="do it; without this, only say what would change")
        parser.add_argument(
            "--with-template", action="store_true", help="give each open trust posts, a scheme and made-up people"
        )
        parser.add_argument("--mapping", type=Path, metavar="FILE", help="a mapping file in place of Remit's own")
        parser.add_argument("--trusts", metavar="NAME", help="the file of trusts to read in place of the newest")

    def handle(
        self,
        *args: Any,
        folder: Path,
        apply: bool = False,
        with_template: bool = False,
        mapping: Path | None = None,
        trusts: str | None = None,
        **options: Any,
    ) -> None:
        try:
            plan = england.england_in(folder, mapping_file=mapping, trusts=trusts)
            self._say(england.what_was_read(plan))
            if apply:
                self._apply(plan)
                if with_template:
                    self._fill(plan)
            else:
                self._foresee(plan, with_template=with_template)
        except RemitError as refused:
            raise CommandError(refused.words()) from refused

    def _apply(self, plan: England) -> None:
        changes = load_england(plan, by=KEEPER, at=now())
        self._say(england.what_changes(plan, changes, done=True))
        self._say(england.what_a_person_does(plan, changes))
        self.stdout.write(NOTHING_TO_DO if changes.nothing_to_do else self.style.SUCCESS("Loaded."))

    def _foresee(self, plan: England, *, with_template: bool) -> None:
        changes = compare(plan, present_england(plan))
        loaded = loaded_as_of(plan)
        if loaded and loaded > plan.as_of and not changes.nothing_to_do:
            raise OlderFile(loaded=loaded, given=plan.as_of)
        self._say(england.what_changes(plan, changes, done=False))
        self._say(england.what_a_person_does(plan, changes))
        if with_template:
            waiting = len(trusts_to_fill(plan)) + sum(
                1 for o in plan.organisations if o.code in changes.added and o.is_trust and o.is_open(plan.as_of)
            )
            self.stdout.write(f"Would give {counted(waiting, 'trust')} posts, a scheme and made-up people.")
        self.stdout.write(NOTHING_TO_DO if changes.nothing_to_do else "Nothing was changed; --apply does it.")

    def _fill(self, plan: England) -> None:
        template, (groups, roles) = england.the_template(), england.the_words()
        today = now().astimezone(LONDON).date()
        waiting = trusts_to_fill(plan)
        for batch in _at_once(waiting):
            insides = [(code, inside_of(template, code=code, name=name, sort=sort)) for code, name, sort in batch]
            arrivals = arrivals_within(template, insides, today=today, groups=groups, roles=roles)
            load(arrivals, by=KEEPER, at=now())
            self.stdout.write(f"  {counted(len(batch), 'trust')} given units, posts, people and bodies")
        text, file = england.the_rules("taxonomies", template.taxonomy)
        read_in_taxonomy(text, file=file, by=KEEPER, at=now())
        adopted = 0
        for sort, parties in trusts_filled(plan).items():
            text, file = england.the_rules("schemes", template.schemes[sort])
            for some in _at_once(parties):
                adopted += len(begin_with_template(some, text, file=file, by=KEEPER, at=now()))
        self.stdout.write(f"{counted(len(waiting), 'trust')} filled, {counted(adopted, 'scheme')} brought into force.")

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _at_once(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]
