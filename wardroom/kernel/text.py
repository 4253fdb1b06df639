"""How days and names read in a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

STOPS = (".", "!", "?", "。", "።")


def long_day(day: date) -> str:
    """A day as a timeline says it: Friday, December 4, 2026."""
    return f"{day:%A}, {day:%B} {day.day}, {day:%Y}"


def clock(local: time) -> str:
    """A time of day as people say it: 2:10 a.m."""
    half = "a.m." if local.hour < 12 else "p.m."
    return f"{local.hour % 12 or 12}:{local.minute:02d} {half}"


def long_instant(local: datetime) -> str:
    """An instant, on the clock it is given in: Tuesday, December 1, 2026, 10:00 a.m."""
    return f"{long_day(local.date())}, {clock(local.time())}"


def how_long(span: timedelta) -> str:
    """A span of time in its largest unit of which there are two: 3 days, 47 hours, 90 minutes."""
    seconds = max(0, int(span.total_seconds()))
    for name, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size:,} {name}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"


def ended(text: str) -> str:
    """A sentence with its full stop, once: one that ends in a time has it already."""
    if text.endswith("m.."):
        return text[:-1]
    return text if text.endswith(STOPS) else f"{text}."


def listed(words: Iterable[str]) -> str:
    """Some words as a sentence lists them: one, one and another, or one, another and a third."""
    *before, last = [*words] or [""]
    return " and ".join(part for part in (", ".join(before), last) if part)


def quoted(words: str) -> str:
    """Somebody's own words inside a sentence."""
    return f"'{words}'"


def instant_in(text: str) -> datetime | None:
    """The instant that an address names, with its time zone, or none where it names none."""
    try:
        at = datetime.fromisoformat(text) if len(text) <= 40 else None
    except ValueError:
        return None
    return at if at and at.tzinfo is not None and 1900 <= at.year <= 2200 else None


def day_in(text: str) -> date | None:
    """The day that an address names, or none where it names none."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


def without_accents(text: str) -> str:
    """A text as somebody types it whose keys have no accents."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(each for each in parts if not unicodedata.combining(each))
    return unicodedata.normalize("NFC", bare)
