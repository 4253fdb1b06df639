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
from wardroom.notices.models import Message
from wardroom.notices.queries import get_messages_after


def withdraw_waiting_letters(former: Matter, *, again: Complaint, stamp: Stamp) -> None:
    """Withdraw what still waits to tell people of a closing that came back; called by the return.

    What was said of the work was not so: nobody reads those words who has not read them yet.
    That the office closed it, and on which day, stays in the history of the report. A letter
    that leaves at this moment has gone out: whoever gets it stays told.
    Refuses: nothing. Records: what `withdraw_tellings` records, where a letter waits.
    """
    told = former.complaints.filter(told_how="email", told_at__isnull=False)
    rows = told.select_for_update(of=("self",), no_key=True).select_related("reporter", "matter")
    held = list(rows.order_by("pk"))
    _hold_letters(held)
    states = letters_of_tellings(held)
    waiting = [one for one in held if states.get(one.pk) == WAITS]
    if waiting:
        house = replace(stamp, actor=SYSTEM)
        withdraw_tellings(former, complaints=waiting, again=again, stamp=house)


def _hold_letters(complaints: list[Complaint]) -> None:
    """Let no worker take the letters of these tellings while it is seen which of them wait."""
    told = {str(one.pk): one.told_at for one in complaints if one.told_at is not None}
    if told:
        letters = get_messages_after("ReporterTold", told, since=min(told.values()))
        ids = [letter.pk for letter in letters]
        list(Message.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))


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
