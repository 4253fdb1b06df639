"""What goes out by mail when the ledger was signed."""

from __future__ import annotations

from django.conf import settings

from wardroom.access.actor import Stamp
from wardroom.ledger.facts import LedgerSigned
from wardroom.ledger.queries import notes_since
from wardroom.notices.actions import queue_message

WORDS = """This is the head of Wardroom's ledger on {day}. It covers the first {size} lines.

{note}
Keep it away from the office's machines. Whoever has it can show later whether one of these
lines was changed, taken out or put in:

    wardroom verify --heads FILE
"""


def mail_head(fact: LedgerSigned, *, entry_id: int, stamp: Stamp) -> None:
    """Send the signed head to whoever keeps it outside the office, where one is named."""
    if not settings.HEADS_ADDRESS:
        return
    notes = [note for day, note in notes_since(fact.day) if day == fact.day]
    queue_message(
        None,
        entry_id=entry_id,
        to_name="",
        to_address=settings.HEADS_ADDRESS,
        subject=f"Head of the ledger, {fact.day:%B %-d, %Y}",
        text=WORDS.format(day=f"{fact.day:%B %-d, %Y}", size=f"{fact.size:,}", note=notes[0]),
        key=f"head:{fact.day.isoformat()}",
        stamp=stamp,
    )
