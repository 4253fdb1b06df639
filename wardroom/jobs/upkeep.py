"""What the worker does by the clock to keep the house itself."""

from __future__ import annotations

from wardroom.jobs.stamps import worker_stamp
from wardroom.ledger.queries import verified_chain
from wardroom.upkeep.actions import keep_looks, note_ledger_check
from wardroom.upkeep.gateways.database import take_stock
from wardroom.upkeep.queries import last_ledger_check, outside_findings


def check_ledger() -> int:
    """Walk the ledger from its first line and write down what was found; gives how many lines."""
    last = last_ledger_check()
    found = verified_chain(head=last.head if last else "")
    note_ledger_check(None, found=found, stamp=worker_stamp())
    return found.lines


def look_outside() -> int:
    """Ask the mail server, the site and the clocks how they are; gives how many were asked."""
    found = outside_findings(at=worker_stamp().at)
    keep_looks(found, stamp=worker_stamp())
    return len(found)


def take_stock_nightly() -> bool:
    """Let the database learn how its tables grew; whether there was anything to learn here."""
    return take_stock()
