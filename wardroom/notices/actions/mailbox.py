"""Bookkeeping of the mailbox that is looked into: when it worked last, and why it did not."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.notices.models import Mailbox

BOOKKEEPING = "a look into the mailbox"


def note_mailbox_checked(name: str, *, stamp: Stamp) -> None:
    """Keep that the mailbox was looked into."""
    with guard_pass(BOOKKEEPING):
        Mailbox.objects.update_or_create(
            name=name[:250], defaults={"checked_at": stamp.at, "failed_at": None, "error": ""}
        )


def note_mailbox_failed(name: str, *, error: str, stamp: Stamp) -> None:
    """Keep since when, and why, the mailbox cannot be looked into."""
    with guard_pass(BOOKKEEPING):
        row, _ = Mailbox.objects.get_or_create(name=name[:250])
        row.failed_at, row.error = row.failed_at or stamp.at, error[:2000]
        row.save()
