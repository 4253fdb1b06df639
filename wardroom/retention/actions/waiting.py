"""What a list of records that may go wants of the second person, in their worklist."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.queries import get_directors, get_records_officers
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import Wait
from wardroom.matters.rules.waits import DECIDE_WITHIN
from wardroom.retention.models import Disposal
from wardroom.retention.rules import DISPOSAL_NOUN, PREPARED


def keep_disposal_waiting(disposal: Disposal, stamp: Stamp) -> None:
    """Keep a list that was put together before whoever may approve it, until it is settled.

    That is another records officer, or a director where there is none.
    """
    today = localdate(stamp.at)
    others = (*get_records_officers(on=today), *get_directors(on=today))
    day = localdate(disposal.prepared_at) + DECIDE_WITHIN
    wait_for(
        DISPOSAL_NOUN,
        str(disposal.pk),
        Wait("disposal", day) if disposal.state == PREPARED else None,
        party=next((one for one in others if one.user_id != disposal.prepared_by_id), None),
        title=f"Disposal {disposal.pk}",
        stamp=stamp,
    )
