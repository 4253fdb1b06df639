"""The action list goes out, frozen as it stood, and its paper is put on file."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy, rules
from wardroom.calendar.actions.planning import hold_event
from wardroom.calendar.actions.words import event_words
from wardroom.calendar.models import Event, IssuedList
from wardroom.calendar.queries.events import city_zone
from wardroom.calendar.queries.lists import draft_list, to_plain
from wardroom.documents.models import Document
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_length


@action(policy.may_issue_list)
def issue_action_list(event: Event, *, correction: str = "", stamp: Stamp) -> IssuedList:
    """Send out the action list of a meeting to everybody at the table, frozen as it stands.

    Where nobody wrote down yet that the meeting was held, this does. A list that went out is
    never changed: what was wrong in it goes out as a new version that says so.
    Refuses: a meeting that was canceled or is still to come; a seat that was not called; a
    second list without saying what is corrected.
    Records: `ActionListIssued`, and `EventHeld` the first time.
    """
    rules.check_meeting(event.state, event.starts_at, now=stamp.at, zone=city_zone())
    if event.kind != rules.CORE_TEAM:
        raise Refused("no_core_team", "Only a core team meeting has an action list.")
    content = draft_list(event, stamp.actor, today=localdate(stamp.at))
    uncalled = [seat.agency_code for seat in content.seats if not seat.attended]
    if uncalled:
        raise Refused(
            "roll_not_called",
            f"Call the roll first: nobody wrote down whether {', '.join(uncalled)} came.",
        )
    before = IssuedList.objects.filter(event=event).order_by("-version").first()
    correction = check_length(correction, field="correction", most=300)
    if before is not None and not correction:
        raise Refused(
            "correction_missing",
            f"Version {before.version} is out. Say what this one corrects.",
            field="correction",
        )
    if event.state == rules.PLANNED:
        event = hold_event(event, stamp=stamp)
    row = IssuedList.objects.create(
        event=event,
        version=before.version + 1 if before else 1,
        correction=correction if before else "",
        content=to_plain(content),
        issued_at=stamp.at,
        issued_by=stamp.actor.name,
    )
    fact = facts.ActionListIssued(
        **event_words(event),
        list_id=row.pk,
        version=row.version,
        correction=row.correction,
        asks=len(content.agreed),
        same_day=localdate(stamp.at) == localdate(event.starts_at),
    )
    record(fact, stamp=stamp)
    return row


@action(policy.may_file_list)
def file_action_list(row: IssuedList, *, document: Document, stamp: Stamp) -> IssuedList:
    """Put the paper of an action list on file, beside the list itself.

    Refuses: a list whose paper is on file. Records: `ActionListFiled`.
    """
    if row.pdf_id is not None:
        raise Refused("already_filed", "The paper of this list is on file.")
    row.pdf = document
    row.save(update_fields=["pdf"])
    fact = facts.ActionListFiled(
        **event_words(row.event), list_id=row.pk, version=row.version, document=document.pk
    )
    record(fact, stamp=stamp)
    return row
