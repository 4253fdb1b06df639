"""Taking in what lies in the mailbox: kept first, moved afterwards, so that nothing is lost.

A worker that dies in between leaves the message where it lies; it is fetched again, known by its
fingerprint, and only moved then.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass

from wardroom.casework.actions import take_mail
from wardroom.jobs.stamps import worker_stamp
from wardroom.kernel.errors import Refused
from wardroom.notices.actions import note_mailbox_checked, note_mailbox_failed
from wardroom.notices.gateways import (
    Lying,
    Mailbox,
    MailboxClosed,
    MailboxSetup,
    NotMoved,
    mailbox_setup,
    open_mailbox,
)

logger = logging.getLogger(__name__)
AT_ONCE, MOST_LEFT = 100, 1000


@dataclass(frozen=True)
class Fetched:
    """What a look into the mailbox brought."""

    taken: int = 0
    known: int = 0
    failed: int = 0
    stuck: int = 0


def fetch_mail() -> int:
    """Take in what lies in the mailbox, where one is set up; returns how many were new."""
    setup = mailbox_setup()
    if setup is None:
        return 0
    try:
        return look_into(setup).taken
    except MailboxClosed as no:
        logger.warning("no mail was fetched: %s", no)
        return 0


def look_into(setup: MailboxSetup) -> Fetched:
    """Take in what lies in this mailbox, and keep whether that worked.

    Raises `MailboxClosed` where it cannot be looked into; what was kept by then stays kept. A
    message that cannot be kept, or cannot be moved, stays where it is and stops no other: a
    hundred of those that go are taken at a time, whatever lies before them. Where the scanner
    of files gives no answer, the look ends there, and all that is left waits.
    """
    came: Counter[str] = Counter()
    try:
        with open_mailbox(setup) as mailbox:
            for one in mailbox.lying():
                came.update(_keep(mailbox, one))
                if came["waiting"]:
                    break
                if came["moved"] >= AT_ONCE or came["failed"] + came["stuck"] >= MOST_LEFT:
                    break
    except MailboxClosed as no:
        note_mailbox_failed(setup.name, error=str(no), stamp=worker_stamp())
        raise
    if came["failed"] or came["stuck"] or came["waiting"]:
        note_mailbox_failed(setup.name, error=_said(came), stamp=worker_stamp())
    else:
        note_mailbox_checked(setup.name, stamp=worker_stamp())
    return Fetched(came["taken"], came["known"], came["failed"], came["stuck"])


def _keep(mailbox: Mailbox, one: Lying) -> tuple[str, ...]:
    """What became of one message: taken, known, failed or waiting, and then moved or stuck."""
    try:
        received = take_mail(one.content, whole=one.size, stamp=worker_stamp())
    except Exception as no:
        if isinstance(no, Refused) and no.code == "scanner_away":
            logger.warning("message %s in the mailbox waits: %s", one.uid, no)
            return ("waiting",)
        logger.exception("message %s in the mailbox could not be kept", one.uid)
        return ("failed",)
    became = "known" if received is None else "taken"
    try:
        mailbox.move_away(one.uid)
    except NotMoved as no:
        logger.warning("message %s is kept and cannot be moved: %s", one.uid, no)
        return (became, "stuck")
    return (became, "moved")


def _said(came: Counter[str]) -> str:
    """What a person has to look at."""
    said = []
    if came["failed"]:
        said.append(f"{came['failed']} of the messages there could not be kept.")
    if came["stuck"]:
        said.append(
            f"{came['stuck']} that are kept could not be moved to the folder of WARDROOM_IMAP_DONE."
        )
    if came["waiting"]:
        said.append("The scanner of files gives no answer; mail waits there until it does.")
    return " ".join([*said, "The log says why."])
