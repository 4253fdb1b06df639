"""When the judge is wrong too often, and when a quarter begins."""

from __future__ import annotations

from datetime import date

import pytest

from wardroom.problems.rules.false_alarms import (
    OFTEN,
    RIGHT,
    SELDOM,
    alarm_rows,
    how_it_stands,
    quarter_begins,
)


@pytest.mark.parametrize(
    ("rate", "stands"),
    [(0.0, SELDOM), (0.029, SELDOM), (0.03, RIGHT), (0.07, RIGHT), (0.071, OFTEN), (1.0, OFTEN)],
)
def test_three_to_seven_of_a_hundred_is_as_it_should_be(rate: float, stands: str) -> None:
    assert how_it_stands(rate) == stands


def test_row_says_what_its_rate_means() -> None:
    kept = {"size": 10, "plans": 600, "rate": 0.125, "low": 0.1, "high": 0.15, "held": 0.8}
    (row,) = alarm_rows([kept])
    assert (row.of_100, row.stands) == ("12.5", OFTEN)
    assert "where nothing was done" in row.sentence


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 11, 18), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_quarter(day: date, begins: date) -> None:
    assert quarter_begins(day) == begins
