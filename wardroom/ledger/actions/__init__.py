"""What can be done with the ledger: writing a line, signing it, taking out what must go."""

from __future__ import annotations

from wardroom.ledger.actions.erasing import erase_values
from wardroom.ledger.actions.heads import sign_ledger
from wardroom.ledger.actions.mentions import resolve_mention
from wardroom.ledger.actions.writing import on_recorded, record, record_together

__all__ = [
    "erase_values",
    "on_recorded",
    "record",
    "record_together",
    "resolve_mention",
    "sign_ledger",
]
