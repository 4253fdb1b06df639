"""How days and names read in a sentence."""

from __future__ import annotations

from datetime import date


def long_day(day: date) -> str:
    """A day as a timeline says it: Friday 4 December 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def quoted(words: str) -> str:
    """Somebody's own words inside a sentence."""
    return f"'{words}'"
