"""Closing by the dozen: closures that look like clearing a list rather than fixing things."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.definitions import Definition
from wardroom.analysis.proportions import Share, wilson_share

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
DAY, MINUTE = 86_400, 60
BURST = 5
TIMES_USUAL = 3.0
FEWEST_DAYS = 28
NOBODY = -1

DEFINITION = Definition(
    "Closed in bulk",
    1,
    "Closures that one person made five or more of in a minute, or that five or more share to "
    "the second, and days with over three times as many as on all but the busiest days. "
    "It shows where to look; it proves nothing.",
    "Our own rule of thumb: it asks a question and proves nothing",
)


@dataclass(frozen=True)
class Burst:
    """So many closures at once, beginning at ``at``; ``by`` is `NOBODY` where no one is named."""

    at: int
    by: int
    number: int


@dataclass(frozen=True)
class BusyDay:
    """A day, in days since 1970, its closures, and how many 19 days in 20 stay within."""

    day: int
    number: int
    usual_most: float


@dataclass(frozen=True)
class BulkClosing:
    """What stands out among n closures; ``in_bulk`` of shape (n,) marks those in it.

    ``has_clock`` is False where most closures bear no time of day: seconds and minutes then say
    nothing, and are not judged. ``proven`` is the share with a note or a photograph.
    """

    by_one_person: tuple[Burst, ...]
    same_second: tuple[Burst, ...]
    busy_days: tuple[BusyDay, ...]
    in_bulk: Flags
    has_clock: bool
    proven: Share


def bulk_closing(closed_at: Ints, closed_by: Ints, has_proof: Flags) -> BulkClosing:
    """Look for bulk among n closures, in any order.

    All have shape (n,): local wall time in seconds since 1970; a number for who closed it, or
    `NOBODY`; whether there is a note or a photograph. Days are judged from 28 days on.
    """
    n = len(closed_at)
    in_bulk = np.zeros(n, dtype=np.bool_)
    has_clock = bool(n) and float((closed_at % DAY == 0).mean()) <= 0.5
    by_one: tuple[Burst, ...] = ()
    seconds: tuple[Burst, ...] = ()
    if has_clock:
        named = np.flatnonzero(closed_by != NOBODY)
        minute = closed_at[named] // MINUTE * MINUTE
        by_one = _bursts(minute, closed_by[named], named, in_bulk)
        every = np.arange(n)
        seconds = _bursts(closed_at, np.full(n, NOBODY), every, in_bulk)
    days = _busy_days(closed_at // DAY)
    in_bulk |= np.isin(closed_at // DAY, [d.day for d in days])
    proven = wilson_share(int(has_proof.sum()), n)
    return BulkClosing(by_one, seconds, days, in_bulk, has_clock, proven)


def _bursts(at: Ints, by: Ints, which: Ints, in_bulk: Flags) -> tuple[Burst, ...]:
    """Where one instant and person holds at least `BURST`; marks them in ``in_bulk``."""
    if not len(at):
        return ()
    order = np.lexsort((by, at))
    at, by = at[order], by[order]
    new = np.concatenate([[True], (at[1:] != at[:-1]) | (by[1:] != by[:-1])])
    first = np.flatnonzero(new)
    size = np.diff(np.append(first, len(at)))
    large = size >= BURST
    in_bulk[which[order[large[np.cumsum(new) - 1]]]] = True
    rows = zip(at[first[large]], by[first[large]], size[large], strict=True)
    return tuple(Burst(int(t), int(who), int(number)) for t, who, number in rows)


def _busy_days(day: Ints) -> tuple[BusyDay, ...]:
    """Days with over three times the 95th percentile of the other days between first and last."""
    if not len(day) or int(day.max()) - int(day.min()) + 1 < FEWEST_DAYS:
        return ()
    number = np.bincount(day - day.min())
    found = []
    for at in np.flatnonzero(number > TIMES_USUAL * np.median(number)):
        usual = float(np.percentile(np.delete(number, at), 95))
        if number[at] > TIMES_USUAL * max(usual, 1.0):
            found.append(BusyDay(int(day.min() + at), int(number[at]), usual))
    return tuple(found)
