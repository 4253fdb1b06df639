"""When a service is open, by the city's own clock: now, next, and in words.

A span that ends before it begins goes on into the next day. On a legal holiday only what is
open around the clock every day counts as open, and what has hours for that very day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
LOOK_AHEAD = 21
FEW_DAYS = 7
MIDNIGHT, LAST_MINUTE = time(0), time(23, 59)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """A span that comes back on some days; without hours it only says words."""

    opens: time | None
    closes: time | None
    days: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    freq: str = "WEEKLY"
    interval: int = 1
    first_on: date | None = None
    last_on: date | None = None
    starts_on: date | None = None
    words: str = ""

    @property
    def around_the_clock(self) -> bool:
        """Whether it is never closed."""
        if self.opens is None or self.closes is None or not self._every_day:
            return False
        return self.opens == self.closes or (self.opens == MIDNIGHT and self.closes >= LAST_MINUTE)

    @property
    def _every_day(self) -> bool:
        return self.freq == "WEEKLY" and self.interval == 1 and set(self.days) >= set(WEEK)

    @property
    def is_for_a_few_days(self) -> bool:
        """Whether it was written down for some special days only."""
        if self.first_on is None or self.last_on is None:
            return False
        return (self.last_on - self.first_on).days < FEW_DAYS


@dataclass(frozen=True)
class Standing:
    """Whether it is open, until when or from when, and what stands in the way."""

    is_open: bool
    until: datetime | None = None
    opens: datetime | None = None
    holiday: str = ""
    known: bool = True


def standing(
    hours: Sequence[Hours], at: datetime, holidays: Mapping[date, str] | None = None
) -> Standing:
    """How it stands at a time on the city's clocks, which carries no zone; not known without hours.

    Clocks that are put back or on move no opening time: all is counted on the wall.
    """
    shut = holidays or {}
    timed = [one for one in hours if one.opens is not None and one.closes is not None]
    if not timed:
        return Standing(is_open=False, known=False)
    today = at.date()
    running = [
        end
        for day in (today - DAY, today)
        for start, end in spans_on(timed, day, shut)
        if start <= at < end
    ]
    holiday = shut.get(today, "")
    if running:
        forever = any(one.around_the_clock for one in timed)
        return Standing(is_open=True, until=None if forever else max(running))
    later = (
        start
        for ahead in range(LOOK_AHEAD)
        for start, _ in spans_on(timed, today + ahead * DAY, shut)
        if start > at
    )
    return Standing(is_open=False, opens=next(later, None), holiday=holiday)


def spans_on(
    hours: Iterable[Hours], day: date, holidays: Mapping[date, str]
) -> list[tuple[datetime, datetime]]:
    """From when to when it is open, of the spans that begin on a day, in order."""
    on = [one for one in hours if falls_on(one, day)]
    special = [one for one in on if one.is_for_a_few_days]
    if special:
        on = special
    elif day in holidays:
        on = [one for one in on if one.around_the_clock]
    return sorted(
        (
            datetime.combine(day, one.opens),
            datetime.combine(day if one.closes > one.opens else day + DAY, one.closes),
        )
        for one in on
        if one.opens is not None and one.closes is not None
    )


def falls_on(hours: Hours, day: date) -> bool:
    """Whether a span begins on a day."""
    if (hours.first_on and day < hours.first_on) or (hours.last_on and day > hours.last_on):
        return False
    if hours.starts_on and day < hours.starts_on:
        return False
    if hours.freq == "MONTHLY":
        return _falls_in_month(hours, day)
    if hours.days and WEEK[day.weekday()] not in hours.days:
        return False
    if hours.interval > 1 and hours.starts_on:
        monday = day - day.weekday() * DAY
        first = hours.starts_on - hours.starts_on.weekday() * DAY
        return (monday - first).days // 7 % hours.interval == 0
    return True


def _falls_in_month(hours: Hours, day: date) -> bool:
    if hours.interval > 1 and hours.starts_on:
        months = (day.year - hours.starts_on.year) * 12 + day.month - hours.starts_on.month
        if months % hours.interval:
            return False
    length = ((day.replace(day=1) + 31 * DAY).replace(day=1) - day.replace(day=1)).days
    if hours.month_days and not {day.day, day.day - length - 1} & set(hours.month_days):
        return False
    if not hours.days:
        return bool(hours.month_days)
    code, nth, back = WEEK[day.weekday()], (day.day - 1) // 7 + 1, (day.day - length) // 7 - 1
    return any(
        one in (code, f"{nth}{code}", f"+{nth}{code}", f"{back}{code}") for one in hours.days
    )


def in_order(hours: Iterable[Hours]) -> list[Hours]:
    """The hours as a week goes on; what has no days comes last."""
    return sorted(hours, key=begins)


def begins(hours: Hours) -> tuple[int, time]:
    """Where in a week a span comes first; the end of the week where it has no days."""
    days = [WEEK.index(code[-2:]) for code in hours.days]
    return min(days, default=len(WEEK)), hours.opens or MIDNIGHT


def in_words(hours: Sequence[Hours]) -> tuple[str, ...]:
    """The hours as a person would say them, one line for each span."""
    merged: dict[tuple[object, ...], list[Hours]] = {}
    for one in hours:
        key = (one.opens, one.closes, one.freq, one.interval, one.first_on, one.last_on, one.words)
        merged.setdefault(key, []).append(one)
    return tuple(_line(same) for same in merged.values())


def _line(same: Sequence[Hours]) -> str:
    one = same[0]
    if one.opens is None or one.closes is None:
        return one.words or "By appointment"
    days = tuple(code for each in same for code in each.days)
    if one.around_the_clock:
        said = "Every day, around the clock"
    else:
        said = f"{_days(one, days)}, {clock_words(one.opens)} to {clock_words(one.closes)}"
    if one.first_on and one.last_on:
        said += f", from {_day(one.first_on)} to {_day(one.last_on)}"
    elif one.last_on:
        said += f", until {_day(one.last_on)}"
    elif one.first_on:
        said += f", from {_day(one.first_on)}"
    return f"{said} ({one.words})" if one.words else said


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _days(one: Hours, days: tuple[str, ...]) -> str:
    if one.freq == "MONTHLY":
        parts = [_nth(code) for code in days]
        parts += ["the last day" if n == -1 else f"day {n}" for n in one.month_days]
        return _sentence(f"{_joined(parts)} of the month")
    every = {1: "", 2: "every other week on "}.get(one.interval, f"every {one.interval} weeks on ")
    numbers = sorted({WEEK.index(code) for code in days}) or list(range(7))
    if len(numbers) == 7:
        return _sentence(f"{every}every day")
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return _sentence(every + _joined([part for run in runs for part in _run(run)]))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _run(run: list[int]) -> list[str]:
    if len(run) > 2:
        return [f"{NAMES[run[0]]} to {NAMES[run[-1]]}"]
    return [NAMES[number] for number in run]


def _nth(code: str) -> str:
    name = NAMES[WEEK.index(code[-2:])]
    return (
        f"{NTH[int(code[:-2])]} {name}" if code[:-2] and int(code[:-2]) in NTH else f"every {name}"
    )


def _joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def clock_words(at: time) -> str:
    """A time as people say it: 9 a.m., 12:30 p.m., noon, midnight."""
    if at.minute == 0 and at.hour in (0, 12):
        return "midnight" if at.hour == 0 else "noon"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes} {'a.m.' if at.hour < 12 else 'p.m.'}"


def open_words(now: Standing, local: datetime) -> str:
    """Whether it is open, in words, at a time on the city's clocks."""
    if not now.known:
        return "Hours not known"
    if now.is_open:
        if now.until is None:
            return "Open around the clock"
        day = "" if now.until.date() == local.date() else f" on {now.until:%A}"
        return f"Open until {clock_words(now.until.time())}{day}"
    why = f"Closed for {now.holiday}" if now.holiday else "Closed now"
    if now.opens is None:
        return why
    days = (now.opens.date() - local.date()).days
    day = "today" if days == 0 else "tomorrow" if days == 1 else f"{now.opens:%A}"
    day = day if days < 7 else f"{now.opens:%A, %B} {now.opens.day}"
    return f"{why}, opens {day} at {clock_words(now.opens.time())}"
