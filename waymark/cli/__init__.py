"""The `waymark` command: the same verbs and queries as the screens."""

import os
import sys
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

CANNOT_WORK = 2


def main() -> None:
    """Set Django up, then hand over to the commands (they may only be imported afterwards)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("WAYMARK_NO_SECRET", "1")
    os.environ.setdefault("WAYMARK_POOL", "0")
    # A page must not wait; a migration or a check of a whole caseload may take its time.
    os.environ.setdefault("WAYMARK_STATEMENT_TIMEOUT", "0")
    try:
        django.setup()
        import_module("waymark.cli.commands").waymark()
    except ImproperlyConfigured as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(CANNOT_WORK)
    except OperationalError as broken:
        sys.stderr.write(
            f"The database does not answer: {str(broken).splitlines()[0]}\n"
            "Start it with `python3 way database`, or set DATABASE_URL to one that runs.\n"
        )
        sys.exit(CANNOT_WORK)
