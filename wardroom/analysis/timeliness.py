"""Done on time: of what should be done by now, and by the first promise that was made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.definitions import Definition
from wardroom.analysis.folding import NEVER
from wardroom.analysis.proportions import LEVEL, Share, wilson_share

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
DAY = 86_400
LONG_PROMISE_DAYS = 60
FEW = 100

ON_TIME = Definition(
    "On time",
    1,
    "Of the requests that were due by this day, the share that was resolved by then. Those still "
    "open count as late. Duplicates, transfers and tests are left out.",
    "Share of what has come due; interval by Wilson 1927",
)
CITY_STYLE = Definition(
    "On time as the city counts it",
    1,
    "All requests less those that are late, over all requests. Requests not yet due, and those "
    "without a due date, count as met. For comparing with the city's own figure only.",
    "As cities usually count it",
)


@dataclass(frozen=True)
class OnTime:
    """The matured share, and everything that is not in it."""

    share: Share
    resolved_late: int
    overdue_open: int
    not_yet_due: int
    without_due: int
    left_out: int


@dataclass(frozen=True)
class CityStyle:
    """The figure as the city counts it, beside the share resolved, with what makes it doubtful."""

    value: float | None
    of: int
    resolved: float | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class PromiseKept:
    """The share kept by the first promise; ``moved`` of them were promised again for later.

    ``by_current_promise`` is what the last promise would have made of it: never the measure.
    """

    share: Share
    moved: int
    by_current_promise: Share


def on_time(
    due: Ints,
    resolved: Ints,
    *,
    as_of: int,
    left_out: Flags | None = None,
    level: float = LEVEL,
) -> OnTime:
    """Of the requests due by ``as_of``, how many were resolved when they were due.

    ``due`` and ``resolved`` have shape (n,) in seconds, `folding.NEVER` where there is none.
    ``left_out`` marks duplicates, transfers and tests.
    """
    counted = np.ones(len(due), dtype=np.bool_) if left_out is None else ~left_out
    matured = counted & (due <= as_of)
    done = matured & (resolved <= as_of)
    met = done & (resolved <= due)
    promised = due < NEVER
    return OnTime(
        share=wilson_share(int(met.sum()), int(matured.sum()), level=level),
        resolved_late=int((done & ~met).sum()),
        overdue_open=int((matured & ~done).sum()),
        not_yet_due=int((counted & promised & ~matured).sum()),
        without_due=int((counted & ~promised).sum()),
        left_out=int((~counted).sum()),
    )


def city_style(opened: Ints, due: Ints, resolved: Ints, *, as_of: int) -> CityStyle:
    """The figure as the city counts it: one less what is late, over everything.

    All have shape (n,) in seconds. Three things make it doubtful: it is more than 40 points over
    the share resolved; due dates are more than 60 days out, nearly all is on time and little is
    resolved; or there are fewer than 100 and all of them, or none, are on time.
    """
    n = len(due)
    if not n:
        return CityStyle(None, 0, None, ())
    done = resolved <= as_of
    late = int((done & (resolved > due)).sum()) + int((~done & (due <= as_of)).sum())
    value, share = 1 - late / n, float(done.mean())
    promised = due < NEVER
    days = float(np.median((due - opened)[promised])) / DAY if promised.any() else 0.0
    warnings = []
    if value - share > 0.40:
        warnings.append("It is more than 40 points over the share of requests that are resolved.")
    if days > LONG_PROMISE_DAYS and value >= 0.99 and share < 0.30:
        warnings.append(
            f"Half of these requests have {days:.0f} days or more to be done, so few can be late."
        )
    if n < FEW and late in (0, n):
        warnings.append(f"{n} requests are too few for a figure of 0 or 100 percent.")
    return CityStyle(value, n, share, tuple(warnings))


def promise_kept(
    first_promised: Ints,
    current_promised: Ints,
    done: Ints,
    *,
    as_of: int,
    level: float = LEVEL,
) -> PromiseKept:
    """Of the asks whose first promised instant has passed, how many were done by it.

    All have shape (n,) in seconds, `folding.NEVER` where there is none.
    """
    first = on_time(first_promised, done, as_of=as_of, level=level)
    matured = first_promised <= as_of
    current = on_time(current_promised, done, as_of=as_of, level=level)
    moved = int((matured & (current_promised > first_promised)).sum())
    return PromiseKept(first.share, moved, current.share)
