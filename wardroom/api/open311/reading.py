"""What the address of a call asks for, read strictly: a bad word is an error with its reason."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from wardroom.api.open311.door import Answered, Call
from wardroom.service_requests.queries.published import METRES_PER_DEGREE, Box, Wanted

T = TypeVar("T")
SPAN = timedelta(days=90)
# So many at most without pages, in a page, and so deep into what was found.
MOST, MOST_A_PAGE, DEEPEST = 1_000, 500, 10_000
PER_PAGE = 50
MOST_NAMES, MOST_SERVICES, LONGEST_NAME, MOST_METRES = 1_000, 200, 120, 5_000.0
MOST_WORDS = 8
_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[ +-]\d\d:?\d\d)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class Page:
    """Which part of what is found is wanted; ``asked`` where the address speaks of pages."""

    number: int
    size: int
    asked: bool


def wanted_in(call: Call) -> Wanted:
    """The requests that a call asks for. Raises `Answered` with all that is wrong with it."""
    given, wrong = call.given, []

    def read(name: str, how: Callable[[str], T]) -> T | None:
        try:
            return how(given[name]) if name in given else None
        except ValueError as no:
            wrong.append(f"{name}: {no}")
            return None

    numbers = read("service_request_id", _names) or ()
    if numbers and not wrong:
        return Wanted(numbers=numbers, feeds=call.feeds, jurisdictions=call.jurisdictions)
    start, end = read("start_date", instant_of), read("end_date", instant_of)
    since, until = _span(start, end, call.at, wrong)
    wanted = Wanted(
        since=since,
        until=until,
        statuses=read("status", _statuses) or frozenset(),
        services=read("service_code", _services) or (),
        agency=given.get("agency_responsible", "")[:LONGEST_NAME],
        box=_box(given, wrong),
        changed_after=read("updated_after", instant_of),
        changed_before=read("updated_before", instant_of),
        feeds=call.feeds,
        jurisdictions=call.jurisdictions,
        words=read("q", _words) or (),
    )
    if wrong:
        raise Answered(400, *wrong)
    return wanted


def page_in(call: Call) -> Page:
    """The page that a call asks for. Raises `Answered`."""
    asked = "page" in call.given or "page_size" in call.given
    number = _whole(call.given, "page", 1, 1_000_000)
    size = _whole(call.given, "page_size", PER_PAGE if asked else MOST, MOST_A_PAGE)
    if number > 1 and number * size > DEEPEST:
        said = f"page: the first {DEEPEST:,} can be paged. Name a shorter span of dates for more."
        raise Answered(400, said)
    return Page(number, size, asked)


def flag_in(given: Mapping[str, str], name: str) -> bool:
    """A yes or no in the address. Raises `Answered`."""
    text = given.get(name, "false").lower()
    if text not in {"true", "false", "1", "0"}:
        raise Answered(400, f"{name}: say true or false.")
    return text in {"true", "1"}


def _whole(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise Answered(400, f"{name}: give a whole number from 1 to {most:,}.")
    return int(text)


def _span(
    start: datetime | None, end: datetime | None, now: datetime, wrong: list[str]
) -> tuple[datetime, datetime]:
    """From when to when: ninety days at most, on the open side where only one end is given."""
    if start is not None and end is not None:
        if end < start:
            wrong.append("end_date: it lies before start_date.")
        elif end - start > SPAN:
            wrong.append("end_date: the span from start_date is 90 days at most.")
        return start, end
    if start is not None:
        return start, start + SPAN
    end = end or now
    return end - SPAN, end


def instant_of(text: str) -> datetime:
    """An instant in the W3C form, with its zone; ValueError with a sentence for any other."""
    found = _INSTANT.fullmatch(text)
    sentence = "give a date and time with a zone, such as 2026-11-29T08:00:00Z."
    if found is None:
        raise ValueError(sentence)
    *parts, zone = found.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        at -= _offset(zone or "Z")
    except (ValueError, OverflowError):
        raise ValueError(sentence) from None
    if not 1900 <= at.year <= 2200:
        raise ValueError(sentence)
    return at


def _offset(zone: str) -> timedelta:
    if zone.upper() == "Z":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError("no such zone")
    # A plus in an address that nobody encoded comes as a blank.
    away = timedelta(hours=hours, minutes=minutes)
    return -away if zone[0] == "-" else away


def _names(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if len(names) > MOST_NAMES:
        raise ValueError(f"name {MOST_NAMES:,} at most.")
    if any(len(name) > LONGEST_NAME for name in names):
        raise ValueError("one of these is too long.")
    return names


def _services(text: str) -> tuple[str, ...]:
    names = _names(text)
    if len(names) > MOST_SERVICES:
        raise ValueError(f"name {MOST_SERVICES} at most.")
    return names


def _words(text: str) -> tuple[str, ...]:
    if len(text) > LONGEST_NAME or len(text.split()) > MOST_WORDS:
        raise ValueError(f"name {MOST_WORDS} words at most, in {LONGEST_NAME} letters.")
    return tuple(text.split())


def _statuses(text: str) -> frozenset[str]:
    found = frozenset(word.strip().lower() for word in text.split(",") if word.strip())
    if found - {"open", "closed"}:
        raise ValueError("say open, closed, or both with a comma.")
    return found


def _box(given: Mapping[str, str], wrong: list[str]) -> Box | None:
    if "bbox" in given:
        edges = [_degrees(part) for part in given["bbox"].split(",")]
        whole = [edge for edge in edges if edge is not None]
        if len(edges) != 4 or len(whole) != 4 or whole[0] > whole[2] or whole[1] > whole[3]:
            wrong.append("bbox: give west,south,east,north in degrees.")
            return None
        west, south, east, north = whole
        return Box(west, south, east, north)
    if not {"lat", "long", "radius"} & given.keys():
        return None
    latitude, longitude = _degrees(given.get("lat", "")), _degrees(given.get("long", ""))
    metres = _degrees(given.get("radius", "100"), most=MOST_METRES)
    if latitude is None or longitude is None or metres is None or abs(latitude) > 85 or metres < 0:
        wrong.append(f"radius: give lat and long, and {MOST_METRES:,.0f} meters at most.")
        return None
    up = metres / METRES_PER_DEGREE
    across = up / math.cos(math.radians(latitude))
    return Box(
        longitude - across,
        latitude - up,
        longitude + across,
        latitude + up,
        circle=(latitude, longitude, metres),
    )


def _degrees(text: str, *, most: float = 180.0) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None
