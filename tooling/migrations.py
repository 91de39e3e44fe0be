"""Whether every change of a model has its migration."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "remit.site.settings_test"
    django.setup()
    own = [app.label for app in django.apps.apps.get_app_configs() if app.name.startswith("remit.")]
    try:
        call_command("makemigrations", *own, check=True, dry_run=True, verbosity=3)
    except SystemExit:
        sys.exit("A model has changed, and no migration says so. Make one: .venv/bin/remit makemigrations")
