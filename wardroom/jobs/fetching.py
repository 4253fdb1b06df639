"""Taking in what lies in the mailbox: kept first, moved afterwards, so that nothing is lost.

A worker that dies in between leaves the message where it lies; it is fetched again, known by its
fingerprint, and only moved then.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from wardroom.casework.actions import take_mail
from wardroom.jobs.stamps import worker_stamp
from wardroom.notices.actions import note_mailbox_checked, note_mailbox_failed
from wardroom.notices.gateways import (
    Lying,
    Mailbox,
    MailboxClosed,
    MailboxSetup,
    mailbox_setup,
    open_mailbox,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fetched:
    """What a look into the mailbox brought."""

    taken: int = 0
    known: int = 0
    failed: int = 0


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
    message that cannot be kept stays where it is and stops no other.
    """
    taken = known = failed = 0
    try:
        with open_mailbox(setup) as mailbox:
            for one in mailbox.lying():
                new = _keep(mailbox, one)
                taken, known, failed = taken + (new == 1), known + (new == 0), failed + (new < 0)
    except MailboxClosed as no:
        note_mailbox_failed(setup.name, error=str(no), stamp=worker_stamp())
        raise
    if failed:
        sentence = f"{failed} of the messages there could not be kept. The log says why."
        note_mailbox_failed(setup.name, error=sentence, stamp=worker_stamp())
    else:
        note_mailbox_checked(setup.name, stamp=worker_stamp())
    return Fetched(taken, known, failed)


def _keep(mailbox: Mailbox, one: Lying) -> int:
    """1 for a new message, 0 for one that was kept before, -1 for one that could not be kept."""
    try:
        received = take_mail(one.content, whole=one.size, stamp=worker_stamp())
    except Exception:
        logger.exception("message %s in the mailbox could not be kept", one.uid)
        return -1
    mailbox.move_away(one.uid)
    return 0 if received is None else 1
