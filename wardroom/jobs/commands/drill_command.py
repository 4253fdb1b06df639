"""Prove that calling people to an incident happens once a step, whoever dies meanwhile.

    wardroom drill
    wardroom drill --database postgresql://drill@localhost/empty

Makes an office of three people in a database of its own, which is thrown away: nobody real is
called. On three nights, two of them those on which the clocks change, an incident is opened and
nobody answers. Workers are killed before and after their commit, and several come at once. Each
step is printed; a step that is missing, made twice or late ends the drill with code 1.

With --database the drill runs in that database, which has to be empty.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from wardroom.jobs.cli import DONE, FAILED
from wardroom.jobs.drilling import ROOT, Night, prepare, rehearse

ZONE = ZoneInfo("America/New_York")
INSIDE = "WARDROOM_DRILL"
NIGHTS = (
    ("An ordinary night", "2026-10-21T02:10"),
    ("Clocks go back", "2026-11-01T01:50"),
    ("Clocks go forward", "2027-03-14T01:50"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("--database", default="", help="an empty database to drill in")


def run(args: argparse.Namespace) -> int:
    """Drill in a database of its own; the words and code are those of the process inside."""
    if os.environ.get(INSIDE):
        return drill(Path(os.environ[INSIDE]))
    with tempfile.TemporaryDirectory(prefix="wardroom-drill-") as folder:
        place = args.database or f"sqlite:///{folder}/drill.sqlite3"
        environment = {
            **os.environ,
            "DATABASE_URL": place,
            "WARDROOM_HOME": folder,
            INSIDE: folder,
        }
        start = "import sys; from wardroom.jobs.cli import main; sys.exit(main(['drill']))"
        words = [sys.executable, "-c", start]
        return subprocess.run(words, env=environment, cwd=ROOT, check=False).returncode


def drill(folder: Path) -> int:
    """The drill itself, inside its own database."""
    from django.core.management import call_command
    from django.db import connection

    from wardroom.access.gate import guard_pass
    from wardroom.incidents.queries.drilling import drill_seen

    if connection.introspection.table_names():
        print("wardroom: the database of a drill has to be empty", file=sys.stderr)
        return FAILED
    print("Making an office to drill in ...", flush=True)
    with guard_pass("making the database of a drill"):
        call_command("migrate", verbosity=0)
    nights = [Night(name, datetime.fromisoformat(at).replace(tzinfo=ZONE)) for name, at in NIGHTS]
    prepare(nights)
    wrong: list[str] = []
    for night in nights:
        found, scene = rehearse(night, folder=folder, environment=os.environ)
        wrong += found
        print(f"\n{night.name}, opened {night.opened_at:%Y-%m-%d %H:%M %Z}; "
              f"{scene.killed} workers killed")  # fmt: skip
        for step in drill_seen(scene.incident_id).steps:
            called = step.called_at.astimezone(ZONE)
            print(f"  step {step.step}  {called:%H:%M:%S %Z}  {step.name}, "
                  f"{step.messages} message")  # fmt: skip
    for fault in wrong:
        print(f"WRONG: {fault}", file=sys.stderr)
    print("\nEach step once, in order and in time." if not wrong else "\nThe drill failed.")
    return FAILED if wrong else DONE
