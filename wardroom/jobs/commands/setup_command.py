"""Make or bring up to date the database and its reference data.

    wardroom setup

Run it once before the first start, and again after each new version: it applies the
migrations, adds topics, clocks and holidays that are not there yet, makes the search index
anew where an older version made it, and counts real contacts where none were counted. Running
it twice changes nothing. A database with data is backed up first where its tables will be
changed, into the folder WARDROOM_BACKUPS; without that backup nothing is changed. Settings with
which the site would not start are refused before anything is changed. The database is the one
that DATABASE_URL names, else an SQLite file in WARDROOM_HOME.
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
    from wardroom.jobs.backups import back_up_before_upgrade, note_made
    from wardroom.jobs.commands.contacts_command import count_once
    from wardroom.jobs.commands.index_command import renew_index
    from wardroom.jobs.commands.serve_command import check_settings
    from wardroom.jobs.progress import Progress
    from wardroom.jobs.stamps import shell_stamp
    from wardroom.kernel.errors import Refused
    from wardroom.library.actions import load_needs, load_reference_data

    settings.HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_settings()
    before = back_up_before_upgrade()
    with guard_pass("migrations"):
        call_command("migrate", interactive=False, verbosity=0)
    if before is not None:
        note_made(before)
        print(f"A backup was made before: {before.path}", file=sys.stderr)
    for load in (load_reference_data, load_needs):
        try:
            load(None, stamp=shell_stamp())
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
