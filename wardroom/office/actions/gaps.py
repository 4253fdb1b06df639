"""Gaps of the next 30 days in the lists of those who can fill them."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import end_wait, wait_for
from wardroom.matters.models import Waiting
from wardroom.matters.rules import Wait
from wardroom.office import facts, policy
from wardroom.office.queries.coverage import all_gaps
from wardroom.office.queries.gaps import AHEAD, GAP_NOUN, notes_of


@action(policy.may_keep_gaps)
def keep_gaps(_: None, *, stamp: Stamp) -> int:
    """Put the gaps of the next 30 days into the lists of those who can fill them.

    Refuses: nothing. Records: `GapsNoted`. Gives how many there are.
    """
    today = localdate(stamp.at)
    notes, found = notes_of(on=today), all_gaps(today, today + AHEAD)
    for row in Waiting.objects.filter(noun=GAP_NOUN).order_by("pk"):
        if row.key not in notes:
            end_wait(GAP_NOUN, row.key)
    for key, note in notes.items():
        wait = Wait("gap", note.due_on)
        wait_for(GAP_NOUN, key, wait, party=note.party, title=note.title, stamp=stamp)
    first = found[0].words if found else ""
    record(facts.GapsNoted(gaps=len(found), first=first), stamp=stamp)
    return len(found)
