"""A core team at work: three agencies with a seat, and a weekly meeting on Tuesdays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.access.actor import Stamp
from wardroom.calendar.actions import SeriesDraft, begin_series
from wardroom.calendar.models import Event, Series
from wardroom.directory.actions import SeatDraft, seat_agency
from wardroom.directory.models import Party

TUESDAY = date(2026, 11, 24)


def on(who: Cast, days: float = 0, hours: float = 0) -> Stamp:
    """A stamp of somebody, so long after the fixed noon."""
    at = NOON + timedelta(days=days, hours=hours)
    return Stamp(actor=who.actor, at=at, window=who.stamp.window)


def seat_all(who: Cast, agencies: Mapping[str, Party], ward: str = "5") -> None:
    """Pat for DPW with an alternate, Kim for DDOT, nobody by name for DOB's principal."""
    for code, name, email, alternate in (
        ("DPW", "Pat of the yard", "pat@example.org", False),
        ("DPW", "Sam of the yard", "", True),
        ("DDOT", "Kim of the street", "", False),
        ("DOB", "Lee of the plans", "", True),
    ):
        draft = SeatDraft(
            ward_code=ward,
            agency=agencies[code],
            since_on=date(2026, 10, 1),
            name=name,
            email=email,
            alternate=alternate,
        )
        seat_agency(draft, stamp=who.stamp)


@pytest.fixture
def team(liaison5: Cast, agencies: Mapping[str, Party]) -> None:
    """The core team of Ward 5."""
    seat_all(liaison5, agencies)


@pytest.fixture
def series(team: None, liaison5: Cast) -> Series:
    """It meets on Tuesdays at ten."""
    draft = SeriesDraft("5", TUESDAY, time(10), place_text="Room 301")
    return begin_series(draft, stamp=liaison5.stamp)


@pytest.fixture
def meetings(series: Series) -> list[Event]:
    """Its meetings in their order; the first is on Tuesday, November 24."""
    return list(Event.objects.filter(series=series).order_by("starts_at"))
