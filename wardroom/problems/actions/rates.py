"""What a ranking knows of how readily people report, before it is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FoundRate:
    """How readily one district reports, as against the city (1).

    ``delay_days`` is the mean time until an open trouble is reported again, None where nobody
    in the city did. ``why`` is seldom or silent where somebody should walk there, and empty
    elsewhere; ``unreported`` and its bounds are None where nothing can be told.
    """

    district_id: int
    ward_id: int
    kind: str
    code: str
    relative: float
    lower: float
    upper: float
    repeats: int
    expected: float
    days: float
    delay_days: float | None
    episodes: int
    why: str
    unreported: float | None
    unreported_low: float | None
    unreported_high: float | None


@dataclass(frozen=True)
class Evened:
    """What a place would be if all districts reported alike; its district, 0 for none.

    ``rank`` is None where the engine did not weigh it; ``busy_rank`` and ``even_busy_rank``
    are its places on the list of the busiest, now and then, and None where it is not on it.
    """

    district_id: int
    excess: float
    lower: float
    upper: float
    rank: int | None
    busy_rank: int | None
    even_busy_rank: int | None
