"""A database with data is copied before its tables are changed; without the copy it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.upkeep.places import programs
from wardroom.documents.actions import store_document
from wardroom.jobs import backups
from wardroom.jobs.backups import back_up_before_upgrade, newest_backup, note_made
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.upkeep.gateways import read_archive
from wardroom.upkeep.gateways.copying import pending_migrations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    settings.BACKUPS = tmp_path / "backups"
    settings.PG_PROGRAMS = programs()
    return tmp_path / "backups"


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of the program that would change tables."""
    monkeypatch.setattr(backups, "pending_migrations", lambda: 3)


def store(words: str) -> None:
    store_document(
        None, name="a.txt", media_type="text/plain", content=words.encode(), stamp=shell_stamp()
    )


def test_data_is_copied_first_and_the_ledger_hears_of_it_afterwards(
    folder: Path, newer: None
) -> None:
    store("kept")
    made = back_up_before_upgrade()
    assert made is not None
    assert made.path.parent == folder
    assert made.path.name.startswith("wardroom-before-upgrade-")
    assert read_archive(made.path).manifest.tables["documents_document"] == 1
    assert not Entry.objects.filter(kind="BackupMade").exists()
    note_made(made)
    assert Entry.objects.get(kind="BackupMade").body["digest"] == made.digest
    with pytest.raises(Refused):
        newest_backup()


def test_up_to_date_empty_or_unwanted_is_not_copied(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pending_migrations() == 0
    store("kept")
    assert back_up_before_upgrade() is None
    monkeypatch.setattr(backups, "pending_migrations", lambda: 3)
    monkeypatch.setattr(backups, "holds_data", lambda: False)
    assert back_up_before_upgrade() is None
    monkeypatch.undo()
    settings.BACKUPS = None
    assert back_up_before_upgrade() is None
    assert not folder.exists()


def test_without_a_copy_nothing_goes_on(
    folder: Path, newer: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store("kept")

    def full(*_: object, **__: object) -> None:
        raise Refused("disk_full", "The disk is full.")

    monkeypatch.setattr(backups, "back_up", full)
    with pytest.raises(Refused, match=r"left as it was.*The disk is full") as no:
        back_up_before_upgrade()
    assert no.value.code == "no_upgrade"
