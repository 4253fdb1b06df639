"""How fresh what is said of a service is: when somebody last checked it."""

from __future__ import annotations

from datetime import date

STALE_AFTER = 182
MOST_YEARS = 36_500


def is_stale(assured_on: date | None, *, today: date) -> bool:
    """Whether nobody has checked it for six months, or ever."""
    return assured_on is None or (today - assured_on).days > STALE_AFTER


def freshness_words(assured_on: date | None, *, today: date) -> str:
    """When it was last checked, in words."""
    if assured_on is None:
        return "Never checked"
    days = (today - assured_on).days
    if days < 1:
        return "Checked today"
    return "Checked yesterday" if days == 1 else f"Checked {days:,} days ago"
