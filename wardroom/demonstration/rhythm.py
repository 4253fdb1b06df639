"""When people ask: by season, weekday, hour and weather; and the office's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

ZONE = ZoneInfo("America/New_York")
DAYS = 3 * 365 + 1
WEEKDAY = np.array([1.22, 1.16, 1.10, 1.06, 1.00, 0.55, 0.48])
MONTHS = {
    "flat": (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    "spring": (0.8, 0.8, 1.2, 1.4, 1.4, 1.2, 1.0, 0.9, 0.9, 0.9, 0.8, 0.7),
    "summer": (0.5, 0.5, 0.7, 0.9, 1.2, 1.5, 1.7, 1.6, 1.3, 1.0, 0.7, 0.5),
    "fall": (0.4, 0.3, 0.4, 0.6, 0.6, 0.5, 0.5, 0.6, 1.2, 2.2, 3.6, 2.1),
    "winter": (1.5, 1.3, 1.1, 0.9, 0.8, 0.7, 0.7, 0.8, 0.9, 1.1, 1.3, 1.5),
    "snow": (4.5, 4.5, 1.2, 0, 0, 0, 0, 0, 0, 0, 0.2, 1.6),
    "weather": (0.8, 0.8, 0.9, 1.0, 1.1, 1.3, 1.4, 1.3, 1.1, 0.9, 0.8, 0.8),
}
HOURS = np.array(
    [
        *(0.6, 0.4, 0.3, 0.2, 0.3, 0.7, 1.8, 3.6, 6.6, 8.6, 9.4, 9.0),
        *(8.0, 7.8, 7.8, 7.4, 6.4, 5.2, 4.2, 3.4, 2.8, 2.2, 1.6, 1.0),
    ]
)
STORMS = 9
STORM_FACTORS = (14.0, 9.0, 4.0, 2.0)
SNOW_FACTORS = (60.0, 45.0, 20.0, 6.0)


def first_day(end: date) -> date:
    """The day the three years begin."""
    return end - timedelta(days=DAYS - 1)


def day_shares(end: date, *, seed: int) -> dict[str, NDArray[np.float64]]:
    """For each season the running share of requests by day, shape (DAYS,), last value 1."""
    start = first_day(end)
    days = [start + timedelta(days=i) for i in range(DAYS)]
    weekday = WEEKDAY[[d.weekday() for d in days]]
    trend = 1.0 + 0.06 * np.arange(DAYS) / 365
    shares = {}
    for season, months in MONTHS.items():
        weights = weekday * trend * np.array(months)[[d.month - 1 for d in days]]
        if season in ("weather", "snow"):
            weights = weights * _storms(days, season, seed=seed)
        shares[season] = np.cumsum(weights) / weights.sum()
    return shares


def _storms(days: list[date], season: str, *, seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng([seed, 11 if season == "snow" else 12])
    months = (12, 1, 2) if season == "snow" else (5, 6, 7, 8, 9)
    likely = np.flatnonzero([d.month in months for d in days])
    factors = np.full(len(days), 0.25 if season == "snow" else 1.0)
    for begins in rng.choice(likely, size=STORMS, replace=False):
        for after, factor in enumerate(SNOW_FACTORS if season == "snow" else STORM_FACTORS):
            if begins + after < len(days):
                factors[begins + after] = max(factors[begins + after], factor)
    return factors


def moments_of_day(rng: np.random.Generator, size: int) -> NDArray[np.int64]:
    """Seconds after midnight, shape (size,), more by day than by night."""
    shares = np.cumsum(HOURS) / HOURS.sum()
    hour = np.searchsorted(shares, rng.random(size), side="right").clip(0, 23)
    return hour * 3600 + rng.integers(0, 3600, size)


def to_utc(local: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Local wall time on the office's clock as UTC, shape (n,), to the second; NaT stays."""
    seconds = local.astype("datetime64[s]")
    missing = np.isnat(seconds)
    hours = np.where(missing, np.datetime64(0, "s"), seconds).astype("datetime64[h]").view("int64")
    known = hours[~missing]
    if not len(known):
        return seconds
    first, last = int(known.min()), int(known.max())
    offsets = _offsets(first // 8760, last // 8760 + 1)
    begins = first // 8760 * 8760
    shift = np.zeros(len(hours), dtype="timedelta64[s]")
    shift[~missing] = offsets[known - begins].astype("timedelta64[s]")
    return seconds - shift


@lru_cache(maxsize=8)
def _offsets(first: int, last: int) -> NDArray[np.int64]:
    """Seconds to take away from each local hour, for hours from first * 8760 to last * 8760."""
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001
    found = []
    for hour in range(first * 8760, last * 8760):
        offset = (epoch + timedelta(hours=hour)).replace(tzinfo=ZONE).utcoffset()
        found.append(int(offset.total_seconds()) if offset else 0)
    return np.array(found, dtype=np.int64)
