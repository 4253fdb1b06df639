"""When a swap is chased, and when it ends by itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

OPEN, ACCEPTED, DONE = "open", "accepted", "done"
DECLINED, WITHDRAWN, LAPSED = "declined", "withdrawn", "lapsed"
SWAP_STATES: Mapping[str, str] = {
    OPEN: "Asked",
    ACCEPTED: "Waits for the director",
    DONE: "Swapped",
    DECLINED: "Said no",
    WITHDRAWN: "Taken back",
    LAPSED: "Ended: the shift began",
}
GIVEN_AWAY = "Given away"
LIVE = (OPEN, ACCEPTED)
REMIND_AFTER = timedelta(hours=24)
WARN_BEFORE = timedelta(hours=24)


def next_step(
    *,
    at: datetime,
    asked_at: datetime,
    starts_at: datetime,
    reminded_at: datetime | None,
    warned_at: datetime | None,
) -> str:
    """What the clock does with an open swap now: end it, warn before the shift, remind, or wait."""
    if at >= starts_at:
        return "lapse"
    lately = max(filter(None, (asked_at, reminded_at)))
    if warned_at is None and at >= starts_at - WARN_BEFORE and at - lately >= timedelta(hours=1):
        return "warn"
    if reminded_at is None and warned_at is None and at - asked_at >= REMIND_AFTER:
        return "remind"
    return ""
