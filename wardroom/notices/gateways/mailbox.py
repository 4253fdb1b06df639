"""Looking into a mailbox by IMAP: what lies there is taken, and moved only once it is kept.

That a message lies in the folder says that it was not kept yet. No number is remembered from
one time to the next, so a mailbox that was made anew (UIDVALIDITY) loses nothing, and neither
does one in which a person has opened the message before us.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from wardroom.notices.rules.reading import MOST_BYTES

SAME_FOLDER = (
    "WARDROOM_IMAP_DONE has to name another folder than WARDROOM_IMAP_FOLDER: what was taken "
    "moves there."
)
SECONDS = 20.0
MAILBOX_ERRORS = (imaplib.IMAP4.error, OSError, ssl.SSLError, ValueError)


class MailboxClosed(Exception):
    """The mailbox cannot be looked into; the sentence says why."""


class NotMoved(Exception):
    """One message cannot be moved; the others may well be."""


@dataclass(frozen=True)
class MailboxSetup:
    """Where the mailbox is and how to get in. Its password is never printed."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    done: str = "Wardroom"
    tls: bool = True

    @property
    def name(self) -> str:
        """What the mailbox is called where somebody reads of it."""
        return f"{self.user} at {self.host}, {self.folder}"


@dataclass(frozen=True)
class Lying:
    """One message that lies in the mailbox; too large a one comes with its head alone."""

    uid: str
    content: bytes = field(repr=False)
    size: int = 0


def mailbox_setup() -> MailboxSetup | None:
    """The mailbox of the settings; None where none is set up."""
    if not settings.IMAP_HOST:
        return None
    return MailboxSetup(
        host=settings.IMAP_HOST,
        port=settings.IMAP_PORT,
        user=settings.IMAP_USER,
        password=settings.IMAP_PASSWORD,
        folder=settings.IMAP_FOLDER,
        done=settings.IMAP_DONE,
        tls=settings.IMAP_TLS,
    )


class Mailbox:
    """An open mailbox."""

    def __init__(self, wire: imaplib.IMAP4, setup: MailboxSetup) -> None:
        self._wire = wire
        self._done = _quoted(setup.done)
        _check_done(setup)
        told = _checked(wire.capability(), "The server does not say what it can do.")
        self._can = frozenset(b" ".join(told).decode("ascii", "replace").upper().split())
        _checked(wire.select(_quoted(setup.folder)), f"There is no folder {setup.folder}.")
        wire.create(self._done)  # answered NO where it is there already

    def lying(self) -> Iterator[Lying]:
        """The messages that lie in the folder, the oldest first."""
        found = _checked(self._wire.uid("SEARCH", "ALL"), "The folder cannot be searched.")
        for uid in (found[0] or b"").split():
            one = self._fetch(uid.decode("ascii"))
            if one is not None:
                yield one

    def move_away(self, uid: str) -> None:
        """Move a message that is kept into the folder of what is done.

        Raises `NotMoved` where the server does not let this one go.
        """
        if "MOVE" in self._can:
            self._moves("MOVE", uid, self._done)
            return
        self._moves("COPY", uid, self._done)
        self._moves("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self._can:
            self._wire.uid("EXPUNGE", uid)
        else:
            self._wire.expunge()

    def _moves(self, *words: str) -> None:
        try:
            answer = self._wire.uid(*words)
        except imaplib.IMAP4.abort:
            raise  # nobody is there any more
        except imaplib.IMAP4.error as error:
            raise NotMoved(_plain(error)) from error
        if answer[0] != "OK":
            raise NotMoved(_plain(Exception(*answer[1])))

    def _fetch(self, uid: str) -> Lying | None:
        """One message; None where somebody else took it away in the meantime."""
        size = _size(self._wire.uid("FETCH", uid, "(RFC822.SIZE)")[1])
        if size is None:
            return None
        what = "BODY.PEEK[]" if size <= MOST_BYTES else "BODY.PEEK[HEADER]"
        for part in self._wire.uid("FETCH", uid, f"({what})")[1] or ():
            if isinstance(part, tuple):
                return Lying(uid, bytes(part[1]), size)
        return None


@contextmanager
def open_mailbox(setup: MailboxSetup) -> Iterator[Mailbox]:
    """Sign in, and out again at the end. Raises `MailboxClosed` with a sentence."""
    try:
        wire = _connected(setup)
    except MAILBOX_ERRORS as error:
        raise MailboxClosed(f"{setup.host} refused the sign-in: {_plain(error)}") from error
    try:
        yield Mailbox(wire, setup)
    except MAILBOX_ERRORS as error:
        raise MailboxClosed(f"{setup.host} broke off: {_plain(error)}") from error
    finally:
        with suppress(*MAILBOX_ERRORS):
            wire.logout()


def _connected(setup: MailboxSetup) -> imaplib.IMAP4:
    wire: imaplib.IMAP4
    if setup.tls:
        context = ssl.create_default_context()
        wire = imaplib.IMAP4_SSL(setup.host, setup.port, ssl_context=context, timeout=SECONDS)
    else:
        wire = imaplib.IMAP4(setup.host, setup.port, timeout=SECONDS)
    try:
        wire.login(setup.user, setup.password)
    except BaseException:
        with suppress(*MAILBOX_ERRORS):
            wire.shutdown()
        raise
    return wire


def _check_done(setup: MailboxSetup) -> None:
    """What is done goes into another folder, or it would be fetched for ever."""
    if not is_other_folder(setup.done, setup.folder):
        raise MailboxClosed(SAME_FOLDER)


def is_other_folder(done: str, folder: str) -> bool:
    """Whether a folder is named, and is not the one that is looked into; INBOX in any letters."""
    names = [name.upper() if name.upper() == "INBOX" else name for name in (done, folder)]
    return bool(done.strip()) and names[0] != names[1]


def _checked(answer: tuple[str, list[Any]], sentence: str) -> list[Any]:
    word, data = answer
    if word != "OK":
        raise MailboxClosed(sentence)
    return data


def _size(data: list[Any]) -> int | None:
    for line in data or ():
        found = re.search(rb"RFC822\.SIZE (\d{1,12})", line) if isinstance(line, bytes) else None
        if found:
            return int(found[1])
    return None


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _plain(error: Exception) -> str:
    words = error.args[0] if error.args else error
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words or error)
    return " ".join(text.split())[:300] or type(error).__name__
