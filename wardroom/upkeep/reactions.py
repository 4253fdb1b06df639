"""What do we do when others act? Somebody wants the ledger checked, and it is walked."""

from __future__ import annotations

import functools
from collections.abc import Callable

from wardroom.access.actor import Stamp
from wardroom.ledger.queries import verified_chain
from wardroom.upkeep import facts
from wardroom.upkeep.actions import note_ledger_check
from wardroom.upkeep.queries import last_ledger_check


def walk_ledger(
    fact: facts.LedgerCheckAsked, *, entry_id: int, stamp: Stamp
) -> Callable[[], object]:
    """Walk the ledger, which nobody waits for, and write down what was found."""
    last = last_ledger_check()
    found = verified_chain(head=last.head if last else "")
    return functools.partial(note_ledger_check, None, found=found, stamp=stamp)
