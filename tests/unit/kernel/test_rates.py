"""How often is too often: in no stretch of the time is it more, wherever it begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel import rates
from wardroom.kernel.rates import Rate, standing, wait_for

START = datetime(2026, 11, 18, 17, 0, tzinfo=UTC)
PAUSES = st.lists(st.integers(0, 2_000), min_size=1, max_size=60)


def let_through(rate: Rate, seconds: list[int]) -> list[int]:
    """Which of these moments come through, one after the other."""
    parts: dict[int, int] = {}
    through = []
    for second in seconds:
        at = START + timedelta(seconds=second)
        if wait_for(parts, rate, at=at):
            continue
        through.append(second)
        parts = standing(parts, rate, at=at)
        now = int(at.timestamp() // rate.part)
        parts[now] = parts.get(now, 0) + 1
    return through


def most_within(through: list[int], lasts: int) -> int:
    return max(sum(first <= each < first + lasts for each in through) for first in through)


@given(pauses=PAUSES, most=st.integers(1, 12))
def test_no_hour_holds_more_than_its_rate(pauses: list[int], most: int) -> None:
    through = let_through(Rate(most), list(accumulate(pauses)))
    assert most_within(through, 3_600) <= most


@given(pauses=PAUSES, most=st.integers(1, 12))
def test_who_waits_as_long_as_told_comes_through(pauses: list[int], most: int) -> None:
    rate = Rate(most)
    parts: dict[int, int] = {}
    for second in accumulate(pauses):
        now = int((START.timestamp() + second) // rate.part)
        parts[now] = parts.get(now, 0) + 1
    at = START + timedelta(seconds=sum(pauses))
    wait = wait_for(parts, rate, at=at)
    assert 0 <= wait <= 3_900
    assert wait_for(parts, rate, at=at + timedelta(seconds=wait)) == 0
    assert not wait or wait_for(parts, rate, at=at + timedelta(seconds=wait - 1))


def test_quota_by_the_clock_begins_anew_with_the_hour() -> None:
    rate = Rate(2, by_clock=True)
    assert let_through(rate, [3_500, 3_550, 3_599, 3_600, 3_601, 3_602]) == [
        3_500,
        3_550,
        3_600,
        3_601,
    ]
    used = {int(START.timestamp() // 3_600): 2}
    assert wait_for(used, rate, at=START + timedelta(minutes=20)) == 2_400


def test_parts_that_are_cut_short_would_hold_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Power check: with one part fewer, an hour that begins within one holds too many."""
    monkeypatch.setattr(Rate, "parts", rates.PARTS)
    through = let_through(Rate(1), [0, 290, 3_605])
    assert most_within([*through[:1], 3_600], 3_600) == 1
    assert most_within(let_through(Rate(1), [290, 3_605]), 3_600) == 2
