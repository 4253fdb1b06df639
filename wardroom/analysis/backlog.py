"""What is open, how old it is, and whether it is growing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.definitions import Definition
from wardroom.analysis.folding import NEVER

Ints = NDArray[np.int64]
DAY = 86_400
BANDS = ("0 to 7 days", "8 to 30 days", "31 to 90 days", "91 to 365 days", "over a year")
LAST_DAYS = np.array([7, 30, 90, 365])
OLDEST = 10
STEADY_BETWEEN = (0.8, 1.25)

DEFINITION = Definition(
    "Backlog",
    1,
    "What is open on this day, by age in whole days; what came in less what was closed; and how "
    "many days the open work would take at the pace of this period.",
    "Counts on the day, and before it; checked after Little 1961",
)


@dataclass(frozen=True)
class Backlog:
    """What is open at the end of a period, and what flowed in and out in it.

    ``by_age`` and ``by_overdue`` follow `BANDS`, shape (5,). ``oldest`` gives up to 10 of the n
    requests, the oldest first. ``clearance`` is out over in, ``days_of_work`` the open ones over
    the daily out; None where nothing came in, or went out.
    """

    open: int
    by_age: Ints
    by_overdue: Ints
    not_yet_due: int
    without_due: int
    oldest: Ints
    came_in: int
    went_out: int
    clearance: float | None
    days_of_work: float | None

    @property
    def net_flow(self) -> int:
        """What came in less what went out: over 0 where the backlog grows."""
        return self.came_in - self.went_out


@dataclass(frozen=True)
class LittleCheck:
    """The mean number open, beside what the arrivals and the waits of those closed imply.

    ``steady`` where the two are about the same. Otherwise the times of what was closed do not
    show how long things take. ``ratio`` is implied over open; None where nothing was open.
    """

    mean_open: float
    arrivals_a_day: float
    mean_days: float | None
    ratio: float | None
    steady: bool


def backlog(opened: Ints, closed: Ints, due: Ints, *, since: int, as_of: int) -> Backlog:
    """The backlog at ``as_of``, and the flow of the period that began at ``since``.

    Columns of shape (n,) in seconds; `folding.NEVER` for still open and for no due date. Raises
    ValueError where the period is empty.
    """
    days = _length(since, as_of)
    is_open = (opened <= as_of) & (closed > as_of)
    number = int(is_open.sum())
    late = is_open & (due <= as_of)
    came_in = int(((opened > since) & (opened <= as_of)).sum())
    went_out = int(((closed > since) & (closed <= as_of)).sum())
    which = np.flatnonzero(is_open)
    return Backlog(
        open=number,
        by_age=_bands(as_of - opened[is_open]),
        by_overdue=_bands(as_of - due[late]),
        not_yet_due=int((is_open & (due > as_of) & (due < NEVER)).sum()),
        without_due=int((is_open & (due >= NEVER)).sum()),
        oldest=which[np.argsort(opened[which], kind="stable")][:OLDEST],
        came_in=came_in,
        went_out=went_out,
        clearance=went_out / came_in if came_in else None,
        days_of_work=number / (went_out / days) if went_out else None,
    )


def little_check(opened: Ints, closed: Ints, *, since: int, as_of: int) -> LittleCheck:
    """Whether mean open = arrivals a day x mean days to close, as where nothing piles up.

    Columns of shape (n,) in seconds. Source: Little 1961.
    """
    days = _length(since, as_of)
    inside = np.minimum(closed, as_of) - np.maximum(opened, since)
    mean_open = float(np.maximum(inside, 0).sum()) / DAY / days
    arrivals = int(((opened > since) & (opened <= as_of)).sum()) / days
    done = (closed > since) & (closed <= as_of)
    mean_days = float((closed - opened)[done].mean()) / DAY if done.any() else None
    ratio = arrivals * mean_days / mean_open if mean_days is not None and mean_open else None
    lo, hi = STEADY_BETWEEN
    return LittleCheck(
        mean_open, arrivals, mean_days, ratio, ratio is not None and lo <= ratio <= hi
    )


def _bands(age: Ints) -> Ints:
    """How many fall in each of `BANDS`, by whole days."""
    band = np.searchsorted(LAST_DAYS, age // DAY, side="left")
    return np.bincount(band, minlength=len(BANDS)).astype(np.int64)


def _length(since: int, as_of: int) -> float:
    if as_of <= since:
        raise ValueError("A period ends after it begins.")
    return (as_of - since) / DAY
