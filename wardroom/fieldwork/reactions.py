"""What follows in the field: the mail about what was found, and the day of a walk that moved."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.calendar.facts import EventMoved
from wardroom.directory.queries import get_agency
from wardroom.fieldwork.actions import move_walk
from wardroom.fieldwork.facts import FindingsTold
from wardroom.fieldwork.queries.moving import walks_to_move
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


def move_with_event(fact: EventMoved, entry_id: int, stamp: Stamp) -> None:
    """Let a walk that nobody has begun take place on the day on which the calendar has it."""
    for walk, starts_at in walks_to_move(fact.event_id):
        move_walk(walk, walk_on=localdate(starts_at), stamp=stamp)
