"""What the page of the house and `wardroom doctor` say about backups can be done as they say it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.conftest import NOON
from wardroom.access.actor import SYSTEM
from wardroom.jobs.cli import main
from wardroom.upkeep.gateways.sealing import MAGIC, is_sealed
from wardroom.upkeep.queries import backup_standing
from wardroom.upkeep.rules import judge_backup, judge_proof

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "a lamp over the corner"


@pytest.fixture(autouse=True)
def no_folder_yet(own_house: None, settings: Settings) -> None:
    settings.BACKUPS.rmdir()


def advice() -> tuple[list[str], list[str]]:
    """The two commands that a house without backups is told to call."""
    told = (judge_backup(None, "", late=True, at=NOON), judge_proof(None, "", late=True, at=NOON))
    first, second = (re.search(r"wardroom ([a-z -]+)", one.advice) for one in told)
    assert first
    assert second
    return first[1].split(), second[1].split()


def test_backup_is_made_and_tried_by_the_commands_of_the_advice(settings: Settings) -> None:
    for words in advice():
        assert main(words) == 0, words
    (made,) = settings.BACKUPS.iterdir()
    assert made.name.startswith("wardroom-")
    assert settings.BACKUPS.stat().st_mode & 0o777 == 0o700
    found = backup_standing(SYSTEM, now=NOON)
    assert found.made is not None
    assert found.proven is not None


def test_naming_the_folder_of_backups_makes_no_file_in_its_place(settings: Settings) -> None:
    assert main(["backup", str(settings.BACKUPS)]) == 0
    assert settings.BACKUPS.is_dir()
    assert main(["restore", "--drill"]) == 0


def test_it_is_sealed_where_those_of_each_night_are(settings: Settings, tmp_path: Path) -> None:
    words = tmp_path / "passphrase"
    words.write_text(WORDS)
    settings.BACKUP_PASSPHRASE_FILE = str(words)
    assert main(["backup"]) == 0
    (made,) = settings.BACKUPS.iterdir()
    assert is_sealed(made.read_bytes()[: len(MAGIC)])


def test_without_a_folder_it_asks_for_one(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.BACKUPS = None
    assert main(["backup"]) != 0
    assert "Say where the backup goes: wardroom backup FOLDER" in capsys.readouterr().err
