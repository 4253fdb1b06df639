"""How often trouble came back after it was closed, less what would have come anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from wardroom.analysis.definitions import Definition
from wardroom.analysis.folding import NEVER
from wardroom.analysis.proportions import LEVEL, Share, wilson_share
from wardroom.analysis.survival import Curve, curve

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
DAY = 86_400
HISTORY_DAYS = 365
WINDOW_DAYS: Mapping[str, int] = {
    "dumping": 14,
    "litter": 14,
    "alley": 14,
    "graffiti": 30,
    "pothole": 60,
    "rodent": 60,
    "streetlight": 30,
    "vacant": 90,
}

DEFINITION = Definition(
    "Came back",
    1,
    "Of the episodes that were closed long enough ago, the share where the same trouble began "
    "again at the same place within its window of days, less the share that the place's own "
    "earlier pace would have brought by chance. Reports before the closing are repeats.",
    "Closings with a new episode within the window, less those that chance would bring",
)


@dataclass(frozen=True)
class Recurrence:
    """The share that came back in its window, what chance would bring, and the difference.

    ``lower`` and ``upper`` bound the ``excess``, taking the episodes of one place as one witness.
    ``too_recent`` were closed less than their window ago, and ``too_early`` began before there
    was a full history to tell the place's pace from: neither is in the figure.
    """

    share: Share
    by_chance: float | None
    excess: float | None
    lower: float | None
    upper: float | None
    too_recent: int
    too_early: int


def next_beginning(place: Ints, family: Ints, opened: Ints, closed: Ints) -> Ints:
    """When the same trouble next began at the same place after each closing, shape (n,).

    Four columns of shape (n,), of one episode each, in seconds. `folding.NEVER` where none
    began. A beginning at the very second of the closing, or before it, is no recurrence.
    """
    if not len(place):
        return np.empty(0, dtype=np.int64)
    spot = _spots(place, family)
    base = int(opened.min()) - 1
    span = int(opened.max()) - base + 2
    key = np.sort(spot * span + (opened - base))
    after = spot * span + np.minimum(np.maximum(closed, opened) - base, span - 1)
    at = np.searchsorted(key, after, side="right")
    found = np.append(key, -1)[at]
    same = found // span == spot
    return np.where(same, found % span + base, NEVER)


def recurrence(
    place: Ints,
    family: Ints,
    opened: Ints,
    closed: Ints,
    window_days: Ints,
    *,
    as_of: int,
    since: int,
    chosen: Flags | None = None,
    level: float = LEVEL,
) -> Recurrence:
    """How often the episodes chosen came back, less chance.

    Columns of shape (n,) of all episodes, in seconds; ``window_days`` of shape (n,) is each one's
    own window; ``chosen`` marks whose recurrence is asked, all by default. ``since`` is where
    the records begin: a place's pace is its episodes in the 365 days before this one began.
    Chance is 1 - exp(-pace x window), in the form 1 - (1 - window / 365)^episodes, which is right
    on average where the pace has to be told from few episodes (Lehmann and Scheffe 1950).
    Raises ValueError for a window that is not between 1 and 365 days.
    """
    if len(window_days) and not 1 <= window_days.min() <= window_days.max() <= HISTORY_DAYS:
        raise ValueError("A window is 1 to 365 days.")
    window = window_days * DAY
    done = closed <= as_of
    if chosen is not None:
        done &= chosen
    ripe = done & (closed + window <= as_of)
    early = ripe & (opened - HISTORY_DAYS * DAY < since)
    cohort = np.flatnonzero(ripe & ~early)
    came = (next_beginning(place, family, opened, closed) - closed <= window)[cohort]
    share = wilson_share(int(came.sum()), len(cohort), level=level)
    recent, early_ones = int((done & ~ripe).sum()), int(early.sum())
    if not len(cohort):
        return Recurrence(share, None, None, None, None, recent, early_ones)
    before = _earlier_episodes(place, family, opened, cohort)
    chance = 1 - (1 - window_days[cohort] / HISTORY_DAYS) ** before
    gap = came - chance
    excess = float(gap.mean())
    half = max(_half_width(gap, place[cohort], level), (share.upper - share.lower) / 2)
    return Recurrence(
        share, float(chance.mean()), excess, excess - half, excess + half, recent, early_ones
    )


def time_until_back(place: Ints, family: Ints, opened: Ints, closed: Ints, *, as_of: int) -> Curve:
    """The curve of days from closing until the same trouble began again at the same place.

    What has not come back by ``as_of`` counts for as long as it stayed away, so that closings of
    last week can be used too; `Curve.closed_by` is then the share that was back by that day.
    """
    done = closed <= as_of
    again = next_beginning(place, family, opened, closed)[done]
    end = np.minimum(again, as_of)
    return curve((end - closed[done]) / DAY, again <= as_of)


def _spots(place: Ints, family: Ints) -> Ints:
    """A number for each place and family together, shape (n,)."""
    _, where = np.unique(place, return_inverse=True)
    _, what = np.unique(family, return_inverse=True)
    return where.astype(np.int64) * (int(what.max()) + 1) + what


def _earlier_episodes(place: Ints, family: Ints, opened: Ints, cohort: Ints) -> Ints:
    """How many episodes began there in the history before each one of the cohort began."""
    spot = _spots(place, family)
    base = int(opened.min()) - HISTORY_DAYS * DAY
    span = int(opened.max()) - base + 1
    key = np.sort(spot * span + (opened - base))
    own = (spot * span + (opened - base))[cohort]
    upto = np.searchsorted(key, own, side="left")
    return upto - np.searchsorted(key, own - HISTORY_DAYS * DAY, side="left")


def _half_width(gap: Floats, place: Ints, level: float) -> float:
    """Half the interval of a mean gap whose witnesses are places."""
    _, which = np.unique(place, return_inverse=True)
    sums = np.bincount(which, weights=gap - gap.mean())
    if len(sums) < 2:
        return 1.0
    z = float(stats.norm.ppf(0.5 + level / 2))
    grow = len(sums) / (len(sums) - 1)
    return z * float(np.sqrt((sums**2).sum() * grow)) / len(gap)
