"""R14: a backup taken while people write comes back whole in an empty place, or is refused."""

from __future__ import annotations

import io
import random
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from pytest_django import Settings

from tests.cast import PASSWORD, Cast
from tests.upkeep.places import Empty, programs
from wardroom.documents.actions import store_document
from wardroom.jobs.backups import make_backup, prove_backup
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.upkeep.gateways import (
    archive,
    postgres,
    read_archive,
    restore,
    restoring,
    sealing,
    taking,
)
from wardroom.upkeep.gateways.archive import MARK_BYTES, Hashing
from wardroom.upkeep.queries.wholeness import file_fault

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "a lamp over the corner"
WRITERS, FLIPS = 4, 30
# Without a breath between two files SQLite may let one of four wait for ever.
PAUSE = 0.002


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Stored files and backups of this test alone."""
    settings.FILES_ROOT = tmp_path / "files"
    settings.BACKUPS = tmp_path / "backups"
    settings.BACKUPS.mkdir()
    settings.PG_PROGRAMS = programs()


def store(content: bytes) -> str:
    """Keep a file; its hash is the acknowledgment."""
    made = store_document(
        None, name="a.txt", media_type="text/plain", content=content, stamp=shell_stamp()
    )
    return str(made.digest)


class Writers:
    """Four people who add files until they are told to stop; what they were told was saved."""

    def __init__(self) -> None:
        self.saved: list[tuple[float, str]] = []
        self.wrong: list[BaseException] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        while len(self.saved) < 3 * WRITERS and not self.wrong:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
        assert not self.wrong

    def go_on_after(self, moment: float) -> None:
        """Wait until one of them saved a second file later than this, so began it later too."""
        until = time.monotonic() + 60
        while not self.wrong and sum(at > moment for at, _ in self.saved) <= WRITERS:
            assert time.monotonic() < until, "nobody saved anything for a minute"
            time.sleep(0.01)

    def _write(self, number: int) -> None:
        turn = 0
        try:
            while not self._stop.is_set():
                turn += 1
                digest = store(f"{number} wrote {turn} {'x' * 500}".encode())
                self.saved.append((time.monotonic(), digest))
                time.sleep(PAUSE)
        except BaseException as error:
            self.wrong.append(error)
        finally:
            connection.close()


def test_backup_under_four_writers_comes_back_whole(
    tmp_path: Path, place: Empty, liaison5: Cast
) -> None:
    with Writers() as people:
        began = time.monotonic()
        made = make_backup(tmp_path / "backups")
        ended = time.monotonic()
        people.go_on_after(ended)
    back = restore(made.path, place.folder, database=place.database)

    assert back.found == ()
    stored = {digest for (digest,) in place.rows("SELECT digest FROM documents_document")}
    before = {digest for at, digest in people.saved if at < began}
    assert before
    assert before <= stored
    assert {digest for at, digest in people.saved if at > ended} - stored
    for digest in stored:
        assert (place.folder / "files" / digest[:2] / digest).is_file()
    assert place.rows("SELECT count(*) FROM notices_mailhold WHERE released_at IS NULL") == [(1,)]
    assert place.rows("SELECT count(*) FROM ledger_entry WHERE kind = 'HouseRestored'") == [(1,)]
    wrong, right = place.answers_to(liaison5.email, ("another password", ""), (PASSWORD, ""))
    assert right == "in"
    assert wrong != "in"


def test_power_check_files_copied_before_the_database_are_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault on purpose: with the files taken first the trial names the one that came after."""
    store(b"before the files were copied")
    early = list(taking._stored())
    late = store(b"between the files and the database")
    monkeypatch.setattr(taking, "_stored", lambda: iter(early))
    made = make_backup(tmp_path / "backups")
    with pytest.raises(Refused, match=f"{late} is missing"):
        prove_backup(made.path)
    assert Entry.objects.filter(kind="BackupDisproved").count() == 1
    assert not Entry.objects.filter(kind="BackupProven").exists()


@pytest.mark.parametrize("words", ["", WORDS], ids=["plain", "sealed"])
def test_every_flipped_byte_of_a_backup_is_refused(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "COST", 2)
    store(b"a page")
    made = make_backup(tmp_path / "backups", passphrase=words)
    assert read_archive(made.path, passphrase=words).digest == made.digest
    for place in random.Random(14).sample(range(made.size), FLIPS):
        with flipped(made.path, place), pytest.raises(Refused):
            read_archive(made.path, passphrase=words)
    for cut in (1, 100, made.size // 2):
        made_short = tmp_path / "short.tar"
        made_short.write_bytes(made.path.read_bytes()[:-cut])
        with pytest.raises(Refused):
            read_archive(made_short, passphrase=words)


def test_power_check_without_the_digest_a_flip_goes_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault on purpose: the parts alone do not show a change in what fills a tar up."""
    store(b"a page")
    made = make_backup(tmp_path / "backups")

    def unchecked(whole: Hashing, file: io.BufferedReader, size: int, put: archive.Place) -> object:
        return archive._read(Hashing(file, most=size - MARK_BYTES), put)

    fill = made.size - MARK_BYTES - 1
    with flipped(made.path, fill):
        with pytest.raises(Refused):
            read_archive(made.path)
        monkeypatch.setattr(archive, "_read_plain", unchecked)
        assert read_archive(made.path).manifest == made.manifest


class flipped:  # noqa: N801
    """A file with one bit the other way round, for as long as the block lasts."""

    def __init__(self, path: Path, place: int) -> None:
        self.path, self.place = path, place

    def __enter__(self) -> None:
        self._flip()

    def __exit__(self, *_: object) -> None:
        self._flip()

    def _flip(self) -> None:
        with self.path.open("r+b") as file:
            file.seek(self.place)
            [byte] = file.read(1)
            file.seek(self.place)
            file.write(bytes([byte ^ 1]))


def test_sealed_backup_opens_with_its_passphrase_alone_and_is_proven(
    tmp_path: Path, place: Empty
) -> None:
    digest = store(b"a canary in a file")
    made = make_backup(tmp_path / "backups", passphrase=WORDS)
    assert b"canary" not in made.path.read_bytes()
    with pytest.raises(Refused, match="give its passphrase"):
        restore(made.path, place.folder, database=place.database)
    with pytest.raises(Refused, match="does not open"):
        restore(made.path, place.folder, database=place.database, passphrase=WORDS + "s")
    assert not place.folder.exists()
    tried = prove_backup(made.path, passphrase=WORDS)
    assert tried.found == ()
    assert f"files/{digest[:2]}/{digest}" in tried.manifest.members
    assert Entry.objects.get(kind="BackupProven").body["digest"] == made.digest
    assert sorted(tmp_path.joinpath("backups").iterdir()) == [made.path]


def test_stored_file_that_is_gone_or_bent_is_named_in_the_backup(
    tmp_path: Path, settings: Settings
) -> None:
    bent = store(b"what was kept")
    (Path(settings.FILES_ROOT) / bent[:2] / bent).write_bytes(b"something else")
    made = make_backup(tmp_path / "backups")
    assert made.manifest.missing == (bent,)
    assert "damaged" in file_fault(bent)
    assert "missing" in file_fault("0" * 64)
    assert Entry.objects.get(kind="BackupMade").body["missing"] == 1


def test_nothing_is_restored_over_anything(tmp_path: Path, place: Empty) -> None:
    made = make_backup(tmp_path / "backups")
    place.folder.mkdir()
    (place.folder / "note.txt").write_text("mine")
    with pytest.raises(Refused, match="not empty"):
        restore(made.path, place.folder, database=place.database)
    assert [path.name for path in place.folder.iterdir()] == ["note.txt"]


def test_restoration_that_fails_in_its_last_step_leaves_its_place_empty(
    tmp_path: Path, place: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same command can be given anew; power check: where nothing is cleaned up, it cannot."""
    made = make_backup(tmp_path / "backups")
    with monkeypatch.context() as broken:
        broken.setattr(restoring, "FINISHING", "wardroom.jobs.no_such_end")
        with pytest.raises(Refused, match="no_such_end") as no:
            restore(made.path, place.folder, database=place.database)
        assert not place.folder.exists()
        if place.database:
            assert no.value.sentence.endswith("the same command can be given anew.")
            broken.setattr(postgres, "_empty", no_right_to_drop)
            with pytest.raises(
                Refused, match=r"must be owner.* drop restored_\w+ and make it anew"
            ):
                restore(made.path, place.folder, database=place.database)
            with pytest.raises(Refused, match="not empty"):
                restore(made.path, place.folder, database=place.database)
            broken.undo()
            postgres._empty(postgres.address_in(place.database), set())
    assert restore(made.path, place.folder, database=place.database).found == ()


def no_right_to_drop(*_: object) -> None:
    raise psycopg.errors.InsufficientPrivilege("must be owner of table ledger_entry")


def test_backup_of_a_newer_version_is_refused(
    tmp_path: Path, place: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_backup(tmp_path / "backups")
    monkeypatch.setattr(
        "wardroom.upkeep.rules.manifest.Manifest.newer_than", lambda self, known: ("a.0001",)
    )
    with pytest.raises(Refused, match="Install that version first"):
        restore(made.path, place.folder, database=place.database)
    assert not place.folder.exists()
