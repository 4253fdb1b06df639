"""How long requests were watched, from the instants in the city's own records.

The records hold negative times, closures within minutes and requests that went to another
agency; each is treated by rule, and counted, before any curve is drawn.
Source: field notes, sections 3.3 and 6.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
DAY = 86_400
QUICK_SECONDS = 15 * 60


@dataclass(frozen=True)
class Durations:
    """Days watched and whether closed then, shape (kept,); ``at`` says which of the n are kept.

    ``entry`` is the age in days at which watching began: over 0 for what was open already when
    the records begin. ``quick`` counts closures within 15 minutes, which are for the audit and
    are taken for still open then; ``backwards`` those closed before they were opened, and
    ``unseen`` those closed before the records begin or opened after the day: both left out.
    """

    at: Ints
    days: Floats
    closed: Flags
    entry: Floats
    quick: int
    backwards: int
    unseen: int


def watched(
    opened: Ints,
    closed: Ints,
    *,
    as_of: int,
    since: int | None = None,
    moved: Ints | None = None,
) -> Durations:
    """How long each of n requests was watched, in days.

    ``opened``, ``closed`` and ``moved`` have shape (n,) in seconds; `folding.NEVER`, or any
    instant after ``as_of``, means not yet. A request that moved to another agency is cut short
    there, for the first agency; leave ``moved`` out for the resident's own wait. ``since`` is
    where the records begin, if requests that were open by then are among them.
    """
    end = np.minimum(closed, as_of)
    done = closed <= as_of
    if moved is not None:
        done &= closed <= moved
        end = np.minimum(end, moved)
    backwards = done & (closed < opened)
    entry = np.zeros_like(opened) if since is None else np.maximum(since - opened, 0)
    unseen = ~backwards & ((end < opened) | ((entry > 0) & (end <= opened + entry)))
    quick = done & ~backwards & ~unseen & (closed - opened < QUICK_SECONDS)
    kept = np.flatnonzero(~backwards & ~unseen)
    return Durations(
        at=kept,
        days=(end - opened)[kept] / DAY,
        closed=(done & ~quick)[kept],
        entry=entry[kept] / DAY,
        quick=int(quick.sum()),
        backwards=int(backwards.sum()),
        unseen=int(unseen.sum()),
    )
