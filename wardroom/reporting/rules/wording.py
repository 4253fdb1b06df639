"""How days, shares and ages read in a report. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wardroom.reporting.rules.shares import share_with_interval


def day_words(text: str) -> str:
    """A day as a report writes it: Nov 18, 2026."""
    day = date.fromisoformat(text)
    return f"{day:%b} {day.day}, {day.year}"


def days_late(expected_on: str, today: date) -> str:
    """How long a day is over: 3 days."""
    days = (today - date.fromisoformat(expected_on)).days
    return f"{days} {'day' if days == 1 else 'days'}"


def joined(parts: Iterable[str]) -> str:
    """Several short sentences in one line."""
    return "; ".join(part for part in parts if part)


def percent(hits: int, n: int) -> str:
    """A share as a report shows it; a dash where nothing was counted."""
    return f"{100 * hits / n:.0f} %" if n else "-"


def interval(hits: int, n: int, what: str) -> str:
    """How many of how many, and where the share likely lies."""
    share = share_with_interval(hits, n)
    if share is None:
        return f"none {what}"
    _, low, high = share
    return f"{hits:,} of {n:,} that {what}; likely {100 * low:.0f} to {100 * high:.0f} %"


def time_words(days: float | None) -> str:
    """A number of days as people say it."""
    if days is None:
        return "-"
    if days < 1:
        return "under a day"
    shown = f"{days:.0f}" if days >= 10 else f"{days:.1f}".removesuffix(".0")
    return f"{shown} {'day' if shown == '1' else 'days'}"


def how_many(number: int, noun: str, nouns: str = "") -> str:
    """A number of things: 1 stop, 3 stops, 4 entries."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or f'{noun}s'}"
