"""How often is too often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

HOUR, PARTS = timedelta(hours=1), 12


@dataclass(frozen=True)
class Rate:
    """How often something may be done in a time.

    In no stretch of that time is it done more often, wherever the stretch begins; a quota
    ``by_clock`` begins anew with each full hour, as programs expect that count their calls.
    """

    most: int
    lasts: timedelta = HOUR
    by_clock: bool = False

    @property
    def part(self) -> float:
        """The seconds that are counted as one; what falls into them is forgotten together."""
        return self.lasts.total_seconds() / (1 if self.by_clock else PARTS)

    @property
    def parts(self) -> int:
        """How many parts count: one more than the time has, as the first and last are cut."""
        return 1 if self.by_clock else PARTS + 1


def standing(parts: Mapping[int, int], rate: Rate, *, at: datetime) -> dict[int, int]:
    """What still counts of how often something was done in each part of a time."""
    now = int(at.timestamp() // rate.part)
    return {n: times for n, times in parts.items() if now - rate.parts < n}


def wait_for(parts: Mapping[int, int], rate: Rate, *, at: datetime) -> int:
    """In how many seconds it may be done again; 0 where it may be now."""
    counts = standing(parts, rate, at=at)
    too_many = sum(counts.values()) - rate.most
    if too_many < 0:
        return 0
    for n in sorted(counts):
        too_many -= counts[n]
        if too_many < 0:
            return max(1, ceil((n + rate.parts) * rate.part - at.timestamp()))
    return ceil(rate.lasts.total_seconds())
