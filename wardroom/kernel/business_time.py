"""Business time: when something is due, and the arithmetic that says why.

All day counting is done in the city's own local time, so that daylight saving cannot move
a due time by an hour or a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from wardroom.kernel.errors import Refused

SATURDAY = 5
MOST_DAYS = 4000
ONE = timedelta(days=1)


class Clock(StrEnum):
    """The ways a law or a promise counts."""

    PROMISE = "promise-hours"
    BUSINESS = "business-days"
    CALENDAR = "calendar-days"
    NOTICE = "hours-or-business-days"


@dataclass(frozen=True)
class Calendar:
    """The hours, zone and holidays a city works by; ``holidays`` maps a day to its name."""

    code: str
    zone: str
    opens: time
    closes: time
    holidays: Mapping[date, str]

    def closed_because(self, day: date) -> str | None:
        """Why the offices are closed on a day, or None where they are open."""
        if day in self.holidays:
            return self.holidays[day]
        return f"{day:%A}" if day.weekday() >= SATURDAY else None

    def is_open(self, day: date) -> bool:
        """Whether the offices work on a day."""
        return self.closed_because(day) is None

    def local(self, at: datetime) -> datetime:
        """An instant as the city's clocks show it, without its zone."""
        return at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def instant(self, local: datetime) -> datetime:
        """A local time as an instant; of two in an autumn night, the first."""
        return local.replace(tzinfo=ZoneInfo(self.zone))


@dataclass(frozen=True)
class Skipped:
    """A day that did not count, and why."""

    on: date
    why: str


@dataclass(frozen=True)
class Due:
    """A due date that explains itself. Instants carry the city's zone."""

    due_at: datetime
    clock: Clock
    days: int
    started_at: datetime
    steps: tuple[str, ...]
    skipped: tuple[Skipped, ...]

    @property
    def due_on(self) -> date:
        """The day it is due, on the city's calendar."""
        return self.due_at.date()


def due_date(start: datetime, *, days: int, clock: Clock, calendar: Calendar) -> Due:
    """When something is due that started at an instant, with its arithmetic.

    ``start`` is an instant with a zone; ``days`` is at least 1.
    Refuses: a number of days under 1 or over 4,000; days before or after all calendars.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Refused(
            "bad_days", f"Days must be a whole number from 1 to {MOST_DAYS}.", field="days"
        )
    try:
        return _due(start, days, clock, calendar)
    except OverflowError:
        raise Refused("no_such_day", "That day is in no calendar.", field="start") from None


def _due(start: datetime, days: int, clock: Clock, calendar: Calendar) -> Due:
    local = calendar.local(start)
    count = {
        Clock.PROMISE: _promise,
        Clock.BUSINESS: _business_days,
        Clock.CALENDAR: _calendar_days,
        Clock.NOTICE: _notice,
    }[clock]
    due, steps, skipped = count(local, days, calendar)
    return Due(
        due_at=calendar.instant(due),
        clock=clock,
        days=days,
        started_at=calendar.instant(local),
        steps=(*steps, *_skip_lines(skipped), f"Due {_say(due)}."),
        skipped=skipped,
    )


Counted = tuple[datetime, tuple[str, ...], tuple[Skipped, ...]]


def _promise(local: datetime, days: int, calendar: Calendar) -> Counted:
    """A 311 promise, to the minute: in working hours to the same minute, else to closing time."""
    local = local.replace(second=0, microsecond=0)
    day, clock_time = local.date(), local.time()
    filed = f"Filed {_say(local)}"
    closed = calendar.closed_because(day)
    if closed is None and calendar.opens < clock_time <= calendar.closes:
        due, skipped = _walk(day, days, calendar)
        line = f"{filed}, in working hours: {_days(days)} later at the same minute."
        return datetime.combine(due, clock_time), (line,), skipped
    if closed is None and clock_time <= calendar.opens:
        due, skipped = _walk(day, days - 1, calendar)
        line = f"{filed}, before opening: that day is day 1 of {days}, due at closing time."
        return datetime.combine(due, calendar.closes), (line,), skipped
    due, skipped = _walk(day, days, calendar)
    why = "after closing" if closed is None else f"when the offices were closed ({closed})"
    line = f"{filed}, {why}: the next working day is day 1 of {days}, due at closing time."
    return datetime.combine(due, calendar.closes), (line,), skipped


def _business_days(local: datetime, days: int, calendar: Calendar) -> Counted:
    due, skipped = _walk(local.date(), days, calendar)
    line = (
        f"Received {_say_day(local.date())}: that is day 0; counting starts on the next "
        f"working day and runs {_days(days)}."
    )
    return datetime.combine(due, calendar.closes), (line,), skipped


def _calendar_days(local: datetime, days: int, calendar: Calendar) -> Counted:
    due = local.date() + timedelta(days=days)
    line = (
        f"Received {_say_day(local.date())}: that is day 0; every day counts, "
        f"weekends and holidays too, for {days} day{'s' if days != 1 else ''}."
    )
    return datetime.combine(due, calendar.closes), (line,), ()


def _notice(local: datetime, days: int, calendar: Calendar) -> Counted:
    """The later of so many times 24 hours and so many business days."""
    walked, skipped = _walk(local.date(), days, calendar)
    by_days = datetime.combine(walked, local.time())
    by_hours = local + timedelta(hours=24 * days)
    due = max(by_days, by_hours)
    line = (
        f"Given {_say(local)}: the later of {24 * days} hours ({_say(by_hours)}) and "
        f"{_days(days)} ({_say(by_days)})."
    )
    return due, (line,), skipped if due == by_days else ()


def _walk(day: date, days: int, calendar: Calendar) -> tuple[date, tuple[Skipped, ...]]:
    skipped = []
    while days > 0:
        day += ONE
        why = calendar.closed_because(day)
        if why is None:
            days -= 1
        else:
            skipped.append(Skipped(day, why))
    return day, tuple(skipped)


def _skip_lines(skipped: tuple[Skipped, ...]) -> tuple[str, ...]:
    weekend = sum(1 for s in skipped if s.why in {"Saturday", "Sunday"})
    lines = [f"Skipped {_say_day(s.on)}: {s.why}." for s in skipped if s.why not in WEEKEND]
    if weekend:
        lines.append(f"Skipped {weekend} weekend day{'s' if weekend != 1 else ''}.")
    return tuple(lines)


WEEKEND = frozenset({"Saturday", "Sunday"})


def _days(n: int) -> str:
    return f"{n} working day{'s' if n != 1 else ''}"


def _say_day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _say(local: datetime) -> str:
    return f"{_say_day(local.date())} at {local:%H:%M}"
