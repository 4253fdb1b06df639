"""Calendar files: read by another's parser, right on both sides of each change of the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import vobject
from icalendar import Calendar

from wardroom.calendar.gateways.calendar_files import (
    calendar_file,
    invitation_file,
    read_replies,
)
from wardroom.calendar.rules.feeds import (
    FeedEvent,
    closed_words,
    is_told,
    mark_of,
    read_feed_key,
    turns_of,
)
from wardroom.calendar.rules.inviting import is_invited

ZONE = ZoneInfo("America/New_York")
NOON = datetime(2026, 10, 1, 12, tzinfo=ZONE)


def event(at: datetime, **more: object) -> FeedEvent:
    """A meeting of an hour and a half that was changed once."""
    words = {
        "key": 412,
        "planned_at": NOON,
        "changed_at": NOON + timedelta(days=1),
        "version": 2,
        "title": "Core team; rats, lights\nand \\ dumping",
        "starts_at": at,
        "ends_at": at + timedelta(minutes=90),
        "state": "planned",
        **more,
    }
    return FeedEvent(**words)  # type: ignore[arg-type]


def evening(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 18, 30, tzinfo=ZONE)


def offsets_told(content: bytes) -> list[tuple[str, float]]:
    """The times and offsets that another parser makes of our zone, not of its own."""
    text = content.decode().replace("America/New_York", "Ours/Zone")
    read = vobject.readOne(text)
    return [
        (
            e.dtstart.value.strftime("%m-%d %H:%M"),
            e.dtstart.value.utcoffset().total_seconds() / 3600,
        )
        for e in read.vevent_list
    ]


def test_the_same_evening_hour_on_both_sides_of_each_change() -> None:
    days = [
        (2026, 10, 31),
        (2026, 11, 1),
        (2027, 3, 13),
        (2027, 3, 14),
        (2027, 11, 6),
        (2027, 11, 7),
    ]
    events = [event(evening(*day), key=n) for n, day in enumerate(days)]
    content = calendar_file("Ward 5", events, ZONE)
    assert offsets_told(content) == [
        ("10-31 18:30", -4),
        ("11-01 18:30", -5),
        ("03-13 18:30", -5),
        ("03-14 18:30", -4),
        ("11-06 18:30", -4),
        ("11-07 18:30", -5),
    ]
    assert b"DTSTART;TZID=America/New_York:20261031T183000" in content
    assert b"DTSTART:20261031T" not in content


def test_a_single_summer_event_comes_with_the_rule_it_needs() -> None:
    content = calendar_file("Ward 5", [event(evening(2027, 7, 4))], ZONE)
    assert offsets_told(content) == [("07-04 18:30", -4)]


def test_words_places_and_addresses_come_back_as_they_were() -> None:
    one = event(
        evening(2026, 12, 1),
        place="1200 block of K Street NW; room 3, upstairs",
        point=(38.9025, -77.0284),
        address="https://wardroom.example/calendar/412/?a=1,2",
        text="Bring the list, please",
    )
    read = vobject.readOne(calendar_file("Ward 5", [one], ZONE).decode()).vevent
    assert read.summary.value == one.title
    assert (read.location.value, read.url.value) == (one.place, one.address)
    assert read.geo.value == "38.9025;-77.0284"
    assert read.dtend.value - read.dtstart.value == timedelta(minutes=90)
    assert (read.sequence.value, read.status.value, read.transp.value) == (
        "1",
        "CONFIRMED",
        "OPAQUE",
    )
    assert read.uid.value == one.uid
    assert read.last_modified.value == one.changed_at.astimezone(ZoneInfo("UTC"))


def test_a_moved_meeting_of_a_series_is_the_same_event_at_another_time() -> None:
    before = event(evening(2026, 12, 1))
    after = replace(before, starts_at=evening(2026, 12, 2), version=3)
    assert before.uid == after.uid
    assert (before.sequence, after.sequence) == (1, 2)
    assert b"RRULE" not in calendar_file("Ward 5", [after], ZONE)
    assert event(evening(2026, 12, 1), key=413).uid != before.uid


def test_canceled_stays_for_ninety_days_and_keeps_nobody_from_anything() -> None:
    gone = event(evening(2026, 12, 1), state="cancelled")
    read = vobject.readOne(calendar_file("Ward 5", [gone], ZONE).decode()).vevent
    assert (read.status.value, read.transp.value) == ("CANCELLED", "TRANSPARENT")
    assert read.x_microsoft_cdo_busystatus.value == "FREE"
    assert is_told(gone, now=gone.changed_at + timedelta(days=90))
    assert not is_told(gone, now=gone.changed_at + timedelta(days=91))
    assert is_told(event(NOON), now=NOON + timedelta(days=400))


def test_being_on_call_keeps_nobody_from_other_work() -> None:
    calls = event(evening(2026, 12, 1), kind="on_call")
    assert calls.free
    assert not event(evening(2026, 12, 1), kind="meeting").free


def test_something_closed_tells_its_time_alone() -> None:
    shut = closed_words(event(evening(2026, 12, 1), place="12 Oak Street NE", text="Why"))
    content = calendar_file("Mine", [shut], ZONE).decode()
    assert "Oak" not in content
    assert "rats" not in content
    assert "CLASS:PRIVATE" in content
    assert "SUMMARY:Busy" in content


def test_feed_asks_to_be_read_again_and_its_mark_follows_its_events() -> None:
    one = event(evening(2026, 12, 1))
    read = Calendar.from_ical(calendar_file("Ward 5", [one], ZONE))
    assert read["REFRESH-INTERVAL"].to_ical() == b"PT1H"
    assert str(read["X-PUBLISHED-TTL"]) == "PT1H"
    assert mark_of("Ward 5", [one]) == mark_of("Ward 5", [one])
    assert mark_of("Ward 5", [one]) != mark_of("Ward 5", [replace(one, version=3)])
    assert Calendar.from_ical(calendar_file("Empty", [], ZONE)).walk("VEVENT") == []


def test_a_zone_without_changes_still_has_a_rule() -> None:
    zone = ZoneInfo("America/Phoenix")
    assert turns_of(zone, date(2026, 1, 1), date(2027, 1, 1)) == ()
    content = calendar_file("Desert", [event(datetime(2026, 12, 1, 9, tzinfo=zone))], zone)
    assert b"TZOFFSETTO:-0700" in content


def test_invitation_names_who_invites_and_who_is_asked() -> None:
    method, text = invitation_file(
        event(evening(2026, 12, 1)),
        ZONE,
        organizer="office+abc@city.example",
        organizer_name="The Office",
        invited="ann@example.org",
        invited_name='Ann "of the block", ANC 5B',
        sent_at=NOON,
    )
    read = vobject.readOne(text)
    assert (method, read.method.value) == ("REQUEST", "REQUEST")
    assert read.vevent.organizer.value == "mailto:office+abc@city.example"
    assert read.vevent.attendee.value == "mailto:ann@example.org"
    assert read.vevent.attendee.params["RSVP"] == ["TRUE"]
    gone = event(evening(2026, 12, 1), state="cancelled")
    method, text = invitation_file(
        gone, ZONE, organizer="o@x.example", organizer_name="", invited="a@x.example",
        invited_name="", sent_at=NOON,
    )  # fmt: skip
    assert (method, vobject.readOne(text).vevent.status.value) == ("CANCEL", "CANCELLED")


REPLY = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r
UID:some-uid\r\nSEQUENCE:1\r\nDTSTAMP:20261002T120000Z\r
ATTENDEE;PARTSTAT=ACCEPTED;CN=Ann:MAILTO:ann@example.org\r
ORGANIZER:mailto:office@city.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def test_reply_says_who_answers_what() -> None:
    [reply] = read_replies(REPLY)
    assert (reply.uid, reply.attendee, reply.answer, reply.sequence) == (
        "some-uid",
        "ann@example.org",
        "yes",
        1,
    )
    [maybe] = read_replies(REPLY.replace(b"ACCEPTED", b"TENTATIVE"))
    assert maybe.answer == ""


def test_what_is_no_reply_answers_nothing() -> None:
    assert read_replies(REPLY.replace(b"METHOD:REPLY", b"METHOD:REQUEST")) == ()
    assert read_replies(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEV") == ()
    assert read_replies(b"%PDF-1.7") == ()
    assert read_replies(REPLY + b" " * 300_000) == ()


def test_only_the_invited_address_answers() -> None:
    assert is_invited("Ann@example.org", sender="ann@example.org", attendee="ANN@example.org")
    assert not is_invited("ann@example.org", sender="bo@example.org", attendee="ann@example.org")
    assert not is_invited("ann@example.org", sender="ann@example.org", attendee="bo@example.org")
    assert not is_invited("", sender="", attendee="")


def test_feed_key_is_read_back_or_is_none() -> None:
    assert read_feed_key("12:ward:5") == {"user": "12", "of": "ward", "ward": "5"}
    assert read_feed_key("x:ward:5") is None
    assert read_feed_key("12:all:") is None
