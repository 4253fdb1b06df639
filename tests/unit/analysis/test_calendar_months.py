"""The month of an instant is that of the city's own calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.calendar_months import local_months


@given(
    instants=st.lists(st.integers(946_684_800, 2_082_758_399), min_size=1, max_size=30),
    zone=st.sampled_from(["America/New_York", "America/Los_Angeles", "UTC", "Asia/Kolkata"]),
)
def test_month_of_an_instant_is_that_of_the_citys_calendar(instants: list[int], zone: str) -> None:
    found = local_months(np.array(instants), zone).tolist()
    for instant, month in zip(instants, found, strict=True):
        local = datetime.fromtimestamp(instant, tz=UTC).astimezone(ZoneInfo(zone))
        assert month == local.year * 12 + local.month - 1


@pytest.mark.parametrize("minute", range(0, 24 * 60, 15))
def test_month_holds_in_a_night_when_the_clocks_change_on_the_first(minute: int) -> None:
    """On 1 November 2026 the clocks go back; midnight was four hours from UTC, noon is five."""
    instant = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp()) + 60 * minute
    local = datetime.fromtimestamp(instant, tz=UTC).astimezone(ZoneInfo("America/New_York"))
    found = local_months(np.array([instant]), "America/New_York")[0]
    assert found == local.year * 12 + local.month - 1


def test_no_instants_have_no_months() -> None:
    assert len(local_months(np.empty(0, dtype=np.int64), "UTC")) == 0
