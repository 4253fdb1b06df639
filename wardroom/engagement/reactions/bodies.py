"""A public body's notice is mailed, its minutes are put on file, its clocks follow the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.calendar.facts import EventCancelled, EventMoved
from wardroom.directory.queries import email_addresses
from wardroom.documents.actions import store_document
from wardroom.engagement.actions import file_minutes, follow_cancelled_event, follow_event
from wardroom.engagement.facts import (
    BodyMeetingCancelled,
    BodyMeetingFact,
    BodyMinutesPublished,
    BodyNoticePublished,
)
from wardroom.engagement.gateways import minutes_name, typeset_minutes
from wardroom.engagement.models import BodyMeeting, BodyMinutes, BodyNotice
from wardroom.engagement.queries.seated import seated_on
from wardroom.kernel.text import ended
from wardroom.notices.actions import queue_message
from wardroom.notices.rules import once_an_address

WHY = "You get this as a member of the body, or because you asked for its notices."


def send_body_notice(fact: BodyNoticePublished, *, entry_id: int, stamp: Stamp) -> None:
    """Mail a notice to the members and to whoever asked for it, with the agenda."""
    meeting = _meeting(fact)
    notice = meeting.notices.get(version=fact.version)
    again = "New notice" if fact.version > 1 else "Notice"
    subject = f"{again}: {fact.body_name} meets {fact.when}"
    _write(meeting, subject, _notice_text(meeting, notice), entry_id, stamp)


def tell_body_cancelled(fact: BodyMeetingCancelled, *, entry_id: int, stamp: Stamp) -> None:
    """Tell whoever got the notice that the body does not meet."""
    if not fact.noticed:
        return
    meeting = _meeting(fact)
    why = f"{fact.reason}\n" if fact.reason else ""
    subject = f"Canceled: {fact.body_name}, {fact.when}"
    said = ended(f"{fact.body_name} does not meet on {fact.when}")
    text = f"{said}\n{why}\n{_page(meeting)}\n"
    _write(meeting, subject, text, entry_id, stamp)


def file_published_minutes(fact: BodyMinutesPublished, *, entry_id: int, stamp: Stamp) -> None:
    """Put the minutes on paper and the paper on file; a second call makes no second one."""
    rows = BodyMinutes.objects.select_related("meeting__matter", "meeting__event")
    row = rows.select_related("meeting__body__party").get(pk=fact.minutes_id)
    if row.pdf_id is not None:
        return
    document = store_document(
        None,
        name=minutes_name(row),
        media_type="application/pdf",
        content=typeset_minutes(row),
        stamp=stamp,
    )
    file_minutes(row, document=document, stamp=stamp)


def move_body_clocks(fact: EventMoved, *, entry_id: int, stamp: Stamp) -> None:
    """Let the clocks of a public body's meeting follow where the calendar alone moved it."""
    rows = BodyMeeting.objects.filter(event_id=fact.event_id, matter__state="open")
    meeting = rows.select_related("matter", "event").first()
    if meeting is not None and meeting.clocks_from != meeting.event.starts_at:
        reason = fact.reason or "moved in the calendar"
        follow_event(meeting.matter, reason=reason[:200], stamp=stamp)


def call_off_body_meeting(fact: EventCancelled, *, entry_id: int, stamp: Stamp) -> None:
    """Call off a public body's meeting where the calendar alone canceled it."""
    rows = BodyMeeting.objects.filter(event_id=fact.event_id, matter__state="open")
    meeting = rows.select_related("matter").first()
    if meeting is not None:
        follow_cancelled_event(meeting.matter, stamp=stamp)


def _meeting(fact: BodyMeetingFact) -> BodyMeeting:
    rows = BodyMeeting.objects.select_related("matter", "event", "body__party")
    meeting: BodyMeeting = rows.get(matter_id=fact.matter_id)
    return meeting


def _write(meeting: BodyMeeting, subject: str, text: str, entry_id: int, stamp: Stamp) -> None:
    for name, address in once_an_address(_readers(meeting), itemgetter(1)):
        queue_message(
            None,
            entry_id=entry_id,
            to_name=name,
            to_address=address,
            subject=subject,
            text=f"{text}\n{WHY}\n",
            thread=f"matter:{meeting.matter_id}",
            urgent=True,
            stamp=stamp,
        )


def _readers(meeting: BodyMeeting) -> Iterator[tuple[str, str]]:
    for member in seated_on([meeting.body_id], on=localdate(meeting.event.starts_at)):
        for address in email_addresses(member.party_id) if member.party_id else ():
            yield member.name, address
    for address in meeting.body.notice_to.splitlines():
        yield address, address


def _notice_text(meeting: BodyMeeting, notice: BodyNotice) -> str:
    said = notice.content
    lines = [said["body"], said["authority"], "", f"Starts: {said['when']}"]
    lines += [f"Ends: {said['until']}"]
    lines += [f"Place: {said['place']}"] if said["place"] else []
    lines += [f"To join: {said['join']}"] if said["join"] else []
    lines += [f"Short notice: {said['late_why']}"] if said["late_why"] else []
    lines += ["", "Agenda", *(f"{n}. {item}" for n, item in enumerate(said["agenda"], start=1))]
    return "\n".join([*lines, "", _page(meeting), ""])


def _page(meeting: BodyMeeting) -> str:
    return settings.SITE + reverse("open_meeting", args=[meeting.matter_id])
