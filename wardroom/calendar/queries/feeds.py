"""What a calendar feed tells: a person's events, a ward's, or those that everybody may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.calendar import policy, rules
from wardroom.calendar.models import Event, PublicWords
from wardroom.calendar.queries.events import day_start
from wardroom.calendar.queries.shift_feeds import shift_events
from wardroom.calendar.rules.feeds import (
    DUTY,
    MINE,
    WARD,
    FeedEvent,
    closed_words,
    feed_key,
    is_told,
    mark_of,
    read_feed_key,
    span_of_feed,
)
from wardroom.kernel.addresses import block_of
from wardroom.kernel.errors import NotFound
from wardroom.notices.queries import open_key
from wardroom.notices.queries.keys import live_links

FEED, FEED_NOUN = "calendar_feed", "calendar_feed"
AT_ONCE = 1_000
OFFICE = "Office of community relations"


@dataclass(frozen=True)
class Feed:
    """A feed: its name, its events, and the mark that changes when one of them does."""

    name: str
    events: tuple[FeedEvent, ...]
    mark: str


@dataclass(frozen=True)
class FeedLink:
    """The secret address of one feed of yours: whether one is open, and since when."""

    ward_code: str
    opened_at: datetime | None
    expires_at: datetime | None
    of: str = MINE


def feed_of(token: str, *, at: datetime) -> Feed:
    """What a secret address tells now; its holder may lose sight of something any day.

    Refuses: `key_closed`. `NotFound` where its holder works here no more.
    """
    held = open_key(token, purpose=FEED, at=at)
    named = read_feed_key(held.key)
    user = User.objects.filter(pk=int(named["user"])).first() if named else None
    actor = actor_for(user, on=localdate(at))
    if named is None or user is None or not actor.is_staff:
        raise NotFound("the holder of this feed works here no more")
    if named["of"] == DUTY:
        return _feed("On call, Wardroom", list(shift_events(at=at)), at)
    rows = Event.objects.within(policy.reach(actor))
    own: list[FeedEvent] = []
    if named["of"] == WARD:
        rows, name = rows.filter(ward_code=named["ward"]), f"Ward {named['ward']}"
    else:
        rows, name = rows.filter(_mine(actor)).distinct(), f"{user.name}, Wardroom"
        own = list(shift_events(at=at, user_id=user.pk))
    told = map(_inside, _in_span(rows, at).iterator(AT_ONCE))
    return _feed(name, chain(told, own), at)


def public_feed(*, at: datetime, ward_code: str = "") -> Feed:
    """The events that everybody may know, of a ward or the whole city."""
    first, last = span_of_feed(localdate(at))
    events = public_events(from_on=first, until_on=last, ward_code=ward_code)
    name = f"{OFFICE}, Ward {ward_code}" if ward_code else OFFICE
    return _feed(name, events, at)


def public_events(*, from_on: date, until_on: date, ward_code: str = "") -> tuple[FeedEvent, ...]:
    """The events of these days that have public words, in those words alone, by time.

    A place is told by its block. An event that was canceled is among them, as canceled; one
    whose words were taken back, or whose matter was restricted since, is not.
    """
    rows = PublicWords.objects.filter(
        withdrawn_at__isnull=True,
        event__starts_at__gte=day_start(from_on),
        event__starts_at__lt=day_start(until_on),
    ).exclude(event__matter__restricted=True)
    if ward_code:
        rows = rows.filter(event__ward_code=ward_code)
    chosen = rows.select_related("event__place").order_by("event__starts_at", "event__pk")
    return tuple(map(_outside, chosen.iterator(AT_ONCE)))


def feed_links(actor: Actor, ward_codes: list[str], *, at: datetime) -> tuple[FeedLink, ...]:
    """The feeds that somebody can have, with the address that is open; theirs alone."""
    if not actor.is_staff or actor.user_id is None:
        return ()
    user = actor.user_id
    wanted = [(MINE, ""), (DUTY, ""), *((WARD, code) for code in ward_codes)]
    keys = {feed_key(user, of, ward): (of, ward) for of, ward in wanted}
    live = live_links(FEED_NOUN, keys, actor, purpose=FEED, at=at)
    return tuple(
        FeedLink(ward, live[key].issued_at, live[key].expires_at, of)
        if key in live
        else FeedLink(ward, None, None, of)
        for key, (of, ward) in keys.items()
    )


def told_event(event: Event) -> FeedEvent:
    """One event as a calendar file tells it to somebody who takes part."""
    place = event.place
    point = None
    if place is not None and place.latitude is not None and place.longitude is not None:
        point = (place.latitude, place.longitude)
    return FeedEvent(
        key=event.pk,
        planned_at=event.planned_at,
        changed_at=event.changed_at or event.settled_at or event.planned_at,
        version=event.version,
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        state=event.state,
        kind=event.kind,
        place=place.label if place is not None else event.place_text,
        point=point,
        text=event.cancelled_why,
        ward_code=event.ward_code,
    )


def _mine(actor: Actor) -> Q:
    """The events in which somebody takes part, and the core team meetings of their wards."""
    own = Q(participations__party__user=actor.user_id)
    return own | Q(kind=rules.CORE_TEAM, ward_code__in=actor.reach.wards)


def _in_span(rows: Any, at: datetime) -> Any:
    first, last = span_of_feed(localdate(at))
    found = rows.filter(starts_at__gte=day_start(first), starts_at__lt=day_start(last))
    return found.select_related("place", "matter").order_by("starts_at", "pk")


def _inside(event: Event) -> FeedEvent:
    """An event for a calendar that others may look into: of a restricted one its time alone."""
    told = told_event(event)
    if event.matter is not None and event.matter.restricted:
        return closed_words(told)
    address = f"{settings.SITE}{reverse('event', args=[event.pk])}"
    return FeedEvent(**{**vars(told), "address": address})


def _outside(row: PublicWords) -> FeedEvent:
    event = row.event
    told = told_event(event)
    public = {
        "title": row.title,
        "text": row.text,
        "place": block_of(told.place),
        "point": None,
        "version": event.version + row.version - 1,
        "changed_at": max(told.changed_at, row.written_at),
    }
    return FeedEvent(**{**vars(told), **public})


def _feed(name: str, events: Iterable[FeedEvent], at: datetime) -> Feed:
    told = tuple(event for event in events if is_told(event, now=at))
    return Feed(name, told, mark_of(name, told))
