"""Somebody else's calendar: fetched within strict limits, and read without being believed."""

from __future__ import annotations

import http.client
import math
import socket
import ssl
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from wardroom.calendar.rules.outside import (
    MOST_BYTES,
    MOST_EVENTS,
    SECONDS,
    TheirEvent,
    check_address,
    check_machine,
)
from wardroom.kernel.errors import Refused
from wardroom.kernel.machines import look_up

CHUNK = 64 * 1024
AS_BEFORE = 304
SELDOM = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
UNSEEN = frozenset({"Cc", "Cs"})
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(frozen=True)
class Fetched:
    """What came: nothing where it is the same as before."""

    content: bytes | None
    etag: str = ""


class Timed(socket.socket):
    """A socket that no longer listens from an instant on, however slowly the other side speaks."""

    ends = math.inf

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Wait for what comes next no longer than there is time left for all of it."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(min(left, SECONDS))
        return super().recv_into(*args, **kwargs)


class _TimedSecure(Timed, ssl.SSLSocket):
    """The same, over TLS."""


class Pinned(http.client.HTTPSConnection):
    """A connection to the machine that was looked at, under the name that was asked for."""

    def __init__(self, host: str, machine: str) -> None:
        self._context = ssl.create_default_context()
        self._context.sslsocket_class = _TimedSecure
        super().__init__(host, 443, timeout=SECONDS, context=self._context)
        self._machine = machine
        self._ends = time.monotonic() + SECONDS

    def connect(self) -> None:
        """Go to that machine, whatever the name leads to by now."""
        sock = socket.create_connection((self._machine, 443), timeout=SECONDS)
        secure = self._context.wrap_socket(sock, server_hostname=self.host)
        secure.ends = self._ends  # type: ignore[attr-defined]
        self.sock = secure


def fetch_calendar(url: str, *, etag: str = "") -> Fetched:
    """Read a calendar file as `fetch_file` does. Refuses: `bad_address`, `not_fetched`."""
    return fetch_file(url, etag=etag, accept="text/calendar")


def fetch_file(url: str, *, etag: str = "", accept: str) -> Fetched:
    """Read a file over https: two megabytes and ten seconds at most, no way on.

    The name is looked up once, every machine behind it has to be on the open internet, and the
    connection goes to the one that was looked at. Refuses: `bad_address`, `not_fetched`.
    """
    host = check_address(url)
    parts = urlsplit(url.strip())
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {"Accept": accept, "User-Agent": "Wardroom", "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    connection = Pinned(host, _machine_of(host))
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        if answer.status == AS_BEFORE:
            return Fetched(None, etag)
        if answer.status != http.client.OK:
            raise _not(f"The other side answered {answer.status}.")
        return Fetched(_read(answer), (answer.getheader("ETag") or "")[:200])
    except TimeoutError as no:
        raise _not("The other side is too slow.") from no
    except (OSError, http.client.HTTPException, ValueError) as no:
        raise _not("The other side could not be reached.") from no
    finally:
        connection.close()


def read_calendar(
    content: bytes, zone: ZoneInfo, *, first: date, last: date
) -> tuple[TheirEvent, ...]:
    """The events of these days in a calendar file, each meeting of a series by itself.

    A time without a zone is one on the city's clocks. Refuses: `no_calendar`, `too_many`.
    """
    if len(content) > MOST_BYTES:
        raise Refused("too_large", "This file is larger than two megabytes.", field="file")
    try:
        calendar = Calendar.from_ical(content)
        recurring = _recurring(calendar)
        found = [e for e in _unfolded(calendar, first, last) if e.get("dtstart") is not None]
        return tuple(_their(e, zone, recurs=str(e.get("uid", "")) in recurring) for e in found)
    except Refused:
        raise
    except Exception as no:  # anything may stand in a stranger's file
        raise Refused("no_calendar", "This is not a calendar file (.ics).", field="file") from no


def _recurring(calendar: Any) -> frozenset[str]:
    """The UIDs of what comes back; a rule that makes more than one a day is refused."""
    found = set()
    for event in calendar.walk("VEVENT"):
        rules = event.get("rrule", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            often = {str(value).upper() for value in rule.get("FREQ", [])} - SELDOM
            if often or any(rule.get(part) for part in WITHIN_A_DAY):
                raise Refused("too_many", "This calendar has too many events.", field="file")
        if rules or event.get("rdate") or event.get("recurrence-id"):
            found.add(str(event.get("uid", "")))
    return frozenset(found)


def _unfolded(calendar: Any, first: date, last: date) -> Iterator[Any]:
    """Each meeting of these days; a rule that makes too many of them is refused."""
    stop = time.monotonic() + SECONDS
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    for n, event in enumerate(query.after(datetime.combine(first, clock(0), UTC))):
        start = event.start
        day = start.date() if isinstance(start, datetime) else start
        if day > last:
            return
        if n >= MOST_EVENTS or time.monotonic() > stop:
            raise Refused("too_many", "This calendar has too many events.", field="file")
        yield event


def _their(event: Any, zone: ZoneInfo, *, recurs: bool) -> TheirEvent:
    starts, ends = _instant(event.start, zone), _instant(event.end, zone)
    named = event.get("recurrence-id") if recurs else None
    occurrence = _instant(named.dt, zone).isoformat() if named is not None else ""
    return TheirEvent(
        uid=_line(event.get("uid"))[:300],
        starts_at=starts,
        ends_at=max(ends, starts + timedelta(minutes=1)),
        title=_line(event.get("summary"))[:200] or "Without a title",
        place=_line(event.get("location"))[:200],
        cancelled=str(event.get("status", "")).upper() == "CANCELLED",
        occurrence=occurrence,
    )


def _line(value: object) -> str:
    """A stranger's words on one line, without what no database keeps and no page shows."""
    words = " ".join(str(value or "").split())
    return "".join(letter for letter in words if unicodedata.category(letter) not in UNSEEN)


def _instant(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, clock(0))
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return value.astimezone(UTC)


def _machine_of(host: str) -> str:
    try:
        machines = look_up(host, 443)
    except TimeoutError as no:
        raise _not("Nobody said in time where this name leads.") from no
    except (OSError, UnicodeError) as no:
        raise _not("There is no such name on the internet.") from no
    for machine in machines:
        check_machine(machine)
    if not machines:
        raise _not("There is no such name on the internet.")
    return machines[0]


def _read(answer: http.client.HTTPResponse) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read1(CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise _not("What came is larger than two megabytes.")
        parts.append(chunk)
    return b"".join(parts)


def _not(sentence: str) -> Refused:
    return Refused("not_fetched", sentence, field="url")
