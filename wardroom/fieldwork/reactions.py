"""What follows from what was found: the mail to the agency whose work it was."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.directory.queries import get_agency
from wardroom.fieldwork.facts import FindingsTold
from wardroom.fieldwork.queries.telling import findings_letter
from wardroom.matters.reactions.letters import write_to


def write_findings(fact: FindingsTold, entry_id: int, stamp: Stamp) -> None:
    """Write to the agency what was found, where it can dispute it, and until when."""
    subject, text = findings_letter(fact.check_ids)
    write_to(
        get_agency(fact.agency),
        subject=subject,
        text=lambda _: text,
        thread="",
        entry_id=entry_id,
        stamp=stamp,
    )
