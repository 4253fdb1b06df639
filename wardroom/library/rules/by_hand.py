"""A service that the office writes down itself: its hours, its places, and what is asked of it.

Hours and places are written line by line, as people say them; what is said back is what was
understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from wardroom.kernel.errors import Refused
from wardroom.library.rules.hours import MIDNIGHT, NAMES, WEEK, Hours

MOST_LINES, LONGEST = 30, 2000
_CLOCK = r"\d{1,2}(?::\d\d)?\s*(?:am|pm)?"
_SPAN = re.compile(rf"^(?P<days>.+?),?\s+(?P<opens>{_CLOCK})\s*(?:-|to)\s*(?P<closes>{_CLOCK})$")
_TIME = re.compile(r"^(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s*(?P<half>am|pm)?$")
_ZIP = re.compile(r"^(?P<before>.*?),?\s*(?P<code>\d{5}(?:-\d{4})?)$")
_STATE = re.compile(r"^(?:(?P<city>.+)\s+)?(?P<state>[A-Z]{2})$")
EVERY_DAY = ("every day", "daily")
HOURS_SAID = "Write it like: Monday to Friday, 9 a.m. to 5 p.m."
PLACE_SAID = "Write it with its ZIP code, like: 1200 First Street NE, Washington, DC 20002."


@dataclass(frozen=True)
class ServiceDraft:
    """What the office says of a service; places, hours and phones line by line."""

    name: str
    organization: str
    description: str = ""
    needs: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpretation_services: str = ""
    eligibility_description: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    application_process: str = ""
    fees_description: str = ""
    url: str = ""
    email: str = ""
    assured_date: date | None = None


@dataclass(frozen=True)
class Address:
    """An address in its parts."""

    street: str
    city: str
    state: str
    code: str


COLUMNS = (
    "name", "description", "interpretation_services", "eligibility_description", "minimum_age",
    "maximum_age", "application_process", "fees_description", "url", "email",
)  # fmt: skip
LISTS = ("needs", "places", "hours", "phones", "languages")


def check_draft(draft: ServiceDraft, *, today: date) -> None:
    """What has to be there. Refuses: no name or organization; ages turned around; a day of the
    check that is to come; a text or a list that is far too long."""
    for field, said in (("name", "Give it a name."), ("organization", "Say who runs it.")):
        if not getattr(draft, field).strip():
            raise Refused(f"{field}_missing", said, field=field)
    ages = (draft.minimum_age or 0, draft.maximum_age or 150)
    if ages[0] > ages[1]:
        raise Refused("ages_off", "The youngest is older than the oldest.", field="maximum_age")
    if draft.assured_date is not None and draft.assured_date > today:
        raise Refused("to_come", "Choose today or an earlier day.", field="assured_date")
    for field in COLUMNS:
        value = getattr(draft, field)
        if isinstance(value, str) and len(value) > LONGEST:
            raise Refused("too_long", f"Keep it within {LONGEST} characters.", field=field)
    for field in ("places", "hours", "phones"):
        if len(getattr(draft, field)) > MOST_LINES:
            raise Refused("too_many", f"Keep it within {MOST_LINES} lines.", field=field)


def changed_between(before: ServiceDraft, after: ServiceDraft) -> list[str]:
    """The fields that say something else; the order of lines says nothing."""
    return [
        name
        for name in (*COLUMNS, *LISTS, "organization", "assured_date")
        if _said(before, name) != _said(after, name)
    ]


def _said(draft: ServiceDraft, name: str) -> object:
    value = getattr(draft, name)
    return frozenset(value) if isinstance(value, tuple) else value


def shown_in_form(draft: ServiceDraft) -> dict[str, Any]:
    """Every field as a form shows it, lists line by line in one order."""
    shown = {name: getattr(draft, name) for name in (*COLUMNS, "organization", "assured_date")}
    return shown | {name: "\n".join(sorted(getattr(draft, name))) for name in LISTS}


def hours_from(line: str) -> Hours:
    """One line of hours, as a person writes it. Refuses: numbers that are no such line."""
    said = _plain(line)
    if not any(c.isdigit() for c in said):
        if said.startswith(EVERY_DAY) and "clock" in said:
            return Hours(MIDNIGHT, MIDNIGHT, WEEK)
        return Hours(None, None, words=line.strip()[:500])
    found = _SPAN.match(said)
    if found is None:
        raise _unclear(line)
    opens, closes = _time(found["opens"], line), _time(found["closes"], line)
    return Hours(opens, closes, _days(found["days"], line))


def address_from(line: str) -> Address:
    """One address in its parts. Refuses: one without a street or a ZIP code."""
    found = _ZIP.match(line.strip())
    parts = [part.strip() for part in found["before"].split(",") if part.strip()] if found else []
    if found is None or not parts:
        raise Refused("place_unclear", f"“{line.strip()}”: {PLACE_SAID}", field="places")
    city, state = "Washington", "DC"
    ends = _STATE.match(parts[-1]) if len(parts) > 1 else None
    if ends is not None:
        state = ends["state"]
        rest = parts[:-1]
        city = ends["city"] or (rest.pop() if len(rest) > 1 else city)
        parts = rest
    return Address(", ".join(parts)[:200], city[:100], state, found["code"])


def _plain(line: str) -> str:
    """A line in lower case, with one way to write each thing."""
    said = " ".join(line.lower().replace("–", "-").replace("—", "-").split())
    said = said.replace("a.m.", "am").replace("p.m.", "pm")
    said = re.sub(r"\bmidnight\b", "12 am", re.sub(r"\bnoon\b", "12 pm", said))
    return re.sub(r"\s+(?:through|until|to)\s+", " to ", said)


def _time(said: str, line: str) -> time:
    """A time with am or pm, or on the clock of 24 hours."""
    found = _TIME.match(said.strip())
    if found is None or not (found["half"] or found["minute"]):
        raise _unclear(line)
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half:
        if not 1 <= hour <= 12:
            raise _unclear(line)
        hour = hour % 12 + 12 * (half == "pm")
    if hour > 23 or minute > 59:
        raise _unclear(line)
    return time(hour, minute)


def _days(said: str, line: str) -> tuple[str, ...]:
    said = said.strip(" ,:")
    if said in EVERY_DAY:
        return WEEK
    numbers: set[int] = set()
    for part in re.split(r",\s*|\s+and\s+|\s*&\s*", re.sub(r"\s*(?:-|\bto\b)\s*", "-", said)):
        first, _, last = part.removeprefix("and ").partition("-")
        start = _day(first, line)
        end = _day(last, line) if last else start
        numbers |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
    return tuple(WEEK[number] for number in sorted(numbers))


def _day(said: str, line: str) -> int:
    said = said.strip(" .").removesuffix("s") if len(said.strip(" .")) > 5 else said.strip(" .")
    for number, name in enumerate(NAMES):
        if len(said) > 1 and name.lower().startswith(said):
            return number
    raise _unclear(line)


def _unclear(line: str) -> Refused:
    return Refused("hours_unclear", f"“{line.strip()}”: {HOURS_SAID}", field="hours")
