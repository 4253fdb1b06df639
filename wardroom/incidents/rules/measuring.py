"""How soon an incident was had, and reported on: what counts, and how long. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wardroom.analysis.definitions import INCIDENT_ANSWER, INCIDENT_REPORT, Definition
from wardroom.incidents.rules.critical import INCIDENT_KINDS

ANSWER, REPORT = "answer", "report"
IN_ERROR = "opened_in_error"
CLOCKS: Mapping[str, Definition] = {ANSWER: INCIDENT_ANSWER, REPORT: INCIDENT_REPORT}
SOON, HOUR = timedelta(minutes=15), timedelta(minutes=60)
LIMITS: Mapping[str, timedelta] = {"15": SOON, "60": HOUR}
MINUTE = 60.0


@dataclass(frozen=True)
class Timed:
    """The times of one incident; ``ended_at`` is when it was closed."""

    kind_code: str
    opened_at: datetime
    taken_at: datetime | None
    first_report_at: datetime | None
    ended_at: datetime | None

    def done_at(self, clock: str) -> datetime | None:
        """When what a clock waits for was there; none where it never was."""
        return self.taken_at if clock == ANSWER else self.first_report_at


@dataclass(frozen=True)
class Waited:
    """How many minutes something was waited for, and whether it came."""

    minutes: float
    came: bool


@dataclass(frozen=True)
class Quantiles:
    """The minutes within which half, and nine of ten, were; none where that cannot be told."""

    median: float | None
    slowest_tenth: float | None


@dataclass(frozen=True)
class ClockTimes:
    """One clock over some incidents: how long, how many never, and within which limits.

    ``within`` holds for each limit how many of how many: of those for which it can be told.
    """

    number: int
    never: int
    quantiles: Quantiles
    within: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class TimesRow:
    """Some incidents: a month, a kind, or all of them, with both clocks."""

    key: str
    label: str
    answer: ClockTimes
    report: ClockTimes


Estimator = Callable[[Iterable[Waited]], Quantiles]


def waited(one: Timed, clock: str, *, now: datetime) -> Waited:
    """How long was waited: until it came, or until the incident ended or now."""
    done = one.done_at(clock)
    until = done or min(one.ended_at or now, now)
    return Waited(max(0.0, (until - one.opened_at).total_seconds()) / MINUTE, done is not None)


def is_within(one: Timed, clock: str, limit: timedelta, *, now: datetime) -> bool | None:
    """Whether it came within a limit; none where it waits still and the limit is to come."""
    done = one.done_at(clock)
    if done is not None:
        return done - one.opened_at <= limit
    over = one.ended_at is not None or now - one.opened_at > limit
    return False if over else None


def times_of(rows: list[Timed], clock: str, *, now: datetime, estimate: Estimator) -> ClockTimes:
    """One clock over these incidents."""
    told = {
        name: [is_within(one, clock, limit, now=now) for one in rows]
        for name, limit in LIMITS.items()
    }
    seen = [waited(one, clock, now=now) for one in rows]
    return ClockTimes(
        number=len(rows),
        never=sum(not one.came for one in seen),
        quantiles=estimate(seen),
        within={
            name: (sum(x is True for x in found), sum(x is not None for x in found))
            for name, found in told.items()
        },
    )


def row_of(
    key: str, label: str, rows: list[Timed], *, now: datetime, estimate: Estimator
) -> TimesRow:
    """Both clocks over these incidents, under a name."""
    answer, report = (
        times_of(rows, clock, now=now, estimate=estimate) for clock in (ANSWER, REPORT)
    )
    return TimesRow(key, label, answer, report)


def kind_label(code: str) -> str:
    """What a kind of incident is called; an older code is told as it is."""
    kind = INCIDENT_KINDS.get(code)
    return kind.label if kind is not None else code


def first_of_month(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)
