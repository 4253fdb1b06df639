"""Invitations by mail: sent, sent again when the event changes, and answered by mail."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse

from wardroom.access.actor import Stamp
from wardroom.calendar import rules
from wardroom.calendar.actions import answer_by_mail, invite_again
from wardroom.calendar.actions.words import when
from wardroom.calendar.facts import EventCancelled, EventMoved, ParticipantInvited, SpeakerAssigned
from wardroom.calendar.models import Participation
from wardroom.calendar.queries.events import city_zone, event_row
from wardroom.calendar.queries.feeds import OFFICE, told_event
from wardroom.calendar.queries.inviting import (
    ANSWER,
    ANSWER_NOUN,
    get_event_of_thread,
    get_invited,
    get_mail_from,
    get_participation_invited,
    own_address,
)
from wardroom.calendar.rules.inviting import Reply
from wardroom.documents.gateways import read_content
from wardroom.kernel.errors import Refused
from wardroom.notices.actions import issue_key, note_nobody_to_tell, queue_message
from wardroom.notices.facts import MailIgnored, MailReceived
from wardroom.notices.gateways import read_mail, reply_address

LINK_AFTER = timedelta(days=1)
LAST = "Sent by the Office of Community Relations and Services. Answer this mail to write to us."


def send_event_invitation(fact: ParticipantInvited, *, entry_id: int, stamp: Stamp) -> None:
    """Write to somebody who is invited, with the event for their calendar and a link to answer.

    Where the event has changed again since, the letter about that change is the one that goes.
    """
    row = get_participation_invited(fact.participation_id)
    if row is None or row.event.version != fact.version:
        return
    organizer = reply_address(_thread(row), fact.address) or _own_address()
    from wardroom.calendar.gateways.calendar_files import invitation_file

    file = invitation_file(
        told_event(row.event),
        city_zone(),
        organizer=organizer,
        organizer_name=OFFICE,
        invited=fact.address,
        invited_name=fact.party_name,
        sent_at=stamp.at,
    )
    queue_message(
        None,
        entry_id=entry_id,
        to_name=fact.party_name,
        to_address=fact.address,
        subject=f"{_led(row)}: {row.event.title}, {when(row.event.starts_at)}",
        text=_letter(row, fact.address, stamp),
        thread=_thread(row),
        urgent=True,
        calendar=file,
        stamp=stamp,
    )


def invite_all_again(fact: EventMoved | EventCancelled, *, entry_id: int, stamp: Stamp) -> None:
    """Write again to everybody who was invited when the event gets another time, or is canceled."""
    for row in get_invited(fact.event_id):
        try:
            invite_again(row, stamp=stamp)
        except Refused as no:
            if no.code != "already_so":
                raise


def take_reply(fact: MailReceived | MailIgnored, *, entry_id: int, stamp: Stamp) -> None:
    """Take the answer that a calendar program sent to an invitation; a stranger's stays mail."""
    event = get_event_of_thread(fact.thread)
    if event is None:
        return
    sender, digest = get_mail_from(fact.received)
    for reply in _replies(read_content(digest)):
        for row in get_invited(event.pk):
            if reply.uid == told_event(row.event).uid and reply.answer:
                _take(row, reply, sender, stamp)


def tell_speaker(fact: SpeakerAssigned, *, entry_id: int, stamp: Stamp) -> None:
    """Tell somebody that they are to speak for the Mayor, within which limits, and ask them."""
    row = Participation.objects.select_related("event__place", "party__user").get(
        pk=fact.participation_id
    )
    subject = f"Will you speak for the Mayor? {fact.title}, {when(row.event.starts_at)}"
    text = (
        f"You are asked to speak for the Mayor.\n\n{_facts_of(row)}\n\n"
        f"You may promise: {fact.may_promise}\nYou may not promise: {fact.may_not_promise}\n\n"
        f"Say yes or no, and read the brief, here:\n{_page_of(row)}\n\n{LAST}\n"
    )
    _write_speaker(row, subject, text, entry_id, stamp)


def tell_speaker_again(fact: EventMoved | EventCancelled, *, entry_id: int, stamp: Stamp) -> None:
    """Ask whoever speaks for the Mayor again about another time, or tell them it is canceled."""
    rows = Participation.objects.filter(
        mandates__event=fact.event_id, mandates__ended_at=None, party__isnull=False
    )
    row = rows.select_related("event__place", "party__user").first()
    if row is None:
        return
    if row.event.state == rules.CANCELLED:
        text = f"You do not have to speak for the Mayor: {row.event.cancelled_why}"
    else:
        text = f"It has another time. Say yes or no to speaking there, here:\n{_page_of(row)}"
    subject = f"{_led(row)}: {fact.title}, {when(row.event.starts_at)}"
    _write_speaker(row, subject, f"{text}\n\n{_facts_of(row)}\n\n{LAST}\n", entry_id, stamp)


def _write_speaker(
    row: Participation, subject: str, text: str, entry_id: int, stamp: Stamp
) -> None:
    name, address = str(row.party), own_address(row)
    if not address:
        note_nobody_to_tell(None, entry_id=entry_id, to_name=name, subject=subject, stamp=stamp)
        return
    queue_message(
        None,
        entry_id=entry_id,
        to_name=name,
        to_address=address,
        subject=subject,
        text=text,
        thread=_thread(row),
        urgent=True,
        stamp=stamp,
    )


def _take(row: Participation, reply: Reply, sender: str, stamp: Stamp) -> None:
    try:
        answer_by_mail(row, reply=reply, sender=sender, stamp=stamp)
    except Refused as no:
        if no.code not in ("stranger", "older", "wrong_state"):
            raise


def _replies(raw: bytes) -> tuple[Reply, ...]:
    from wardroom.calendar.gateways.calendar_files import read_replies

    files = read_mail(raw).files
    return tuple(reply for file in files for reply in read_replies(file.content))


def _letter(row: Participation, address: str, stamp: Stamp) -> str:
    event = row.event
    if event.state == rules.CANCELLED:
        return f"This does not take place: {event.cancelled_why}\n\n{_facts_of(row)}\n\n{LAST}\n"
    key = issue_key(
        None,
        purpose=ANSWER,
        noun=ANSWER_NOUN,
        key=str(row.pk),
        holder=address,
        expires_at=max(event.ends_at, stamp.at) + LINK_AFTER,
        stamp=stamp,
    )
    page = reverse("invitation", args=["TOKEN"]).replace("TOKEN", f"{{{{key:{key.pk}}}}}")
    return (
        f"{_led(row)}.\n\n{_facts_of(row)}\n\nAnswer in your calendar, or here:\n"
        f"{settings.SITE}{page}\n\n{LAST}\n"
    )


def _facts_of(row: Participation) -> str:
    event = event_row(row.event)
    where = f"\nWhere: {event.place_label}" if event.place_label else ""
    return f"{event.title}\nWhen: {when(event.starts_at)}{where}"


def _led(row: Participation) -> str:
    if row.event.state == rules.CANCELLED:
        return "Canceled"
    return "Another time" if row.event.version > 1 else "You are invited"


def _page_of(row: Participation) -> str:
    return f"{settings.SITE}{reverse('event', args=[row.event_id])}"


def _thread(row: Participation) -> str:
    return f"event:{row.event_id}"


def _own_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
