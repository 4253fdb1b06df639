"""No copy of the office lies about after a run that was killed, and a backup lets nobody in."""

from __future__ import annotations

import gzip
import os
import tarfile
import time
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from pytest_django import Settings

from wardroom.jobs import backups
from wardroom.jobs.backups import back_up_nightly, make_backup, prove_backup, prove_weekly
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.upkeep.gateways import copying, leftovers, postgres, restore, taking
from wardroom.upkeep.gateways.archive import Checked, read_archive

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_house")]
LONG_AGO = time.time() - 2 * leftovers.FORGOTTEN


def open_session() -> str:
    """Somebody's open session; who has its number is them."""
    session = SessionStore()
    session["who"] = "the director"
    session.save()
    assert session.session_key
    return str(session.session_key)


def database_in(backup: Path) -> bytes:
    with tarfile.open(backup) as tar:
        name = next(n for n in tar.getnames() if n.startswith("database."))
        file = tar.extractfile(name)
        assert file is not None
        return gzip.decompress(file.read()) if name.endswith(".gz") else file.read()


def test_backup_holds_no_open_session(settings: Settings) -> None:
    key = open_session()
    made = make_backup(settings.BACKUPS)
    assert made.manifest.tables["django_session"] == 0
    assert key.encode() not in database_in(made.path)
    assert prove_backup(made.path).found == ()
    assert SessionStore(key)["who"] == "the director", "who works goes on"


def test_power_check_sessions_that_are_copied_are_found(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault on purpose: a copy of all tables."""
    monkeypatch.setattr(copying, "LEFT_OUT", ())
    key = open_session()
    made = make_backup(settings.BACKUPS)
    assert made.manifest.tables["django_session"] == 1
    if connection.vendor == "sqlite":
        assert key.encode() in database_in(made.path)


def old(path: Path, *, folder: bool = True) -> Path:
    """Something that a killed run left two days ago."""
    if folder:
        path.mkdir()
        (path / "wardroom.sqlite3").write_text("the whole office")
    else:
        path.write_text("half of it")
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_what_killed_runs_left_is_removed_a_day_later_and_nothing_else(
    settings: Settings, tmp_path: Path
) -> None:
    left = [
        old(settings.HOME / ".backup-abc"),
        old(settings.HOME / ".trial-abc"),
        old(tmp_path / ".home.restoring-77"),
        old(tmp_path / ".home-new.restoring-78"),
        old(settings.BACKUPS / ".wardroom-20261118-064500.tar.12.half", folder=False),
        old(settings.BACKUPS / ".mine.tar.13.half", folder=False),
    ]
    stays = [
        old(settings.HOME / ".ssh"),
        old(tmp_path / ".restoring-plans"),
        old(settings.BACKUPS / ".wardroom-notes", folder=False),
        old(settings.BACKUPS / "wardroom-20261118-064500.tar", folder=False),
    ]
    fresh = settings.HOME / ".trial-now"
    fresh.mkdir()
    made = make_backup(settings.BACKUPS)
    assert [path.name for path in left if path.exists()] == []
    assert all(path.exists() for path in (*stays, fresh, made.path))


def test_what_another_user_left_breaks_off_no_backup(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = old(settings.BACKUPS / ".wardroom-20261118-064500.tar.12.half", folder=False)
    unlink = Path.unlink

    def sticky(self: Path, missing_ok: bool = False) -> None:
        if self == theirs:
            raise PermissionError(1, "Operation not permitted", str(self))
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", sticky)
    assert make_backup(settings.BACKUPS).path.exists()
    assert theirs.exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL alone has databases")
def test_database_of_a_killed_trial_is_dropped_a_day_later() -> None:
    beside = postgres.address_of(connection)
    names = (f"{postgres.TRIALS}1000_1", f"{postgres.TRIALS}{int(time.time())}_1")
    with postgres.passing_database(beside, names[0]), postgres.passing_database(beside, names[1]):
        assert postgres.drop_old_trials(beside) == 1
        assert postgres.drop_old_trials(beside) == 0


def test_trial_that_the_machine_breaks_off_and_a_lost_passphrase_are_written_down(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(settings.BACKUPS)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "a file")

    monkeypatch.setattr(backups, "try_backup", full)
    assert not prove_weekly()
    disproved = Entry.objects.get(kind="BackupDisproved")
    assert "No space left on device" in disproved.sentence
    settings.BACKUP_PASSPHRASE_FILE = str(tmp_path / "lost")
    assert not back_up_nightly()
    assert "passphrase cannot be read" in Entry.objects.get(kind="BackupFailed").sentence
    settings.BACKUP_PASSPHRASE_FILE = ""
    monkeypatch.setattr(backups, "back_up", full)
    assert not back_up_nightly()
    assert Entry.objects.filter(kind="BackupFailed").count() == 2


def test_backup_replaces_nothing_that_came_while_it_was_made(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.tar"

    def meanwhile(path: Path, *, passphrase: str) -> Checked:
        target.write_text("another came")
        return read_archive(path, passphrase=passphrase)

    monkeypatch.setattr(taking, "read_archive", meanwhile)
    with pytest.raises(Refused, match="replaces nothing"):
        make_backup(target)
    assert target.read_text() == "another came"
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".half")] == []


def test_mounted_volume_itself_is_refused_before_anything_is_done(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("asks for an empty database first")
    made = make_backup(settings.BACKUPS)
    place = tmp_path / "volume"
    place.mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda self: self == place)
    with pytest.raises(Refused, match="mounted volume"):
        restore(made.path, place)
    assert list(place.iterdir()) == []
