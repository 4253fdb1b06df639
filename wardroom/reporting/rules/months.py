"""One month on the office's clock. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wardroom.kernel.errors import Refused


@dataclass(frozen=True)
class Month:
    """A month by its name, as 2026-11, from its first midnight to the next month's."""

    name: str
    starts_on: date
    ends_on: date
    start_at: datetime
    end_at: datetime


def month_named(name: str, *, zone: str) -> Month:
    """The month written as 2026-11.

    Refuses: what is not written so.
    """
    match = re.fullmatch(r"(20\d{2})-(\d{2})", name.strip())
    if match is None or not 1 <= int(match[2]) <= 12:
        raise Refused(
            "month_unknown", f"“{name}” is not a month. Write it as 2026-11.", field="month"
        )
    return month_of(date(int(match[1]), int(match[2]), 1), zone=zone)


def month_of(day: date, *, zone: str) -> Month:
    """The month a day lies in."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    clock = ZoneInfo(zone)
    return Month(
        name=f"{first:%Y-%m}",
        starts_on=first,
        ends_on=after - timedelta(days=1),
        start_at=datetime.combine(first, time(), clock),
        end_at=datetime.combine(after, time(), clock),
    )
