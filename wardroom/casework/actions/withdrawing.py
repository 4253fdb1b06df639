"""A letter that says it is done does not go out once somebody said that it came back."""

from __future__ import annotations

from dataclasses import replace

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.casework import policy, rules
from wardroom.casework.actions.joining import move_complaint
from wardroom.casework.actions.telling import untell
from wardroom.casework.models import Complaint
from wardroom.casework.queries.outgoing import WAITS, letters_of_tellings
from wardroom.matters.models import Matter
from wardroom.notices.actions import recall_message
from wardroom.notices.queries import get_messages_after


def withdraw_waiting_letters(former: Matter, *, again: Complaint, stamp: Stamp) -> None:
    """Withdraw what still waits to tell people of a closing that came back; called by the return.

    What was said of the work was not so: nobody reads it who has not read it yet.
    Refuses: nothing. Records: what `withdraw_tellings` records, where a letter waits.
    """
    told = former.complaints.filter(told_how="email", told_at__isnull=False)
    rows = told.select_for_update(of=("self",), no_key=True).select_related("reporter", "matter")
    held = list(rows.order_by("pk"))
    states = letters_of_tellings(held)
    waiting = [one for one in held if states.get(one.pk) == WAITS]
    if waiting:
        house = replace(stamp, actor=SYSTEM)
        withdraw_tellings(former, complaints=waiting, again=again, stamp=house)


@action(policy.may_withdraw_tellings)
def withdraw_tellings(
    matter: Matter, *, complaints: list[Complaint], again: Complaint, stamp: Stamp
) -> Matter:
    """Take back what these people were to be told; they are told when the return closes.

    Whoever said that it came back is told of the return by that complaint alone.
    Refuses: nothing. Records: `MessageRecalled`, `TellingTakenBack` and, for others than who
    said it, `ComplaintMoved`.
    """
    for complaint in complaints:
        if complaint.told_at is None:
            continue
        since = complaint.told_at
        for message in get_messages_after("ReporterTold", [str(complaint.pk)], since=since):
            if message.state == "queued":
                recall_message(message, stamp=stamp)
        untell(complaint, reason=rules.CAME_BACK_FIRST, stamp=stamp)
        if complaint.reporter_id is None or complaint.reporter_id != again.reporter_id:
            move_complaint(complaint, again.matter, stamp)
    return matter
