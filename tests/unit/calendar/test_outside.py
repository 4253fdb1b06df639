"""Somebody else's calendar: what may be fetched, how it is read, and what changed in it."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from wardroom.calendar.gateways import outside_calendars
from wardroom.calendar.gateways.outside_calendars import fetch_calendar, read_calendar
from wardroom.calendar.rules.outside import check_address, check_machine, difference
from wardroom.kernel.errors import Refused

ZONE = ZoneInfo("America/New_York")
FIRST, LAST = date(2026, 11, 1), date(2027, 4, 30)
ICS = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:anc\r
DTSTART;TZID=America/New_York:20261110T190000\r\nDTEND;TZID=America/New_York:20261110T210000\r
RRULE:FREQ=MONTHLY;BYDAY=2TU\r\nSUMMARY:ANC 5B\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:anc\r
RECURRENCE-ID;TZID=America/New_York:20261208T190000\r
DTSTART;TZID=America/New_York:20261209T190000\r\nDTEND;TZID=America/New_York:20261209T200000\r
SUMMARY:ANC 5B\\, moved\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:once\r
DTSTART:20261120T180000\r\nSUMMARY:Once\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def test_series_is_unfolded_on_the_wall_clock_with_the_one_that_moved() -> None:
    events = read_calendar(ICS, ZONE, first=FIRST, last=LAST)
    told = [e.starts_at.astimezone(ZONE).strftime("%m-%d %H:%M") for e in events]
    assert told == [
        *("11-10 19:00", "11-20 18:00", "12-09 19:00", "01-12 19:00"),
        *("02-09 19:00", "03-09 19:00", "04-13 19:00"),
    ]
    moved = events[2]
    assert (moved.title, moved.occurrence) == ("ANC 5B, moved", "2026-12-09T00:00:00+00:00")
    assert (events[1].cancelled, events[1].occurrence) == (True, "")


@pytest.mark.parametrize(
    "rule", [b"FREQ=SECONDLY", b"FREQ=DAILY;BYSECOND=1,2,3", b"FREQ=HOURLY;INTERVAL=2"]
)
def test_rule_that_floods_the_calendar_is_refused(rule: bytes) -> None:
    with pytest.raises(Refused) as no:
        read_calendar(ICS.replace(b"FREQ=MONTHLY;BYDAY=2TU", rule), ZONE, first=FIRST, last=LAST)
    assert no.value.code == "too_many"


@pytest.mark.parametrize("content", [b"", b"<html>", b"BEGIN:VCALENDAR\r\nBEGIN:VEV"])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as no:
        read_calendar(content, ZONE, first=FIRST, last=LAST)
    assert no.value.code == "no_calendar"


@pytest.mark.parametrize(
    "url",
    [
        *("http://x.example/a.ics", "webcal://x.example/a.ics", "file:///etc/passwd", "nonsense"),
        *("https://x.example:8443/", "https://me:secret@x.example/", "https:///a", ""),
    ],
)
def test_only_https_addresses_are_read(url: str) -> None:
    with pytest.raises(Refused) as no:
        check_address(url)
    assert (no.value.code, no.value.field) == ("bad_address", "url")


@pytest.mark.parametrize(
    "machine",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.9", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "224.0.0.1"),
    ],
)
def test_no_machine_inside_a_network_is_asked(machine: str) -> None:
    with pytest.raises(Refused):
        check_machine(machine)


def test_machines_of_the_open_internet_are_asked() -> None:
    check_machine("8.8.8.8")
    check_machine("2001:4860:4860::8888")
    assert check_address(" https://calendar.example/anc5b.ics?x=1 ") == "calendar.example"


def test_what_no_database_keeps_is_taken_out_of_a_strangers_words() -> None:
    bad = ICS.replace(b"SUMMARY:Once", b"SUMMARY:On\x00ce\x07").replace(b"UID:once", b"UID:o\x00")
    once = read_calendar(bad, ZONE, first=FIRST, last=LAST)[1]
    assert (once.title, once.uid) == ("Once", "o")


@pytest.mark.parametrize("host", [".example.com", f"{'a' * 64}.example.com"])
def test_name_that_can_be_none_is_refused_at_the_field(host: str) -> None:
    with pytest.raises(Refused) as no:
        fetch_calendar(f"https://{host}/a.ics")
    assert (no.value.code, no.value.field) == ("not_fetched", "url")


def test_side_that_speaks_for_ever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """One letter of a header at a time, each well within the limit of one wait."""
    ours, theirs = socket.socketpair()
    over = threading.Event()

    def connect(self: outside_calendars.Pinned) -> None:
        sock = outside_calendars.Timed(fileno=ours.detach())
        sock.ends = time.monotonic() + 0.2
        self.sock = sock

    def speak() -> None:
        with contextlib.suppress(BrokenPipeError):  # we hung up first
            theirs.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not over.wait(0.02):
                theirs.sendall(b"x")

    monkeypatch.setattr(outside_calendars, "_machine_of", lambda host: "192.0.2.1")
    monkeypatch.setattr(outside_calendars.Pinned, "connect", connect)
    other = threading.Thread(target=speak, daemon=True)
    other.start()
    try:
        with pytest.raises(Refused, match="too slow"):
            fetch_calendar("https://calendar.example/a.ics")
    finally:
        over.set()
        other.join()
        theirs.close()


def test_difference_says_what_is_new_changed_and_gone() -> None:
    one, once, *_ = read_calendar(ICS, ZONE, first=FIRST, last=LAST)
    later = replace(one, title="ANC 5B, later")
    found = difference({one.key: one, once.key: once}, [later])
    assert (found.new, found.changed, found.vanished) == ((), (later,), (once.key,))
    assert difference({}, [one]).new == (one,)
    assert difference({one.key: one}, [one]).changed == ()
