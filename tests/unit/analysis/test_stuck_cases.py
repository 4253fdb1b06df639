"""A case is stuck when it is open for over a year and reported month after month."""

from __future__ import annotations

import numpy as np
import pytest

from wardroom.analysis.episodes import DAY
from wardroom.analysis.folding import NEVER, Reports, in_order
from wardroom.analysis.observed_city import City, Kinds, look_at
from wardroom.analysis.stuck_cases import ReportsOfEpisodes, stuck_cases

MONTH = 30 * DAY
NOW = 2_000 * MONTH - 1
Row = tuple[float, int, int, int]


def month_of(instants: np.ndarray) -> np.ndarray:
    return instants // MONTH


def city_of(rows: list[Row]) -> City:
    """Rows of metres, kind, opened and closed; kind 0 is trouble, kind 1 is ordered."""
    x, kind, opened, closed = (np.array(column) for column in zip(*rows, strict=True))
    reports, _ = in_order(
        Reports(
            x.astype(np.float64),
            np.zeros(len(rows)),
            kind.astype(np.int16),
            opened.astype(np.int64),
            closed.astype(np.int64),
        )
    )
    kinds = Kinds(np.array([True, False]), np.zeros(2, dtype=np.int64), np.full(2, 40.0))
    return look_at(reports, kinds, as_of=NOW, month_of=month_of)


def case(*, months: int, kind: int = 0, x: float = 0.0, open_for: int = 14) -> list[Row]:
    """A case opened so many months ago, with a repeat in each of the last so many months."""
    begun = NOW - open_for * MONTH
    again = [(x, kind, NOW - n * MONTH - DAY, NOW - n * MONTH) for n in range(months)]
    return [(x, kind, begun, int(NEVER)), *again]


def found(rows: list[Row]) -> list[tuple[int, int]]:
    city = city_of(rows)
    month = month_of(city.reports.opened) - (month_of(np.array([NOW]))[0] - 35)
    cases = stuck_cases(city, ReportsOfEpisodes.of(city), month)
    return [(c.repeat_months, c.repeats) for c in cases]


def test_case_reported_in_many_months_is_stuck() -> None:
    assert found(case(months=8)) == [(8, 8)]


def test_most_insistent_comes_first() -> None:
    assert found([*case(months=7), *case(months=9, x=500.0)]) == [(9, 9), (7, 7)]


@pytest.mark.parametrize(
    "rows",
    [
        case(months=5),
        case(months=8, open_for=11),
        case(months=8, kind=1),
        [*case(months=0), *[(0.0, 0, NOW - DAY - n, NOW - n) for n in range(20)]],
    ],
    ids=["too seldom", "too young", "people order it", "all in one month"],
)
def test_what_is_not_stuck(rows: list[Row]) -> None:
    assert found(rows) == []


def test_reports_of_episodes_are_all_of_theirs() -> None:
    city = city_of([*case(months=3), *case(months=2, x=900.0)])
    of = ReportsOfEpisodes.of(city)
    every = of(np.arange(len(city.episodes)))
    assert sorted(every.tolist()) == list(range(len(city.reports)))
    for episode in range(len(city.episodes)):
        mine = of(np.array([episode]))
        assert (city.episodes.of_report[mine] == episode).all()
