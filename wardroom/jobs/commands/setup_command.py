"""Make or bring up to date the database and its reference data.

    wardroom setup

Run it once before the first start, and again after each new version: it applies the
migrations, adds topics, clocks and holidays that are not there yet, makes the search index
anew where an older version made it, and counts real contacts where none were counted. Running
it twice changes nothing. The database is the one that DATABASE_URL names, else an SQLite file
in WARDROOM_HOME.
"""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the words of the call: there are none."""


def run(_: argparse.Namespace) -> int:
    """Migrate, load the reference data, and bring the search index up to date."""
    from django.conf import settings
    from django.core.management import call_command

    from wardroom.access.gate import guard_pass
    from wardroom.analysis.ready import make_ready
    from wardroom.jobs.commands.contacts_command import count_once
    from wardroom.jobs.commands.index_command import renew_index
    from wardroom.jobs.progress import Progress
    from wardroom.jobs.stamps import shell_stamp
    from wardroom.kernel.errors import Refused
    from wardroom.library.actions import load_reference_data

    settings.HOME.mkdir(parents=True, exist_ok=True)
    with guard_pass("migrations"):
        call_command("migrate", interactive=False, verbosity=0)
    try:
        load_reference_data(None, stamp=shell_stamp())
    except Refused as no:
        if no.code != "nothing_new":
            raise
    progress = Progress("Preparing the engine")
    progress.at(0)
    if make_ready():
        progress.done("compiled")
    renew_index()
    count_once()
    print("The database is up to date.", file=sys.stderr)
    return 0
