"""Moving a walk to the day on which the calendar has it."""

from __future__ import annotations

from datetime import date

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.fieldwork import facts, policy
from wardroom.fieldwork.actions.applying import walk_words
from wardroom.fieldwork.models import Walk
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record


@action(policy.may_move_walk)
def move_walk(walk: Walk, *, walk_on: date, stamp: Stamp) -> Walk:
    """Give a walk that nobody has begun the day to which its event was moved.

    Refuses: a walk from which something came in, or that is over; the same day.
    Records: `WalkMoved`.
    """
    if walk.ended_at is not None or walk.lines.exists():
        raise Refused("already_begun", "This walk was begun, so it keeps its day.")
    if walk.walk_on == walk_on:
        raise Refused("already_so", "This walk is on that day already.", field="walk_on")
    walk.walk_on = walk_on
    walk.save(update_fields=["walk_on"])
    record(facts.WalkMoved(**walk_words(walk), walk_on=walk_on), stamp=stamp)
    return walk
