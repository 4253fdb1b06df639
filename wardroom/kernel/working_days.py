"""Which days count: a city's calendar, and the pauses in which a clock stands still."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wardroom.kernel.errors import Refused

SATURDAY = 5
ONE = timedelta(days=1)
PAUSED = "the clock stood still"


@dataclass(frozen=True)
class Calendar:
    """The hours, zone and holidays a city works by; ``holidays`` maps a day to its name.

    ``disputed`` are those of them that no statute names, such as Juneteenth.
    """

    code: str
    zone: str
    opens: time
    closes: time
    holidays: Mapping[date, str]
    disputed: frozenset[date] = frozenset()

    def undisputed(self) -> Calendar:
        """The same calendar without the days that no statute names."""
        kept = {d: name for d, name in self.holidays.items() if d not in self.disputed}
        return replace(self, holidays=kept, disputed=frozenset())

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
class Pause:
    """Days on which a clock stands still, both included; without an end it still stands."""

    since: date
    until: date | None
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise Refused("pause_reason", "Say why the clock is paused.", field="reason")
        if self.until is not None and self.until < self.since:
            raise Refused("bad_pause", "A pause ends on or after its first day.", field="until")

    def holds(self, day: date) -> bool:
        """Whether the clock stands still on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class ClockStandsStill(Exception):
    """An open pause was met before the last day was counted."""

    def __init__(self, pause: Pause, days_left: int) -> None:
        super().__init__(pause.reason)
        self.pause = pause
        self.days_left = days_left


@dataclass
class Days:
    """The days of a calendar as one clock walks them, with the pauses that it met."""

    calendar: Calendar
    pauses: tuple[Pause, ...]
    met: dict[Pause, int] = field(default_factory=dict)

    def closed_because(self, day: date) -> str | None:
        """Why the offices are closed on a day, or the clock stands still."""
        why = self.calendar.closed_because(day)
        return why if why is not None or self.pause_on(day) is None else PAUSED

    def pause_on(self, day: date) -> Pause | None:
        """The pause that holds on a day."""
        return next((p for p in self.pauses if p.holds(day)), None)

    def walk(
        self, day: date, days: int, closed: Callable[[date], str | None]
    ) -> tuple[date, tuple[Skipped, ...]]:
        """The day on which so many more days are counted; a paused day counts for none."""
        skipped = []
        while days > 0:
            day += ONE
            pause, why = self.pause_on(day), closed(day)
            if pause is not None:
                if pause.until is None:
                    raise ClockStandsStill(pause, days)
                self.met[pause] = self.met.get(pause, 0) + 1
                why = why or PAUSED
            if why is None:
                days -= 1
            else:
                skipped.append(Skipped(day, why))
        return day, tuple(skipped)

    def working(self, day: date, days: int) -> tuple[date, tuple[Skipped, ...]]:
        """So many working days later."""
        return self.walk(day, days, self.calendar.closed_because)
