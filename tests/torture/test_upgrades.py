"""R7 at length: the tables that every change makes from nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.conftest import Tally
from tests.upgrades.upgrading import look

ROOT = Path(__file__).resolve().parents[2]
DJANGOS = """
import django; django.setup()
from django.core.management.commands.migrate import Command
from django.db.migrations.executor import MigrationExecutor
from wardroom.access.gate import guard_pass
with guard_pass("migrations"):
    import django.core.management as m
    m.call_command(Command() if {djangos} else "migrate", interactive=False, verbosity=0)
"""


@pytest.mark.torture("R7 tables of our way and of Django", 2, on=("sqlite",))
def test_tables_are_those_that_django_makes(tmp_path: Path, tally: Tally) -> None:
    """Every change of the house from nothing, by our way and by Django's own."""
    found = []
    for djangos in (False, True):
        file = tmp_path / f"{djangos}.sqlite3"
        given = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{file}",
            "WARDROOM_HOME": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        code = DJANGOS.format(djangos=djangos)
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=given, check=True)
        found.append(look(file))
        tally.done += 1
    assert found[0] == found[1]
