"""Episodes of trouble, and how often it came back after it was closed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.folding import Reports, fold_reports, in_order
from wardroom.analysis.plane import Plane
from wardroom.analysis.recurrence import HISTORY_DAYS, next_beginning, recurrence
from wardroom.reporting.gateways.mirror import DAY, Mirror, keys_of

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
FARTHEST_M = 100_000.0


@dataclass(frozen=True)
class Returns:
    """Episodes as columns of shape (episodes,), each as its first report has it.

    ``spot`` numbers place and kind together. ``recent`` marks those closed in the year.
    """

    mirror: Mirror
    place: Ints
    topic: Ints
    ward: Ints
    agency: Ints
    opened: Ints
    ended: Ints
    window_days: Ints
    spot: Ints

    @classmethod
    def of(cls, mirror: Mirror) -> Returns:
        """The episodes of trouble at places that are known; services that people order are none."""
        first, ended = _folded(mirror)
        c = mirror.columns
        days = np.array([t.recurrence_days for t in mirror.topics] or [1], dtype=np.int64)
        place, topic = c.place[first], mirror.topic[first]
        both = place.astype(np.int64) * (len(days) + 1) + topic
        _, spot = np.unique(both, return_inverse=True)
        return cls(
            mirror=mirror,
            place=place,
            topic=topic,
            ward=mirror.ward[first],
            agency=mirror.agency[first],
            opened=c.opened[first],
            ended=ended,
            window_days=np.clip(days[topic], 1, HISTORY_DAYS),
            spot=spot.astype(np.int64),
        )

    @property
    def recent(self) -> Flags:
        """Which episodes were closed in the year that is measured."""
        return (self.ended >= self.mirror.since) & (self.ended <= self.mirror.as_of)

    @property
    def cohort(self) -> Flags:
        """Which of them are in the figure: their window is over, their history known."""
        ripe = self.ended + self.window_days * DAY <= self.mirror.as_of
        return self.recent & ripe & (self.opened - HISTORY_DAYS * DAY >= self.mirror.begins)

    def came_back(self) -> Flags:
        """Where the same trouble began again at the same place within its window."""
        again = next_beginning(self.place, self.topic, self.opened, self.ended)
        return again - self.ended <= self.window_days * DAY

    def keys(self, *, by_ward: bool, by_agency: bool, by_topic: bool) -> Ints:
        """The same numbers for ward, agency and kind as the requests bear."""
        m = self.mirror
        return keys_of(
            (self.ward if by_ward else None, len(m.columns.ward_codes)),
            (self.agency if by_agency else None, len(m.columns.agency_codes)),
            (self.topic if by_topic else None, len(m.topics)),
            number=len(self.place),
        )


def told_returns(returns: Returns, chosen: Flags) -> dict[str, Any]:
    """How often the chosen episodes came back, less chance, as plain values.

    Only the spots that they lie at are looked at: no other can have a say.
    """
    asked = chosen & returns.recent
    there = np.zeros(int(returns.spot.max(initial=-1)) + 1, dtype=np.bool_)
    there[returns.spot[asked]] = True
    those = np.flatnonzero(there[returns.spot]) if len(there) else np.empty(0, dtype=np.int64)
    told = recurrence(
        returns.place[those],
        returns.topic[those],
        returns.opened[those],
        returns.ended[those],
        returns.window_days[those],
        as_of=returns.mirror.as_of,
        since=returns.mirror.begins,
        chosen=asked[those],
    )
    plain = asdict(told)
    return {**plain.pop("share"), **{f"excess_{k}" if k in ENDS else k: plain[k] for k in plain}}


ENDS = ("lower", "upper")


def _folded(mirror: Mirror) -> tuple[Ints, Ints]:
    """The row of each episode's first report, and when the episode ended."""
    c = mirror.columns
    troubles = np.array([not t.routine for t in mirror.topics] + [False], dtype=np.bool_)
    known = troubles[mirror.topic] & (c.opened <= mirror.as_of)
    row = np.flatnonzero(known & (c.latitude != 0) & (c.place != 0))
    plane = Plane.around(c.longitude[row], c.latitude[row])
    x, y = plane.metres(c.longitude[row], c.latitude[row])
    near = np.hypot(x, y) <= FARTHEST_M
    row, x, y = row[near], x[near], y[near]
    reports, order = in_order(
        Reports(x, y, mirror.topic[row].astype(np.int16), c.opened[row], c.closed[row])
    )
    episodes = fold_reports(reports, np.array([float(t.reach_m) for t in mirror.topics] or [1.0]))
    return row[order][episodes.first_report], episodes.ended
