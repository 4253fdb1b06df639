"""Folding by distance: the same as going through the reports one by one, and what it means."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardroom.analysis import folding
from wardroom.analysis.folding import NEVER, Reports, fold_reports, in_order

DAY = 86_400
REACH = np.array([40.0, 25.0])
Row = tuple[float, float, int, int, int]


def made(rows: list[Row]) -> Reports:
    """Reports from rows of x, y, kind, the day of opening and days open; -1 is still open."""
    columns = [np.array([row[c] for row in rows], dtype=np.float64) for c in range(5)]
    opened = (columns[3] * DAY).astype(np.int64)
    closed = np.where(columns[4] < 0, NEVER, opened + (columns[4] * DAY).astype(np.int64))
    reports = Reports(columns[0], columns[1], columns[2].astype(np.int16), opened, closed)
    return in_order(reports)[0]


def one_by_one(r: Reports) -> list[int]:
    """Each report's episode: that of the first open report of its kind within reach."""
    of: list[int] = []
    many = 0
    for i in range(len(r)):
        reach = REACH[r.kind[i]] ** 2
        for j in range(i):
            near = (r.x[i] - r.x[j]) ** 2 + (r.y[i] - r.y[j]) ** 2 <= reach
            if near and r.kind[i] == r.kind[j] and r.closed[j] > r.opened[i]:
                of.append(of[j])
                break
        else:
            of.append(many)
            many += 1
    return of


def rows(most: int) -> st.SearchStrategy[list[Row]]:
    place = st.integers(0, 60).map(lambda step: step * 3.1)
    return st.lists(
        st.tuples(place, place, st.integers(0, 1), st.integers(0, 90), st.integers(-1, 40)),
        max_size=most,
    )


@settings(max_examples=150, deadline=None)
@given(rows(40))
def test_it_is_what_going_one_by_one_gives(given_rows: list[Row]) -> None:
    r = made(given_rows)
    assert fold_reports(r, REACH).of_report.tolist() == one_by_one(r)


@pytest.mark.parametrize("seed", range(4))
def test_crowded_cells_are_folded_as_quiet_ones_are(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 500
    r = made(
        list(
            zip(
                rng.uniform(0, 110, n), rng.uniform(0, 110, n), rng.integers(0, 2, n),
                rng.integers(0, 300, n), rng.integers(-1, 30, n), strict=True,
            )
        )
    )  # fmt: skip
    assert n * n / 18 > folding.FEW, "this many in so few cells take the other way"
    assert fold_reports(r, REACH).of_report.tolist() == one_by_one(r)


def test_nothing_folds_into_nothing() -> None:
    folded = fold_reports(made([]), REACH)
    assert (len(folded), len(folded.of_report)) == (0, 0)


def test_report_after_the_closing_is_a_new_episode() -> None:
    folded = fold_reports(made([(0, 0, 0, 0, 5), (0, 0, 0, 4, 5), (0, 0, 0, 20, 1)]), REACH)
    assert folded.of_report.tolist() == [0, 0, 1]
    assert folded.reports.tolist() == [2, 1]
    assert folded.first_report.tolist() == [0, 2]
    assert folded.ended.tolist() == [9 * DAY, 21 * DAY]


def test_reach_goes_by_kind() -> None:
    rows_apart: list[Row] = [
        (0, 0, 0, 0, 9),
        (30, 0, 0, 1, 9),
        (500, 0, 1, 2, 9),
        (530, 0, 1, 3, 9),
    ]
    assert fold_reports(made(rows_apart), REACH).of_report.tolist() == [0, 0, 1, 2]


def test_open_report_keeps_its_episode_open() -> None:
    folded = fold_reports(made([(0, 0, 0, 0, -1), (5, 5, 0, 300, 2)]), REACH)
    assert folded.ended.tolist() == [NEVER]


def test_far_corners_need_no_table_of_all_cells() -> None:
    r = made([(0, 0, 0, 0, 9), (4e7, 4e7, 1, 1, 9), (4e7, 4e7, 1, 2, 9)])
    assert fold_reports(r, REACH).of_report.tolist() == [0, 1, 1]


@settings(max_examples=60, deadline=None)
@given(rows(25), st.randoms(use_true_random=False))
def test_order_of_the_file_does_not_matter(given_rows: list[Row], random: Random) -> None:
    mixed = list(given_rows)
    random.shuffle(mixed)
    one, other = (fold_reports(made(each), REACH) for each in (given_rows, mixed))
    assert one.of_report.tolist() == other.of_report.tolist()
