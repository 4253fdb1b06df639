"""What everybody may read near them: promises in public words, and meetings that are announced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, localtime

from wardroom.access.actor import Actor
from wardroom.calendar.models import Event
from wardroom.calendar.queries.feeds import public_events
from wardroom.city.queries import AreaRow, get_districts_at
from wardroom.city.rules import wards_of_area
from wardroom.engagement.models import BodyMeeting, Commitment
from wardroom.engagement.queries.areas import located
from wardroom.engagement.queries.public_news import TAKEN_BACK
from wardroom.engagement.rules.subscriptions import AROUND, Wanted
from wardroom.kernel.addresses import by_block
from wardroom.kernel.errors import Refused

AHEAD = timedelta(days=92)
MOST = 50


@dataclass(frozen=True)
class NearPromise:
    """A promise as everybody may read it: whose, in public words, by when, and how it stands.

    ``first_on`` is the day that was named first, where it was moved since.
    """

    who: str
    maker: str
    words: str
    public_on: date
    first_on: date | None
    due_on: date | None
    kept_on: date | None
    ward_code: str


@dataclass(frozen=True)
class NearEvent:
    """An event or an open meeting that is announced; ``meeting_id`` where it has its own page."""

    key: str
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime
    where: str
    ward_code: str
    cancelled: bool
    meeting_id: int | None = None


def promises_near(_: Actor, wards: Iterable[str]) -> tuple[NearPromise, ...]:
    """The promises for these wards and for the whole city: open ones first, by their day."""
    found = list(_told(wards)[:MOST])
    return tuple(sorted(map(_promise, found), key=_in_order))


def events_near(_: Actor, wards: Iterable[str], *, now: datetime) -> tuple[NearEvent, ...]:
    """What is announced for the next three months in these wards and for the whole city."""
    today, within = localdate(now), {"", *wards}
    events = [
        NearEvent(
            key=f"event/{event.key}",
            title=event.title,
            text=event.text,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            where=event.place,
            ward_code=event.ward_code,
            cancelled=event.state == "cancelled",
        )
        for event in public_events(from_on=today, until_on=today + AHEAD)
        if event.ward_code in within
    ]
    meetings = BodyMeeting.objects.filter(
        notices__version=1,
        body__ward_code__in=within,
        event__starts_at__gte=now - timedelta(hours=12),
        event__starts_at__lt=now + AHEAD,
    ).select_related("event", "body__party")
    found = {row.event_id: _meeting(row) for row in meetings.order_by("event__starts_at", "pk")}
    taken = {f"event/{key}" for key in found}
    told = [event for event in events if event.key not in taken]
    return tuple(sorted((*told, *found.values()), key=lambda e: (e.starts_at, e.key))[:MOST])


def events_at(
    actor: Actor, place_id: int, wards: Iterable[str], *, now: datetime
) -> tuple[NearEvent, ...]:
    """What is announced for a place."""
    rows = Event.objects.filter(place=place_id, starts_at__gte=now - AHEAD)
    there = {f"event/{pk}" for pk in rows.order_by("pk").values_list("pk", flat=True)}
    found = events_near(actor, wards, now=now) if there else ()
    return tuple(event for event in found if event.key in there)


def area_at(where: str, *, on: date) -> str:
    """The smallest district that an address lies in, as its page's address names it: smd/5C07.

    Refuses: an address that is not known.
    """
    found = located(Wanted(AROUND, where=where), on=on)
    assert found.latitude is not None
    assert found.longitude is not None
    districts = get_districts_at(found.latitude, found.longitude, on)
    for kind in ("smd", "anc", "ward"):
        if kind in districts:
            return f"{kind}/{districts[kind].code}"
    raise Refused("unknown_place", "This address lies in no district.", field="where")


def wards_near(area: AreaRow) -> tuple[str, ...]:
    """The wards that an area lies in."""
    return (area.code,) if area.kind == "ward" else wards_of_area(area.code)


def _told(wards: Iterable[str]) -> QuerySet[Commitment]:
    """Promises with words for the public that are open or were kept."""
    rows = Commitment.objects.filter(
        Q(matter__state="open") | Q(matter__outcome="kept"),
        matter__restricted=False,
        public_at__isnull=False,
        matter__ward_code__in=["", *wards],
    ).exclude(matter__outcome__in=TAKEN_BACK)
    named = rows.select_related("matter", "agency").prefetch_related("changes")
    return named.order_by("-public_at", "pk")


def _promise(row: Commitment) -> NearPromise:
    earlier = sorted(row.changes.all(), key=lambda change: change.pk)
    first = next((change.due_on for change in earlier if change.due_on), None)
    matter = row.matter
    assert row.public_at is not None
    return NearPromise(
        who=row.agency.name if row.maker == "agency" and row.agency else "",
        maker=row.maker,
        words=row.public_text,
        public_on=localdate(row.public_at),
        first_on=first if first != row.due_on else None,
        due_on=row.due_on,
        kept_on=localdate(matter.closed_at) if matter.closed_at else None,
        ward_code=matter.ward_code,
    )


def _in_order(promise: NearPromise) -> tuple[bool, date, str]:
    return (promise.kept_on is not None, promise.due_on or date.max, promise.words)


def _meeting(row: BodyMeeting) -> NearEvent:
    event = row.event
    return NearEvent(
        key=f"event/{event.pk}",
        title=row.body.name,
        text="",
        starts_at=localtime(event.starts_at),
        ends_at=localtime(event.ends_at),
        where=by_block(event.place_text),
        ward_code=row.body.ward_code,
        cancelled=event.state == "cancelled",
        meeting_id=row.matter_id,
    )
