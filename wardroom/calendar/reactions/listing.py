"""What follows in the calendar: an action list that went out is put on file and mailed."""

from __future__ import annotations

from operator import itemgetter

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.calendar.actions import file_action_list
from wardroom.calendar.facts import ActionListIssued
from wardroom.calendar.gateways import list_name, typeset_list
from wardroom.calendar.models import IssuedList
from wardroom.calendar.queries.lists import ActionList, get_issued, issued
from wardroom.directory.queries import email_addresses
from wardroom.directory.queries.core_team import TeamSeat, core_team
from wardroom.documents.actions import store_document
from wardroom.kernel.text import long_day
from wardroom.notices.actions import note_nobody_to_tell, queue_message
from wardroom.notices.rules import once_an_address

LAST = "Sent by Wardroom. What counts is the answer on the page of each ask."


def send_action_list(fact: ActionListIssued, *, entry_id: int, stamp: Stamp) -> None:
    """Put the list on paper and mail it to every seat at the table; the same day, so at once.

    It goes to whoever sits there on the day on which it went out, a correction to their
    successors too. Where we have no address of whoever sits there, the agency's own is written to.
    """
    row = get_issued(fact.list_id)
    made = issued(row)
    row = _filed(row, made, stamp)
    seats = core_team(fact.ward_code, on=localdate(row.issued_at))
    subject = f"Action list: core team of Ward {made.ward_code}, {long_day(made.held_on)}"
    readers = []
    for seat in seats:
        addresses = _addresses(seat)
        readers += [(seat, name, address) for name, address in addresses]
        if not addresses:
            note_nobody_to_tell(
                None, entry_id=entry_id, to_name=seat.agency_name, subject=subject, stamp=stamp
            )
    for seat, name, address in once_an_address(readers, itemgetter(2)):
        queue_message(
            None,
            entry_id=entry_id,
            to_name=name,
            to_address=address,
            subject=subject,
            text=_text(made, seat),
            thread=f"event:{made.event_id}",
            urgent=True,
            documents=[row.pdf_id] if row.pdf_id else [],
            stamp=stamp,
        )


def _filed(row: IssuedList, made: ActionList, stamp: Stamp) -> IssuedList:
    """The list with its paper on file; a second call makes no second paper."""
    if row.pdf_id is not None:
        return row
    document = store_document(
        None,
        name=list_name(made),
        media_type="application/pdf",
        content=typeset_list(made),
        stamp=stamp,
    )
    return file_action_list(row, document=document, stamp=stamp)


def _addresses(seat: TeamSeat) -> list[tuple[str, str]]:
    people = [holder for holder in (seat.principal, seat.alternate) if holder is not None]
    found = [(holder.name, address) for holder in people for address in holder.addresses]
    return found or [(seat.agency_name, a) for a in email_addresses(seat.agency_id)]


def _text(made: ActionList, seat: TeamSeat) -> str:
    """The list in words, what is asked of the reader's own agency first."""
    mine = [ask for ask in made.agreed if ask.agency_code == seat.agency_code]
    lines = [f"Core team of Ward {made.ward_code}, {long_day(made.held_on)}", ""]
    if made.correction:
        lines += [f"This list corrects the one before: {made.correction}", ""]
    lines.append(
        f"Agreed for {seat.agency_code}:" if mine else f"Nothing new for {seat.agency_code}."
    )
    lines += [
        f"- {ask.item}, {ask.where}: {ask.owner_name}, by {long_day(ask.due_on)}\n"
        f"  {settings.SITE}{reverse('ask', args=[ask.ask_id])}"
        for ask in mine
    ]
    late = [a for a in made.last_week if a.agency_code == seat.agency_code]
    if late:
        lines += ["", f"Last week's asks of {seat.agency_code}:"]
        lines += [f"- {ask.item}, {ask.where}: {ask.status}" for ask in late]
    absent = ", ".join(s.agency_code for s in made.absent)
    lines += ["", f"Absent: {absent}." if absent else "Nobody was absent."]
    page = settings.SITE + reverse("action_list", args=[made.event_id])
    lines += ["", "The whole list is attached, and stands here:", page, "", LAST, ""]
    return "\n".join(lines)
