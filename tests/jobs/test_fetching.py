"""Mail is fetched from a real IMAP server: kept first, moved afterwards, and kept once."""

from __future__ import annotations

import imaplib
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from tests.conftest import plain_actor
from tests.jobs.imap_house import ImapHouse, imap_house
from tests.notices.letters import letter
from wardroom.access.actor import SYSTEM, Role
from wardroom.casework.actions import take_mail
from wardroom.config.checks import mail_moves_away
from wardroom.documents import actions as documents
from wardroom.documents.gateways import ScannerAway
from wardroom.jobs import fetching
from wardroom.jobs.cli import DONE, FAILED, main
from wardroom.jobs.fetching import Fetched, fetch_mail, look_into
from wardroom.jobs.stamps import worker_stamp
from wardroom.notices.actions import note_mailbox_failed
from wardroom.notices.gateways import Mailbox, MailboxClosed, open_mailbox
from wardroom.notices.models import Mailbox as Kept
from wardroom.notices.models import Received
from wardroom.notices.queries import mailbox_health
from wardroom.notices.rules import MOST_BYTES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[ImapHouse]:
    """One mail server for all of these tests."""
    with imap_house() as running:
        yield running


@pytest.fixture
def house(server: ImapHouse) -> ImapHouse:
    """The server, with nothing in it."""
    server.empty()
    return server


def test_emptied_server_has_no_folder_and_no_message(house: ImapHouse) -> None:
    house.put(b"Subject: One\r\n\r\nOne")
    house.make("Kept mail", "Kept")
    assert house.lying() == 1
    assert {"Kept mail", "Kept"} <= set(house.folders())
    house.empty()
    assert [name.upper() for name in house.folders()] == ["INBOX"]
    assert house.lying() == 0


def numbered(number: int) -> bytes:
    return letter(message_id=f"<{number}@example.org>", text=f"Letter {number}\n").as_bytes()


def test_what_lies_there_is_kept_and_moved(house: ImapHouse) -> None:
    for number in range(3):
        house.put(numbered(number))
    house.open_all()
    assert look_into(house.setup()) == Fetched(taken=3)
    assert [r.text for r in Received.objects.order_by("pk")] == [f"Letter {n}" for n in range(3)]
    assert (house.lying(), house.lying("Wardroom")) == (0, 3)
    assert look_into(house.setup()) == Fetched()


def limited(monkeypatch: pytest.MonkeyPatch, can: set[str]) -> None:
    """Let the server be able to do no more than this."""
    real = Mailbox.__init__

    def poorer(self: Mailbox, *words: Any) -> None:
        real(self, *words)
        self._can = frozenset(can)

    monkeypatch.setattr(Mailbox, "__init__", poorer)


class Killed(BaseException):
    """Stands for a kill: nothing in the product catches it."""


@pytest.mark.parametrize("when", ["before it is kept", "before it is moved"])
def test_message_is_kept_once_though_the_worker_was_killed(
    when: str, house: ImapHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(*_: Any, **__: Any) -> None:
        raise Killed

    house.put(numbered(1))
    with monkeypatch.context() as change:
        if when == "before it is kept":
            change.setattr(fetching, "take_mail", kill)
        else:
            change.setattr(Mailbox, "move_away", kill)
        with pytest.raises(Killed):
            look_into(house.setup())
    assert house.lying() == 1
    kept_before = Received.objects.count()
    assert kept_before == (0 if when == "before it is kept" else 1)
    assert look_into(house.setup()) == Fetched(taken=1 - kept_before, known=kept_before)
    assert (Received.objects.count(), house.lying()) == (1, 0)


def test_message_that_cannot_be_kept_stops_no_other(
    house: ImapHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.put(numbered(1))
    house.put(numbered(2))
    real = take_mail

    def picky(raw: bytes, **words: Any) -> Any:
        if b"Letter 1" in raw:
            raise RuntimeError("no room")
        return real(raw, **words)

    monkeypatch.setattr(fetching, "take_mail", picky)
    assert look_into(house.setup()) == Fetched(taken=1, failed=1)
    assert (house.lying(), house.lying("Wardroom")) == (1, 1)
    assert "1 of the messages" in Kept.objects.get().error


@pytest.mark.parametrize("can", [{"MOVE"}, {"UIDPLUS"}])
def test_message_that_cannot_be_moved_stops_no_other(
    can: set[str], house: ImapHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        house.put(numbered(number))
    real = imaplib.IMAP4.uid

    def stubborn(self: imaplib.IMAP4, command: str, *words: str) -> Any:
        if command in ("MOVE", "COPY") and words[0] == first:
            return "NO", [b"[NOPERM] This one stays"]
        return real(self, command, *words)

    with open_mailbox(house.setup()) as mailbox:
        first = next(mailbox.lying()).uid
    monkeypatch.setattr(imaplib.IMAP4, "uid", stubborn)
    limited(monkeypatch, can)
    assert look_into(house.setup()) == Fetched(taken=3, stuck=1)
    assert (house.lying(), house.lying("Wardroom"), Received.objects.count()) == (1, 2, 3)
    assert "1 that are kept could not be moved" in Kept.objects.get().error
    house.put(numbered(3))
    assert look_into(house.setup()) == Fetched(taken=1, known=1, stuck=1)


def test_those_that_stay_do_not_count_among_those_taken_at_once(
    house: ImapHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        house.put(numbered(number))

    def picky(raw: bytes, **words: Any) -> Any:
        if b"Letter 0" in raw or b"Letter 1" in raw:
            raise RuntimeError("no room")
        return take_mail(raw, **words)

    monkeypatch.setattr(fetching, "take_mail", picky)
    monkeypatch.setattr(fetching, "AT_ONCE", 1)
    assert look_into(house.setup()) == Fetched(taken=1, failed=2)
    assert look_into(house.setup()) == Fetched(taken=1, failed=2)
    assert house.lying() == 2


@pytest.mark.parametrize(("folder", "done"), [("INBOX", "Inbox"), ("Mail", "Mail"), ("INBOX", "")])
def test_folder_of_what_is_done_is_another_one(
    folder: str, done: str, house: ImapHouse, settings: Settings
) -> None:
    house.put(numbered(1))
    same = replace(house.setup(folder=folder), done=done)
    with pytest.raises(MailboxClosed, match="WARDROOM_IMAP_DONE has to name another folder"):
        look_into(same)
    assert not Received.objects.exists()
    settings.IMAP_HOST, settings.IMAP_FOLDER, settings.IMAP_DONE = "127.0.0.1", folder, done
    assert [error.id for error in mail_moves_away(None)] == ["house.E002"]
    settings.IMAP_DONE = "Kept"
    assert mail_moves_away(None) == []
    settings.IMAP_HOST, settings.IMAP_DONE = "", done
    assert mail_moves_away(None) == []


@pytest.mark.parametrize("can", [{"UIDPLUS"}, set()])
def test_server_that_cannot_move_copies_and_deletes(
    can: set[str], house: ImapHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.put(numbered(1))
    limited(monkeypatch, can)
    assert look_into(house.setup()) == Fetched(taken=1)
    assert (house.lying(), house.lying("Wardroom")) == (0, 1)


def test_too_large_a_message_is_kept_by_its_head_and_stays_in_the_mailbox(
    house: ImapHouse,
) -> None:
    house.put(letter(subject="Large").as_bytes() + b"x" * MOST_BYTES)
    assert look_into(house.setup()) == Fetched(taken=1)
    received = Received.objects.get()
    assert (received.subject, received.text) == ("Large", "")
    assert "still lies in the mailbox" in received.left_out
    assert house.lying("Wardroom") == 1


def test_mailbox_that_lets_nobody_in_is_an_alarm(house: ImapHouse, settings: Settings) -> None:
    staff = plain_actor(Role.STAFF, city=True)
    with pytest.raises(MailboxClosed, match="refused the sign-in"):
        look_into(house.setup(password="wrong"))
    health = mailbox_health(staff, at=worker_stamp().at, minutes=0)
    assert (health.alarm, "demouser at 127.0.0.1" in health.name) == (True, True)
    assert not mailbox_health(staff, at=worker_stamp().at, minutes=15).alarm
    assert not mailbox_health(plain_actor(), at=worker_stamp().at, minutes=0).alarm
    look_into(house.setup())
    assert not mailbox_health(staff, at=worker_stamp().at, minutes=0).alarm


def test_folder_that_is_not_there_is_told(house: ImapHouse) -> None:
    with pytest.raises(MailboxClosed, match="no folder Nowhere"):
        look_into(house.setup(folder="Nowhere"))


def test_server_without_encryption_is_not_trusted(house: ImapHouse) -> None:
    with pytest.raises(MailboxClosed, match="refused the sign-in"):
        look_into(replace(house.setup(), tls=True))
    assert not Received.objects.exists()


def test_password_is_never_printed(house: ImapHouse) -> None:
    assert "demopass" not in repr(house.setup())


def test_worker_fetches_where_a_mailbox_is_set_up(house: ImapHouse, settings: Settings) -> None:
    assert fetch_mail() == 0
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = "127.0.0.1", house.port, False
    settings.IMAP_USER, settings.IMAP_PASSWORD = "demouser", "demopass"
    house.put(numbered(1))
    assert fetch_mail() == 1
    settings.IMAP_PASSWORD = "wrong"
    assert fetch_mail() == 0


def test_command_fetches_and_says_what_it_did(
    house: ImapHouse, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mail", "fetch"]) == FAILED
    assert "WARDROOM_IMAP_HOST" in capsys.readouterr().err
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = "127.0.0.1", house.port, False
    settings.IMAP_USER, settings.IMAP_PASSWORD = "demouser", "demopass"
    house.put(numbered(1))
    assert main(["mail", "fetch"]) == DONE
    assert capsys.readouterr().out == "1 new, 0 kept before, 0 not kept\n"
    settings.IMAP_PASSWORD = "wrong"
    assert main(["mail", "fetch"]) == FAILED


def test_first_failure_is_remembered_until_it_works() -> None:
    first = worker_stamp()
    note_mailbox_failed("m", error="one", stamp=first)
    note_mailbox_failed("m", error="two", stamp=worker_stamp())
    row = Kept.objects.get()
    assert (row.failed_at, row.error) == (first.at, "two")
    assert mailbox_health(SYSTEM, at=first.at, minutes=0).alarm


def test_nobody_there_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        gone = ImapHouse(int(probe.getsockname()[1]))
    with pytest.raises(MailboxClosed, match="refused the sign-in"):
        look_into(gone.setup())


def test_look_ends_at_the_first_message_that_waits_for_the_scanner(
    house: ImapHouse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[int] = []

    def away(content: bytes) -> str:
        asked.append(len(content))
        raise ScannerAway

    for number in range(3):
        house.put(numbered(number))
    house.open_all()
    with monkeypatch.context() as change:
        change.setattr(documents, "scan", away)
        assert look_into(house.setup()) == Fetched()
    assert len(asked) == 1
    assert house.lying() == 3
    assert "The scanner of files gives no answer" in Kept.objects.get().error
    assert not any(record.exc_info for record in caplog.records)
    assert look_into(house.setup()) == Fetched(taken=3)
    assert Kept.objects.get().error == ""
