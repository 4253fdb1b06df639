"""Count the real contacts anew, from the ledger and the calendar, for the map of silence.

    wardroom contacts

They repeat what stands elsewhere: nothing is lost with them. Count them anew after a backup
was brought back in parts, or after other boundaries were loaded, so that each contact counts
where its people belong now. It is one commit. `wardroom setup` does it once after an upgrade.
"""

from __future__ import annotations

import argparse

from wardroom.engagement.actions import count_contacts_anew
from wardroom.engagement.queries.silence import contacts_were_counted
from wardroom.jobs.cli import DONE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the words of the call: there are none."""


def run(_: argparse.Namespace) -> int:
    """Read every line and every event that is a contact."""
    print(f"Real contacts counted anew: {count_contacts_anew():,}.")
    return DONE


def count_once() -> None:
    """Count them where an older version kept none."""
    if not contacts_were_counted():
        count_contacts_anew()
