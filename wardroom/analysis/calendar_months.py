"""Instants as calendar months of a city, by its own clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
DAY = 86_400


def local_months(opened: Ints, zone: str) -> Ints:
    """The local calendar month of instants (n,), as years * 12 + month - 1; exact to the second.

    Clocks are taken to change at most once in a UTC day.
    """
    wall = wall_clock(opened, zone)
    months = wall.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return months + 1970 * 12


def wall_clock(opened: Ints, zone: str) -> Ints:
    """What the city's clocks showed at instants (n,), in seconds since 1970 by those clocks."""
    if not len(opened):
        return np.empty(0, dtype=np.int64)
    city = ZoneInfo(zone)
    day = opened // DAY
    first, last = int(day.min()), int(day.max())
    midnights = np.array([_offset(d * DAY, city) for d in range(first, last + 2)], dtype=np.int64)
    offset = midnights[day - first]
    for n in np.flatnonzero(np.diff(midnights)).tolist():
        changed = day == first + n
        if changed.any():
            late = opened >= _clock_change((first + n) * DAY, city)
            offset[changed & late] = midnights[n + 1]
    return opened + offset


def _offset(instant: int, city: ZoneInfo) -> int:
    """Seconds that the city's clocks are ahead of UTC."""
    ahead = datetime.fromtimestamp(instant, tz=UTC).astimezone(city).utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


def _clock_change(midnight: int, city: ZoneInfo) -> int:
    """The first second after the clocks change on the day that begins at a UTC midnight."""
    before, low, high = _offset(midnight, city), midnight, midnight + DAY
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(middle, city) == before else (low, middle)
    return high
