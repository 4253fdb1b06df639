"""Bookkeeping of the address that alerts are read from."""

from __future__ import annotations

from collections.abc import Sequence

from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.incidents.models import AlertFeed

BOOKKEEPING = "a look at the alerts of others"
MOST_KNOWN = 500


def note_feed_read(address: str, *, etag: str, known: Sequence[str], stamp: Stamp) -> None:
    """Keep that the address was read, and what was seen there."""
    with guard_pass(BOOKKEEPING):
        AlertFeed.objects.update_or_create(
            address=address,
            defaults={
                "etag": etag,
                "known": list(known)[-MOST_KNOWN:],
                "read_at": stamp.at,
                "failed_at": None,
                "error": "",
            },
        )


def note_feed_failed(address: str, *, error: str, stamp: Stamp) -> None:
    """Keep since when, and why, the address cannot be read."""
    with guard_pass(BOOKKEEPING):
        row, _ = AlertFeed.objects.get_or_create(address=address)
        row.failed_at, row.error = row.failed_at or stamp.at, error[:500]
        row.save()
