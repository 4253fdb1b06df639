"""What a request for records wants of whoever keeps the records, in their worklist."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.queries import get_directors, get_records_officers
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import Wait
from wardroom.records.models import RecordsRequest
from wardroom.records.rules import APPEALED, NOUN, OPEN


def keep_request_waiting(request: RecordsRequest, stamp: Stamp) -> None:
    """Keep a request in the list of the records officer, or of a director where there is none.

    The row names the number alone: lists are read by more people than requests are.
    """
    wait = None
    if request.state == OPEN:
        wait = Wait("records_due", request.due_on)
    elif request.state == APPEALED and request.appeal_due_on is not None:
        wait = Wait("records_appeal", request.appeal_due_on)
    today = localdate(stamp.at)
    keepers = (*get_records_officers(on=today), *get_directors(on=today))
    wait_for(
        NOUN,
        str(request.pk),
        wait,
        party=next(iter(keepers), None),
        title=f"Records request {request.pk}",
        stamp=stamp,
    )
