"""R7: the database of a release comes up to date, wherever that is killed, and loses nothing."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RELEASES = sorted(path.name.removesuffix(".sqlite3.gz") for path in HERE.glob("*.sqlite3.gz"))
KILLS = 20


def upgraded(release: str, place: Path, *, by: str, kills: int) -> dict[str, Any]:
    """What came of bringing a release's database up to date, by our executor or by Django's."""
    file = place / "wardroom.sqlite3"
    file.write_bytes(gzip.decompress((HERE / f"{release}.sqlite3.gz").read_bytes()))
    given = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{file}",
        "WARDROOM_HOME": str(place),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    words = [sys.executable, "-m", "tests.upgrades.upgrading", by, str(kills)]
    done = subprocess.run(words, cwd=ROOT, env=given, check=True, capture_output=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("release", RELEASES)
def test_upgrade_that_is_killed_at_twenty_places_is_whole_or_not_begun_each_time(
    release: str, tmp_path: Path
) -> None:
    """Each killed run leaves a whole number of changes, noted, from which the next one goes on."""
    told = upgraded(release, tmp_path, by="ours", kills=KILLS)
    assert told["changes"] > 5
    assert told["killed"] == KILLS
    assert told["wrong"] == []
    assert told["went_on"], "the run after the last of them came to the same tables"
    assert (told["lost"], told["faults"]) == ([], [])


def test_power_check_changes_noted_after_their_commit_are_found(tmp_path: Path) -> None:
    """The fault on purpose: Django's own way, which notes some changes after their commit."""
    told = upgraded(RELEASES[0], tmp_path, by="django", kills=KILLS)
    assert told["wrong"]
    assert "already exists" in told["stuck"], "no later run can bring such a database up to date"


def test_there_is_a_release_to_come_from() -> None:
    assert RELEASES
