"""Promises to confirm and requests to decide on, in the list of the director."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.queries import get_directors
from wardroom.engagement.models import Commitment, EventRequest
from wardroom.engagement.rules.commitments import HEARD
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import promise_waits, request_waits

NOUN, REQUEST = "promise", "event_request"


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


def keep_request_waiting(row: EventRequest, *, stamp: Stamp) -> None:
    """Put a request for the Mayor into the director's list until it was decided.

    One that the director keeps stands there by its next step already.
    """
    today, matter = localdate(stamp.at), row.matter
    director = next(iter(get_directors(on=today)), None)
    waits = not row.decision and matter.state == "open" and director != matter.owner
    wait_for(
        REQUEST,
        str(matter.pk),
        request_waits(today) if waits else None,
        party=director,
        title=f"{row.asked_name}: {matter.title}",
        matter=matter,
        ward_code=matter.ward_code,
        stamp=stamp,
    )
