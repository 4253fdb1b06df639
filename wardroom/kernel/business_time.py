"""Business time: when something is due, and the arithmetic that says why.

All day counting is done in the city's own local time, so that daylight saving cannot move
a due time by an hour or a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import clock as clock_text
from wardroom.kernel.text import ended
from wardroom.kernel.working_days import (
    ONE,
    PAUSED,
    Calendar,
    ClockStandsStill,
    Days,
    Pause,
    Skipped,
)

__all__ = [
    "MOST_DAYS",
    "NEVER_PAUSED",
    "Aim",
    "Calendar",
    "Clock",
    "Due",
    "Pause",
    "Skipped",
    "StandsStill",
    "due_date",
    "due_or_still",
]

MOST_DAYS = 4000


class Clock(StrEnum):
    """The ways a law or a promise counts."""

    PROMISE = "promise-hours"
    BUSINESS = "business-days"
    CALENDAR = "calendar-days"
    AFTER = "day-after-business-days"
    NOTICE = "hours-or-business-days"
    BEFORE = "hours-or-business-days-before"
    DAYS_BEFORE = "calendar-days-before"


NEVER_PAUSED = (Clock.NOTICE, Clock.BEFORE, Clock.DAYS_BEFORE)


class Aim(StrEnum):
    """What a date is for, where it hangs on a holiday that is only designated.

    A deadline is the earlier of the two days, so that nobody is late; the first day on
    which something may be done is the later, so that nobody is early.
    """

    PLAIN = "plain"
    DEADLINE = "deadline"
    EARLIEST = "earliest"


@dataclass(frozen=True)
class Due:
    """A due date that explains itself. Instants carry the city's zone."""

    due_at: datetime
    clock: Clock
    days: int
    started_at: datetime
    steps: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    rule: str = ""
    citation: str = ""

    @property
    def due_on(self) -> date:
        """The day it is due, on the city's calendar."""
        return self.due_at.date()

    def to_plain(self) -> dict[str, Any]:
        """The date with its whole explanation, as JSON-ready values to keep beside it."""
        return {
            "due_at": self.due_at.isoformat(),
            "clock": self.clock.value,
            "days": self.days,
            "started_at": self.started_at.isoformat(),
            "steps": list(self.steps),
            "skipped": [{"on": s.on.isoformat(), "why": s.why} for s in self.skipped],
            "rule": self.rule,
            "citation": self.citation,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """The date again, from what `to_plain` gave."""
        skipped = tuple(Skipped(date.fromisoformat(s["on"]), s["why"]) for s in plain["skipped"])
        return cls(
            due_at=datetime.fromisoformat(plain["due_at"]),
            clock=Clock(plain["clock"]),
            days=plain["days"],
            started_at=datetime.fromisoformat(plain["started_at"]),
            steps=tuple(plain["steps"]),
            skipped=skipped,
            rule=plain["rule"],
            citation=plain["citation"],
        )


@dataclass(frozen=True)
class StandsStill:
    """No due date now: the clock stands still, and why, and how many days are left."""

    since: date
    reason: str
    days_left: int
    steps: tuple[str, ...]


def due_date(
    start: datetime,
    *,
    days: int,
    clock: Clock,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    aim: Aim = Aim.PLAIN,
) -> Due:
    """When something is due that started at an instant, with its arithmetic.

    ``start`` is an instant with a zone, for a notice before a meeting the meeting's own;
    ``days`` is at least 1. ``aim`` says which day to take where it hangs on a disputed one.
    Refuses: a number of days under 1 or over 4,000; days before or after all calendars; a
    clock that stands still (`due_or_still` tells that apart); pauses of a notice period.
    """
    found = due_or_still(start, days=days, clock=clock, calendar=calendar, pauses=pauses, aim=aim)
    if isinstance(found, StandsStill):
        raise Refused("paused", found.steps[-1], field="pauses")
    return found


def due_or_still(
    start: datetime,
    *,
    days: int,
    clock: Clock,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    aim: Aim = Aim.PLAIN,
) -> Due | StandsStill:
    """The same, or why there is no due date while an open pause keeps the clock still.

    Refuses: the same, but a clock that stands still.
    """
    if not 1 <= days <= MOST_DAYS:
        raise Refused(
            "bad_days", f"Days must be a whole number from 1 to {MOST_DAYS}.", field="days"
        )
    pauses = tuple(sorted(pauses, key=lambda p: p.since))
    if pauses and clock in NEVER_PAUSED:
        raise Refused("no_pause", "A notice period cannot be paused.", field="pauses")
    try:
        found = _due(start, days, clock, calendar, pauses)
        if aim is Aim.PLAIN or not calendar.disputed or isinstance(found, StandsStill):
            return found
        other = _due(start, days, clock, calendar.undisputed(), pauses)
    except OverflowError:
        raise Refused("no_such_day", "That day is in no calendar.", field="start") from None
    assert isinstance(other, Due)
    return _chosen(found, other, calendar, aim)


def _due(
    start: datetime, days: int, clock: Clock, calendar: Calendar, pauses: tuple[Pause, ...]
) -> Due | StandsStill:
    local = calendar.local(start)
    count: Callable[[datetime, int, Days], Counted] = {
        Clock.PROMISE: _promise,
        Clock.BUSINESS: _business_days,
        Clock.CALENDAR: _calendar_days,
        Clock.AFTER: _day_after,
        Clock.NOTICE: _notice,
        Clock.BEFORE: _before,
        Clock.DAYS_BEFORE: _days_before,
    }[clock]
    walked = Days(calendar, pauses)
    try:
        due, steps, skipped = count(local, days, walked)
    except ClockStandsStill as still:
        return _stands_still(still, walked)
    skipped = tuple(sorted(skipped, key=lambda s: s.on))
    return Due(
        due_at=calendar.instant(due),
        clock=clock,
        days=days,
        started_at=calendar.instant(local),
        steps=(
            *steps,
            *_skip_lines(skipped),
            *_pause_lines(walked),
            ended(f"Due {_say(due)}"),
        ),
        skipped=skipped,
    )


def _chosen(found: Due, other: Due, calendar: Calendar, aim: Aim) -> Due:
    """The earlier or the later of two days, of which one skips the disputed holidays."""
    if found.due_at == other.due_at:
        return found
    deadline = aim is Aim.DEADLINE
    taken, left = sorted((found, other), key=lambda due: due.due_at, reverse=not deadline)
    first, last = sorted((found.started_at.date(), max(found.due_on, other.due_on)))
    first = min(first, found.due_on, other.due_on)
    names = ", ".join(
        f"{calendar.holidays[d]} ({_say_day(d)})"
        for d in sorted(calendar.disputed)
        if first <= d <= last
    )
    which = "a holiday" if left is found else "a working day"
    why = (
        "the earlier day is taken, so that nobody is late"
        if deadline
        else "the later day is taken, so that nobody acts too early"
    )
    line = f"No statute names {names}. Counted as {which}, it would be {_say(_wall(left))}: {why}."
    return replace(taken, steps=(*taken.steps[:-1], line, taken.steps[-1]))


def _wall(due: Due) -> datetime:
    return due.due_at.replace(tzinfo=None)


Counted = tuple[datetime, tuple[str, ...], tuple[Skipped, ...]]


def _promise(local: datetime, days: int, walked: Days) -> Counted:
    """A 311 promise, to the minute: in working hours to the same minute, else to closing time."""
    calendar = walked.calendar
    local = local.replace(second=0, microsecond=0)
    day, clock_time = local.date(), local.time()
    filed = f"Filed {_say(local)}"
    closed = walked.closed_because(day)
    if closed is None and calendar.opens < clock_time <= calendar.closes:
        due, skipped = walked.working(day, days)
        line = f"{filed}, in working hours: {_days(days)} later at the same minute."
        return datetime.combine(due, clock_time), (line,), skipped
    if closed is None and clock_time <= calendar.opens:
        due, skipped = walked.working(day, days - 1)
        line = f"{filed}, before opening: that day is day 1 of {days}, due at closing time."
        return datetime.combine(due, calendar.closes), (line,), skipped
    due, skipped = walked.working(day, days)
    why = "after closing" if closed is None else f"when the offices were closed ({closed})"
    line = f"{filed}, {why}: the next working day is day 1 of {days}, due at closing time."
    return datetime.combine(due, calendar.closes), (line,), skipped


def _business_days(local: datetime, days: int, walked: Days) -> Counted:
    due, skipped = walked.working(local.date(), days)
    line = (
        f"Received {_say_day(local.date())}: that is day 0; counting starts on the next "
        f"working day and runs {_days(days)}."
    )
    return datetime.combine(due, walked.calendar.closes), (line,), skipped


def _calendar_days(local: datetime, days: int, walked: Days) -> Counted:
    due, skipped = walked.walk(local.date(), days, lambda _: None)
    line = (
        f"Received {_say_day(local.date())}: that is day 0; every day counts, "
        f"weekends and holidays too, for {days} day{'s' if days != 1 else ''}."
    )
    return datetime.combine(due, walked.calendar.closes), (line,), skipped


def _day_after(local: datetime, days: int, walked: Days) -> Counted:
    """Close of business of the working day after a notice period of so many business days."""
    ends, skipped = walked.working(local.date(), days)
    due, then = walked.working(ends, 1)
    line = (
        f"Notice given {_say_day(local.date())}: that is day 0; the notice period of "
        f"{_days(days)} ends {_say_day(ends)}; the day after, at close of business, is the first."
    )
    return datetime.combine(due, walked.calendar.closes), (line,), (*skipped, *then)


def _notice(local: datetime, days: int, walked: Days) -> Counted:
    """The later of so many times 24 hours and so many business days."""
    to_day, skipped = walked.working(local.date(), days)
    by_days = datetime.combine(to_day, local.time())
    by_hours = _hours_on(local, 24 * days, walked.calendar)
    due = max(by_days, by_hours)
    line = (
        f"Given {_say(local)}: the later of {24 * days} hours ({_say(by_hours)}) and "
        f"{_days(days)} ({_say(by_days)})."
    )
    return due, (line,), skipped if due == by_days else ()


def _before(local: datetime, days: int, walked: Days) -> Counted:
    """The latest moment of a working day to give notice of what is at this time.

    The earlier of so many times 24 hours before and so many business days before, where the
    day of the meeting is the last of them if the offices work on it.
    """
    calendar = walked.calendar
    day, left, skipped = local.date(), days, []
    while left > 0 or not calendar.is_open(day):
        why = calendar.closed_because(day)
        if why is None:
            left -= 1
        else:
            skipped.append(Skipped(day, why))
        day -= ONE
    by_days = datetime.combine(day, local.time())
    by_hours = _hours_on(local, -24 * days, calendar)
    due = min(by_days, by_hours)
    line = (
        f"Meets {_say(local)}: notice no later than the earlier of {24 * days} hours before "
        f"({_say(by_hours)}) and {_days(days)} before ({_say(by_days)})."
    )
    return due, (line,), tuple(skipped) if due == by_days else ()


def _days_before(local: datetime, days: int, walked: Days) -> Counted:
    """The latest moment, so many calendar days before; by closing time at the latest."""
    day = local.date() - timedelta(days=days)
    line = (
        f"Meets {_say(local)}: notice no later than {days} day{'s' if days != 1 else ''} before, "
        "weekends and holidays counted."
    )
    return datetime.combine(day, min(local.time(), walked.calendar.closes)), (line,), ()


def _hours_on(local: datetime, hours: int, calendar: Calendar) -> datetime:
    """So many hours on or back, never fewer than that by the clock or by the sun.

    In a night of daylight saving the two differ by an hour; the longer of them is taken.
    """
    by_clock = local + timedelta(hours=hours)
    elapsed = calendar.instant(local).astimezone(UTC) + timedelta(hours=hours)
    by_sun = calendar.local(elapsed)
    return max(by_clock, by_sun) if hours > 0 else min(by_clock, by_sun)


def _stands_still(still: ClockStandsStill, walked: Days) -> StandsStill:
    pause = still.pause
    line = (
        f"The clock has been paused since {_say_day(pause.since)} ({pause.reason}); "
        f"{still.days_left} day{'s' if still.days_left != 1 else ''} are left when it goes on."
    )
    return StandsStill(pause.since, pause.reason, still.days_left, (*_pause_lines(walked), line))


def _pause_lines(walked: Days) -> tuple[str, ...]:
    return tuple(
        f"Paused from {_say_day(p.since)} to {_say_day(p.until)}: {p.reason} "
        f"({days} day{'s' if days != 1 else ''} passed)."
        for p, days in walked.met.items()
        if p.until is not None
    )


def _skip_lines(skipped: tuple[Skipped, ...]) -> tuple[str, ...]:
    weekend = sum(1 for s in skipped if s.why in {"Saturday", "Sunday"})
    plain = {*WEEKEND, PAUSED}
    lines = [f"Skipped {_say_day(s.on)}: {s.why}." for s in skipped if s.why not in plain]
    if weekend:
        lines.append(f"Skipped {weekend} weekend day{'s' if weekend != 1 else ''}.")
    return tuple(lines)


WEEKEND = frozenset({"Saturday", "Sunday"})


def _days(n: int) -> str:
    return f"{n} working day{'s' if n != 1 else ''}"


def _say_day(day: date) -> str:
    return f"{day:%A}, {day:%B} {day.day}, {day:%Y}"


def _say(local: datetime) -> str:
    return f"{_say_day(local.date())} at {clock_text(local.time())}"
