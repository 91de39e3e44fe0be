"""The `remit` command: Remit's own commands, listed in words; Django's are there too, unlisted."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from importlib import import_module

import django
from django.apps import apps
from django.core.management import ManagementUtility, find_commands

INTRODUCTION = "Remit puts each decision with the nearest people who have the authority for it, and keeps the record."
ASKS_FOR_THE_LIST = {"help", "--help", "-h"}
LEFT_OUT = {"remit.testing"}


def main() -> int:
    """Run `remit COMMAND ...`, or list the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.site.settings")
    asked = sys.argv[1:]
    if not asked or (len(asked) == 1 and asked[0] in ASKS_FOR_THE_LIST):
        django.setup()
        print(overview(width=min(100, shutil.get_terminal_size().columns)))
        return 0
    asked[0] = known_as(asked[0])
    ManagementUtility(["remit", *asked]).execute()
    return 0


def known_as(name: str) -> str:
    """A command as its file is named: people type *verify-ledger*, Python says *verify_ledger*."""
    return name if name.startswith("-") else name.replace("-", "_")


def overview(*, width: int) -> str:
    """What `remit --help` says."""
    found = own_commands()
    column = max((len(name) for name in found), default=0) + 4
    lines = [
        *textwrap.wrap(INTRODUCTION, width),
        "",
        "  remit COMMAND [options]      remit COMMAND --help tells more of one",
        "",
    ]
    for name, says in sorted(found.items()):
        wrapped = textwrap.wrap(says, max(30, width - column)) or [""]
        lines.append(f"  {name:<{column - 2}}{wrapped[0]}")
        lines.extend(" " * column + line for line in wrapped[1:])
    lines += [
        "",
        "The data is where REMIT_DATA says (else in var), the database where DATABASE_URL says.",
    ]
    return "\n".join(lines)


def own_commands() -> dict[str, str]:
    """Each command of Remit's own apps, as it is typed, with its help."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("remit.") and app.name not in LEFT_OUT:
            for name in find_commands(os.path.join(app.path, "management")):  # noqa: PTH118 (Django takes a string)
                command = import_module(f"{app.name}.management.commands.{name}").Command
                found[name.replace("_", "-")] = str(command.help)
    return found


if __name__ == "__main__":
    sys.exit(main())
