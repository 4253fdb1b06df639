"""Calendar files (iCalendar, RFC 5545, 5546 and 7986): written for others, and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDDDTypes,
    vGeo,
    vText,
)

from wardroom.calendar.rules.feeds import REFRESH, FeedEvent, ZoneTurn, offset_of, turns_of
from wardroom.calendar.rules.inviting import Reply, answer_of

MAKER = "-//Wardroom//Calendar//EN"
MOST_REPLY, MOST_ANSWERS = 256 * 1024, 10
PUBLISH, REQUEST, CANCEL, REPLY = "PUBLISH", "REQUEST", "CANCEL", "REPLY"


def calendar_file(name: str, events: Iterable[FeedEvent], zone: ZoneInfo) -> bytes:
    """A feed as other programs read it, its times on the wall clock of the city."""
    return b"".join(calendar_pieces(name, events, zone))


def calendar_pieces(name: str, events: Iterable[FeedEvent], zone: ZoneInfo) -> Iterator[bytes]:
    """The same piece by piece, so that of a long one no more than an event is ever made.

    Each meeting of a series is an event of its own with a name of its own (decision 012), so
    one that moved alone is the same event at another time and needs no exception to a rule.
    """
    told = list(events)
    calendar = _begun(PUBLISH, told, zone)
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", vDDDTypes(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText(vDDDTypes(REFRESH).to_ical().decode()))
    head, end, _ = bytes(calendar.to_ical()).rpartition(b"END:VCALENDAR")
    yield head
    for event in told:
        yield bytes(_event(event, zone).to_ical())
    yield end + b"\r\n"


def invitation_file(
    event: FeedEvent,
    zone: ZoneInfo,
    *,
    organizer: str,
    organizer_name: str,
    invited: str,
    invited_name: str,
    sent_at: datetime,
) -> tuple[str, str]:
    """An invitation, or that an event is canceled, for one person; with its method."""
    method = CANCEL if event.cancelled else REQUEST
    calendar = _begun(method, [event], zone)
    made = _event(event, zone)
    made["DTSTAMP"] = vDDDTypes(sent_at.astimezone(UTC))
    made.add("organizer", _person(organizer, organizer_name))
    attendee = _person(invited, invited_name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE" if event.cancelled else "TRUE")
    made.add("attendee", attendee)
    calendar.add_component(made)
    return method, bytes(calendar.to_ical()).decode()


def _begun(method: str, events: list[FeedEvent], zone: ZoneInfo) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if events:
        calendar.add_component(_zone(events, zone))
    return calendar


def _zone(events: list[FeedEvent], zone: ZoneInfo) -> Timezone:
    """The rules of the zone for the days of these events, each change of the clocks by itself."""
    first = min(e.starts_at for e in events).astimezone(zone).date()
    last = max(e.ends_at for e in events).astimezone(zone).date()
    made = Timezone()
    made.add("tzid", zone.key)
    turns = turns_of(zone, first, last)
    for turn in turns or (_steady(events[0], zone),):
        made.add_component(_turn(turn))
    return made


def _steady(event: FeedEvent, zone: ZoneInfo) -> ZoneTurn:
    """A zone whose clocks never change still needs one rule."""
    at = datetime(1970, 1, 1, tzinfo=UTC)
    offset = offset_of(zone, event.starts_at)
    return ZoneTurn(at, offset, offset, event.starts_at.astimezone(zone).tzname() or "", False)


def _turn(turn: ZoneTurn) -> Any:
    made = TimezoneDaylight() if turn.summer else TimezoneStandard()
    made.add("dtstart", turn.local)
    made.add("tzoffsetfrom", turn.before)
    made.add("tzoffsetto", turn.after)
    made.add("tzname", turn.name)
    return made


def _event(event: FeedEvent, zone: ZoneInfo) -> Event:
    made = Event()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    changed = event.changed_at.astimezone(UTC).replace(microsecond=0)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("created", event.planned_at.astimezone(UTC).replace(microsecond=0))
    made.add("dtstart", event.starts_at.astimezone(zone))
    made.add("dtend", event.ends_at.astimezone(zone))
    made.add("summary", event.title)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("class", "PRIVATE" if event.private else "PUBLIC")
    made.add("transp", "TRANSPARENT" if event.free else "OPAQUE")
    made.add("x-microsoft-cdo-busystatus", "FREE" if event.free else "BUSY")
    for name, words in (("location", event.place), ("description", event.text)):
        if words:
            made.add(name, words)
    if event.point is not None:
        made.add("geo", vGeo(event.point))
    if event.address:
        made.add("url", event.address)
    return made


def _person(address: str, name: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{address}")
    if name:
        made.params["CN"] = vText(name)
    return made


def read_replies(content: bytes) -> tuple[Reply, ...]:
    """The answers to invitations in a calendar file that came by mail; none in any other file."""
    if len(content) > MOST_REPLY or b"BEGIN:VCALENDAR" not in content[:2000]:
        return ()
    try:
        calendar = Calendar.from_ical(content)
        if str(calendar.get("method", "")).upper() != REPLY:
            return ()
        return tuple(
            _reply(event, attendee)
            for event in calendar.walk("VEVENT")[:MOST_ANSWERS]
            for attendee in _several(event.get("attendee"))
        )
    except Exception:  # anything may stand in a stranger's file, a zone that no disk can name too
        return ()


def _reply(event: Any, attendee: Any) -> Reply:
    address = str(attendee)
    address = address[7:] if address.lower().startswith("mailto:") else address
    partstat = str(getattr(attendee, "params", {}).get("PARTSTAT", ""))
    return Reply(
        uid=str(event.get("uid", "")),
        attendee=address.strip(),
        answer=answer_of(partstat),
        sequence=int(event.get("sequence", 0)),
    )


def _several(found: Any) -> list[Any]:
    if found is None:
        return []
    return found[:MOST_ANSWERS] if isinstance(found, list) else [found]
