"""Who was invited to an event by mail, and what the bearer of an invitation's link sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.calendar import rules
from wardroom.calendar.models import Event, Invitation, Participation
from wardroom.calendar.queries.events import event_row
from wardroom.directory.queries import email_addresses
from wardroom.kernel.errors import NotFound
from wardroom.notices.models import Received
from wardroom.notices.queries import open_key

ANSWER, ANSWER_NOUN = "event_answer", "participation"


@dataclass(frozen=True)
class InvitedRow:
    """Somebody who was invited: when, to which address, and what they answered themselves."""

    participation_id: int
    address: str
    invited_at: datetime
    answered_at: datetime | None
    answered_how: str


@dataclass(frozen=True)
class InvitationSheet:
    """An invitation as its bearer sees it."""

    title: str
    who: str
    starts_at: datetime
    ends_at: datetime
    place_label: str
    state: str
    cancelled_why: str
    answer: str
    answer_label: str
    open: bool


def own_address(participation: Participation) -> str:
    """The first address of somebody who takes part that we may use; else of whoever signs in."""
    party = participation.party
    if party is None:
        return ""
    found = next(iter(email_addresses(party.pk)), "")
    return found or (party.user.email if party.user is not None else "")


def invited_to(event_id: int, actor: Actor) -> dict[int, InvitedRow]:
    """The invitations to an event by the number of who takes part; for the office alone.

    The caller has asked whether this person sees the event.
    """
    if not actor.is_staff:
        return {}
    rows = Invitation.objects.filter(participation__event=event_id).order_by("pk")
    return {
        row.participation_id: InvitedRow(
            row.participation_id, row.address, row.invited_at, row.answered_at, row.answered_how
        )
        for row in rows
    }


def invitation_sheet(token: str, *, at: datetime) -> InvitationSheet:
    """What an invitation's link opens. Refuses: `key_closed`. `NotFound` where it is gone."""
    held = open_key(token, purpose=ANSWER, at=at)
    rows = Invitation.objects.select_related("participation__event__place", "participation__party")
    row = rows.filter(participation=int(held.key), address__iexact=held.holder).first()
    if row is None:
        raise NotFound("this invitation is gone")
    part = row.participation
    told = event_row(part.event)
    return InvitationSheet(
        title=told.title,
        who=part.party.name if part.party is not None else part.name,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        place_label=told.place_label,
        state=told.state,
        cancelled_why=told.cancelled_why,
        answer=part.answer,
        answer_label=rules.ANSWERS[part.answer],
        open=told.state == rules.PLANNED and told.ends_at > at,
    )


def get_invited(event_id: int) -> tuple[Participation, ...]:
    """Those who were invited to an event by mail, for the house that writes to them."""
    rows = Participation.objects.filter(event=event_id, invitation__isnull=False)
    return tuple(rows.select_related("event__place", "party", "invitation").order_by("pk"))


def get_participation_invited(participation_id: int) -> Participation | None:
    """One of those, with the event as it stands now."""
    rows = Participation.objects.filter(pk=participation_id, invitation__isnull=False)
    return rows.select_related("event__place", "party", "invitation").first()


def get_event_of_thread(thread: str) -> Event | None:
    """The event that mail is about."""
    noun, _, key = thread.partition(":")
    if noun != "event" or not (key.isascii() and key.isdigit()):
        return None
    return Event.objects.filter(pk=int(key)).first()


def get_mail_from(received_id: int) -> tuple[str, str]:
    """Who wrote a message in, and under which digest it is kept, for the house that reads it."""
    row = Received.objects.select_related("raw").get(pk=received_id)
    return row.from_address, row.raw.digest
