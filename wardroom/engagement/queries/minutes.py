"""A group's meeting whole: its agenda, who came, what was said and decided, and its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate, localtime

from wardroom.access.actor import Actor
from wardroom.calendar import policy as calendar_policy
from wardroom.calendar import rules as calendar
from wardroom.calendar.models import AgreedAsk, Event, MeetingLine, Participation
from wardroom.calendar.queries import EventRow, HeardAsk, MatterRow
from wardroom.calendar.queries.events import event_row
from wardroom.calendar.queries.table import agreed_at, choices_of
from wardroom.city.queries import is_schematic
from wardroom.directory.models import Party, Tenure
from wardroom.engagement import policy
from wardroom.engagement.models import Group, Minutes
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day, long_instant
from wardroom.ledger.queries import TimelinePage, timeline


@dataclass(frozen=True)
class ItemRow:
    """One item of the agenda, and what was said on it."""

    position: int
    title: str
    minutes: int | None
    said: str


@dataclass(frozen=True)
class CallRow:
    """One who was, or was not, at a meeting; empty where the roll was not called yet."""

    party_id: int | None
    name: str
    attended: str
    guest: bool


@dataclass(frozen=True)
class LineRow:
    """A decision, as it was written down."""

    id: int
    text: str


@dataclass(frozen=True)
class GroupMeeting:
    """A meeting of a group, whole. ``content`` is what its minutes say, as approved or as yet."""

    group_id: int
    group_name: str
    event: EventRow
    version: int
    day: date
    agenda: tuple[ItemRow, ...]
    roll: tuple[CallRow, ...]
    decisions: tuple[LineRow, ...]
    agreed: tuple[HeardAsk, ...]
    matters: tuple[MatterRow, ...]
    content: dict[str, Any]
    approved_on: date | None
    approved_how: str
    purpose: str
    timeline: TimelinePage
    allowed: frozenset[str]

    @property
    def came(self) -> int:
        """How many came, guests too."""
        return sum(row.attended == calendar.PRESENT for row in self.roll)


def group_meeting(event_id: int, actor: Actor, *, on: date) -> GroupMeeting:
    """A meeting of a group within reach; `NotFound` for any other event."""
    event = get_group_meeting(event_id, actor)
    group = Group.objects.select_related("party").get(party=event.host_id)
    minutes = Minutes.objects.filter(event=event).first()
    allowed = _allowed(event, actor, frozen=minutes is not None, on=on)
    return GroupMeeting(
        group_id=group.pk,
        group_name=group.party.name,
        event=event_row(event),
        version=event.version,
        day=localdate(event.starts_at),
        agenda=_agenda(event),
        roll=_roll(event),
        decisions=tuple(LineRow(row.pk, row.text) for row in _decisions(event)),
        agreed=agreed_at(event, actor, on=on),
        matters=choices_of(event, actor) if "agree_ask" in allowed else (),
        content=minutes.content if minutes else minutes_content(event),
        approved_on=minutes.approved_on if minutes else None,
        approved_how=minutes.approved_how if minutes else "",
        purpose=group.charters.order_by("-version").values_list("purpose", flat=True)[0],
        timeline=timeline(actor, refs=[Ref("event", str(event.pk))]),
        allowed=allowed,
    )


def get_group_meeting(event_id: int, actor: Actor) -> Event:
    """A meeting of a group, to act on it; the office alone reads who came."""
    rows = Event.objects.within(calendar_policy.reach_inside(actor))
    rows = rows.filter(host__group__isnull=False).select_related("place", "host")
    event: Event | None = rows.filter(pk=event_id).first()
    if event is None:
        raise NotFound(f"no meeting {event_id} of a group")
    return event


def members_then(event: Event) -> dict[int, Party]:
    """Who was a member, or held a role, on the day of a meeting, by name."""
    day = localdate(event.starts_at)
    rows = Tenure.objects.filter(
        seat__organisation=event.host_id, party__isnull=False, since_on__lte=day
    ).filter(Q(until_on=None) | Q(until_on__gt=day))
    parties = Party.objects.filter(pk__in=rows.values("party"))
    return {party.pk: party for party in parties.order_by("name", "pk")}


def minutes_content(event: Event) -> dict[str, Any]:
    """What the minutes of a meeting say as things stand, in plain values."""
    roll = _roll(event)
    asks = AgreedAsk.objects.filter(event=event, ask__matter__restricted=False)
    return {
        "title": event.title,
        "group": event.host.name if event.host is not None else "",
        "when": long_instant(localtime(event.starts_at)),
        "where": event_row(event).place_label,
        "present": [row.name for row in roll if row.attended == calendar.PRESENT],
        "absent": [row.name for row in roll if row.attended == calendar.ABSENT],
        "items": [
            {"position": row.position, "title": row.title, "said": row.said}
            for row in _agenda(event)
        ],
        "decisions": [row.text for row in _decisions(event)],
        "asks": [
            f"{row.ask.wording} ({row.ask.agency_code}: {row.owner_name}), "
            f"by {long_day(row.ask.due_on)}"
            for row in asks.select_related("ask").order_by("pk")
        ],
    }


def _agenda(event: Event) -> tuple[ItemRow, ...]:
    rows = event.agenda.order_by("position")
    return tuple(ItemRow(row.position, row.title, row.minutes, row.said) for row in rows)


def _roll(event: Event) -> tuple[CallRow, ...]:
    """The members of that day by name, then the guests; a member who left since keeps the row."""
    called = Participation.objects.filter(event=event).select_related("party").order_by("pk")
    attended = {row.party_id: row for row in called if row.party_id}
    members = {pk: party.name for pk, party in members_then(event).items()}
    members |= {
        row.party_id: row.party.name for row in attended.values() if row.party_id not in members
    }
    rows = [
        CallRow(pk, name, attended[pk].attended if pk in attended else "", guest=False)
        for pk, name in members.items()
    ]
    guests = [CallRow(None, row.name, row.attended, guest=True) for row in called if row.name]
    return (*rows, *guests)


def _decisions(event: Event) -> list[MeetingLine]:
    rows = MeetingLine.objects.filter(event=event, kind=calendar.DECISION, struck_at=None)
    return list(rows.order_by("pk"))


def _allowed(event: Event, actor: Actor, *, frozen: bool, on: date) -> frozenset[str]:
    if not policy.may_keep_minutes(actor, event) or event.state == calendar.CANCELLED:
        return frozenset()
    begun = localdate(event.starts_at) <= on
    moves = set()
    if event.state == calendar.PLANNED:
        moves |= {"set_agenda", "cancel_event", "send_notice"}
        moves |= {"hold_event"} if begun else {"move_event"}
    if begun and not frozen:
        moves |= {"call_members", "note_item", "write_line", "agree_ask"}
        moves |= {"approve_minutes"} if event.state == calendar.HELD else set()
    return frozenset(moves)


def group_minutes_paper(event_id: int, actor: Actor, *, on: date) -> tuple[str, bytes]:
    """The minutes on paper: a file name, and the PDF of what was approved or stands so far."""
    from wardroom.engagement.gateways.groups import typeset_minutes

    found = group_meeting(event_id, actor, on=on)
    approved = (
        f"Approved on {long_day(found.approved_on)}: {found.approved_how}"
        if found.approved_on
        else ""
    )
    content = {
        **found.content,
        "approved": approved,
        "schematic": settings.DEMONSTRATION or is_schematic(),
    }
    state = "" if approved else "-draft"
    return f"minutes-{found.day.isoformat()}{state}.pdf", typeset_minutes(content)
