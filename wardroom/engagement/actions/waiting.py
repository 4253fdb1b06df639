"""Promises that wait for their confirmation, in the list of the director."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.queries import get_directors
from wardroom.engagement.models import Commitment
from wardroom.engagement.rules.commitments import HEARD
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import promise_waits

NOUN = "promise"


def keep_promise_waiting(row: Commitment, *, stamp: Stamp) -> None:
    """Put a promise that was heard into the director's list; take one that was judged off it."""
    today, matter = localdate(stamp.at), row.matter
    waits = row.stage == HEARD and matter.state == "open"
    wait_for(
        NOUN,
        str(matter.pk),
        promise_waits(today) if waits else None,
        party=next(iter(get_directors(on=today)), None),
        title=row.wording,
        matter=matter,
        ward_code=matter.ward_code,
        stamp=stamp,
    )
