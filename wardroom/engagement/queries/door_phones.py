"""What a phone takes to the door of an event, and what came in from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from wardroom.access.actor import Actor
from wardroom.calendar.models import Event, Participation
from wardroom.directory.queries import get_party_of, passes
from wardroom.directory.queries.passes import Bearer, PassKind
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement import policy
from wardroom.engagement.models import CheckIn, DoorLine
from wardroom.engagement.queries.door import MOST_GUESTS, get_event_to_run
from wardroom.engagement.queries.odd_lines import guest_name
from wardroom.engagement.rules import door, visits
from wardroom.kernel.errors import NotAllowed, NotFound

DOOR_PASS = PassKind(purpose="door", noun="door_pass")


@dataclass(frozen=True)
class DoorGuest:
    """Somebody on the list, by name alone: no way to reach them goes to a phone."""

    id: int
    name: str
    language: str


@dataclass(frozen=True)
class CameIn:
    """Somebody who is checked in, without a name; ``key`` is the line of a phone, if one did."""

    guest: int
    key: str
    language: str


@dataclass(frozen=True)
class DoorSheet:
    """All that a phone keeps of the door of an event.

    ``passes`` are the hashes of every pass that the observer ever had for it: by them a phone
    knows what it kept of old as the observer's own.
    """

    event: int
    title: str
    ended: bool
    closes_at: str
    observer: int
    name: str
    token: str
    passes: tuple[str, ...]
    until: str
    guests: tuple[DoorGuest, ...]
    came: tuple[CameIn, ...]
    languages: tuple[tuple[str, str], ...]

    def plain(self) -> dict[str, Any]:
        """The sheet as JSON-ready values."""
        return asdict(self)


def door_sheet(event_id: int, actor: Actor, *, at: datetime) -> DoorSheet | None:
    """What the actor's phone takes to the door; none without a pass that is good.

    `NotFound` where the event is out of reach.
    """
    event = get_event_to_run(event_id, actor)
    if not policy.may_run_show(actor, event):
        raise NotAllowed
    held = passes.pass_of(DOOR_PASS, event.pk, actor, at=at)
    if held is None:
        return None
    me = get_party_of(actor)
    ended = door_is_over(event, at=at)
    return DoorSheet(
        event=event.pk,
        title=event.title,
        ended=ended,
        closes_at=(event.ends_at + door.DOOR_CLOSES).isoformat(),
        observer=me.pk,
        name=me.name,
        token=held[0],
        passes=passes.passes_of(DOOR_PASS, event.pk, actor),
        until=held[1].isoformat(),
        guests=() if ended else _guests(event),
        came=() if ended else _came(event),
        languages=tuple(LANGUAGES.items()),
    )


def door_is_over(event: Event, *, at: datetime) -> bool:
    """Whether nobody comes in at this event any more."""
    return door.door_is_over(event.ends_at, canceled=event.state == "cancelled", at=at)


def open_door_pass(event_id: int, token: str, *, at: datetime) -> Bearer:
    """Whose pass this is. Refuses: `key_closed` for one that does not open this door now."""
    return passes.open_pass(DOOR_PASS, event_id, token, at=at)


def get_event_of_pass(event_id: int) -> Event:
    """An event, for whoever hands in its pass with what they send; the action asks for it."""
    event: Event | None = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise NotFound(f"no event {event_id}")
    return event


def _guests(event: Event) -> tuple[DoorGuest, ...]:
    rows = Participation.objects.filter(event=event, seat=None, agency_code="")
    by_list = rows.exclude(check_in__source=visits.PAPER).select_related("party").order_by("pk")
    return tuple(
        DoorGuest(row.pk, guest_name(row), (row.party.language if row.party else "") or "en")
        for row in by_list[:MOST_GUESTS]
    )


def _came(event: Event) -> tuple[CameIn, ...]:
    keys = dict(
        DoorLine.objects.filter(event=event, participation__isnull=False)
        .order_by("pk")
        .values_list("participation", "key")
    )
    rows = CheckIn.objects.filter(participation__event=event).order_by("pk")
    return tuple(
        CameIn(guest, str(keys.get(guest, "")), language)
        for guest, language in rows.values_list("participation", "language")
    )
