"""What a calendar feed holds, and how an event reads in it. Pure: no library, no clock."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from wardroom.calendar.rules import CANCELLED

MINE, WARD, DUTY = "mine", "ward", "duty"
BACK, AHEAD = timedelta(days=92), timedelta(days=366)
KEPT_CANCELLED = timedelta(days=90)
REFRESH = timedelta(hours=1)
FREE_KINDS = frozenset({"on_call", "backup", "free"})
SPACE = uuid.UUID("5b0d8f38-3a52-4d0e-9a8e-6c1f0a7d2b11")
BUSY_WORDS = "Busy"


@dataclass(frozen=True)
class FeedEvent:
    """One event as it stands in a calendar file; instants carry a zone.

    ``version`` counts its changes from 1. A ``private`` one shows its time alone.
    """

    key: int
    planned_at: datetime
    changed_at: datetime
    version: int
    title: str
    starts_at: datetime
    ends_at: datetime
    state: str
    kind: str = ""
    place: str = ""
    point: tuple[float, float] | None = None
    text: str = ""
    address: str = ""
    private: bool = False
    ward_code: str = ""

    @property
    def uid(self) -> str:
        """The name that no other event has, here or in another office, however it is moved."""
        return str(uuid.uuid5(SPACE, f"{self.key}:{self.planned_at.isoformat()}"))

    @property
    def sequence(self) -> int:
        """How often it changed."""
        return self.version - 1

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.state == CANCELLED

    @property
    def free(self) -> bool:
        """Whether whoever has it in the calendar can still be given something else."""
        return self.cancelled or self.kind in FREE_KINDS


@dataclass(frozen=True)
class ZoneTurn:
    """An instant at which the clocks change; offsets from UTC before and after it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def local(self) -> datetime:
        """The change as the clocks before it show it, which is what a calendar file wants."""
        return (self.at + self.before).replace(tzinfo=None)


def span_of_feed(today: date) -> tuple[date, date]:
    """The first and the last day that a feed tells: three months back, twelve ahead."""
    return today - BACK, today + AHEAD


def is_told(event: FeedEvent, *, now: datetime) -> bool:
    """Whether a feed still tells an event; one that was canceled stays for 90 days."""
    return not event.cancelled or now - event.changed_at <= KEPT_CANCELLED


def closed_words(event: FeedEvent) -> FeedEvent:
    """An event that others who read the calendar may know by its time alone."""
    return replace(event, title=BUSY_WORDS, private=True, place="", point=None, text="", address="")


def mark_of(name: str, events: Iterable[FeedEvent]) -> str:
    """The mark of a feed's content; it changes when an event does, and at no other time."""
    mark = hashlib.sha256(name.encode())
    for e in events:
        told = f"\n{e.uid} {e.version} {e.changed_at.isoformat()} {e.title} {e.text} {e.place}"
        mark.update(told.encode())
    return mark.hexdigest()[:32]


def turns_of(zone: ZoneInfo, first: date, last: date) -> tuple[ZoneTurn, ...]:
    """The changes of the clocks in these days, and the last one before them."""
    start = datetime(first.year - 1, 1, 1, tzinfo=UTC)
    end = datetime(last.year + 1, 1, 1, tzinfo=UTC)
    turns = tuple(_turns(zone, start, end))
    before = [t for t in turns if t.at.date() < first]
    inside = tuple(t for t in turns if first <= t.at.date() <= last)
    return (*before[-2:], *inside)


def offset_of(zone: ZoneInfo, at: datetime) -> timedelta:
    """How far a zone is from UTC at an instant."""
    return at.astimezone(zone).utcoffset() or timedelta()


def _turns(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[ZoneTurn]:
    low = start
    while low < end:
        high = low + timedelta(days=1)
        if offset_of(zone, low) != offset_of(zone, high):
            yield _turn(zone, low, high)
        low = high


def _turn(zone: ZoneInfo, low: datetime, high: datetime) -> ZoneTurn:
    """The instant between two at which the offset changes, to the minute."""
    before = offset_of(zone, low)
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        middle = middle.replace(second=0, microsecond=0)
        low, high = (middle, high) if offset_of(zone, middle) == before else (low, middle)
    local = high.astimezone(zone)
    return ZoneTurn(high, before, offset_of(zone, high), local.tzname() or "", bool(local.dst()))


def feed_key(user_id: int, of: str, ward_code: str = "") -> str:
    """How a feed is named where its link is kept: whose, and of what."""
    return f"{user_id}:{of}:{ward_code}"


def read_feed_key(key: str) -> Mapping[str, str] | None:
    """The parts of such a name again; None where it is none."""
    parts = key.split(":")
    if len(parts) != 3 or not parts[0].isdigit() or parts[1] not in (MINE, WARD, DUTY):
        return None
    return {"user": parts[0], "of": parts[1], "ward": parts[2]}
