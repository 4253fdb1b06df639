"""Folding reports into episodes: one trouble, however many people reported it.

A report belongs to the episode before it when it is of the same topic at the same place and
comes while that one is still open, or before it has been silent for the topic's days. A
report after that is a new episode. Source: field notes 6.1; Boston's "sustained events".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NEVER = np.int64(1) << 34
DAY = 86_400
GROUP = np.int64(1) << 36
GOES_ON = ("open", "in_progress")


@dataclass(frozen=True)
class Episodes:
    """Episodes of n reports: for each report its episode, and for each episode its columns.

    Episodes stand in the order of place, topic and start. Times are seconds since 1970 UTC;
    ``ended`` is `NEVER` while a report of the episode is open.
    """

    of_report: Ints
    place: Ints
    topic: Ints
    started: Ints
    ended: Ints
    reports: Ints
    first_report: Ints

    def __len__(self) -> int:
        return len(self.place)


def goes_on(status: str) -> bool:
    """Whether trouble lasts while a report of this status has no closing time.

    Only a plainly live report keeps its episode open. Another status without a closing time,
    above all a duplicate that the city left open, says nothing about the end: for folding
    such a report ends when it is opened.
    """
    return status in GOES_ON


def fold(place: Ints, topic: Ints, opened: Ints, closed: Ints, silent_days: Ints) -> Episodes:
    """Fold n reports into episodes.

    All arguments have shape (n,): place and topic numbers, times in seconds since 1970 UTC
    (``closed`` is `NEVER` for an open report), and the silent days of each report's topic.
    The order of the reports does not matter.
    """
    n = len(place)
    if n == 0:
        empty = np.empty(0, dtype=np.int64)
        return Episodes(empty, empty, empty, empty, empty, empty, empty)
    order = np.lexsort((opened, topic, place))
    p, t, o = place[order], topic[order], opened[order]
    c = np.maximum(closed[order], o)
    first = np.empty(n, dtype=bool)
    first[0] = True
    first[1:] = (p[1:] != p[:-1]) | (t[1:] != t[:-1])
    group = np.cumsum(first, dtype=np.int64) * GROUP
    until = np.maximum(c, o + silent_days[order] * DAY)
    quiet_after = np.maximum.accumulate(until + group)
    starts = first.copy()
    starts[1:] |= o[1:] + group[1:] > quiet_after[:-1]
    number = np.cumsum(starts) - 1
    at = np.flatnonzero(starts)
    of_report = np.empty(n, dtype=np.int64)
    of_report[order] = number
    return Episodes(
        of_report=of_report,
        place=p[at],
        topic=t[at],
        started=o[at],
        ended=np.maximum.reduceat(c, at),
        reports=np.diff(np.append(at, n)),
        first_report=order[at],
    )


def returns(episodes: Episodes, recurrence_days: Ints) -> tuple[NDArray[np.bool_], Ints]:
    """Which episodes are returns: they began soon after the one before was closed.

    ``recurrence_days`` has shape (episodes,). Returns a mask and the days since the closure
    before (0 where it is no return). Source: field notes 6.6.
    """
    mask = np.zeros(len(episodes), dtype=bool)
    days = np.zeros(len(episodes), dtype=np.int64)
    if len(episodes) < 2:
        return mask, days
    same = (episodes.place[1:] == episodes.place[:-1]) & (episodes.topic[1:] == episodes.topic[:-1])
    gap = episodes.started[1:] - episodes.ended[:-1]
    came_back = same & (gap > 0) & (gap <= recurrence_days[1:] * DAY)
    mask[1:] = came_back
    days[1:] = np.where(came_back, np.ceil(gap / DAY).astype(np.int64), 0)
    return mask, days
