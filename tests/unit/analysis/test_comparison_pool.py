"""Which places are compared with, and what is counted at each."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.analysis.trial import spread_out
from wardroom.analysis.comparison_pool import (
    DAY,
    Episodes,
    FollowedPlaces,
    comparison_places,
    count_at,
)
from wardroom.analysis.folding import NEVER, Reports, fold_reports

START = 12


def episodes(*rows: tuple[float, int, int]) -> Episodes:
    """Episodes on one line: metres, kind, month."""
    x, kind, month = (np.array(c) for c in zip(*rows, strict=True))
    n = len(rows)
    return Episodes(
        x.astype(float), np.zeros(n), kind, month, np.ones(n, dtype=np.int64), np.full(n, 2.0)
    )


def at(*x: float, kinds: tuple[tuple[bool, ...], ...]) -> FollowedPlaces:
    return FollowedPlaces(np.array(x), np.zeros(len(x)), np.full(len(x), 35.0), np.array(kinds))


def test_neighbours_of_treated_places_are_not_compared_with() -> None:
    places = at(0, 399, 401, 900, kinds=((True,),) * 4)
    treated = np.array([True, False, False, False])
    assert comparison_places(places, treated).tolist() == [False, False, True, True]


def test_places_with_another_plan_are_not_compared_with() -> None:
    places = spread_out(4)
    treated, planned = np.array([1, 0, 0, 0], bool), np.array([0, 0, 1, 0], bool)
    assert comparison_places(places, treated, planned=planned).tolist() == [
        False,
        True,
        False,
        True,
    ]


def test_without_a_plan_all_are_compared_with() -> None:
    assert comparison_places(spread_out(3), np.zeros(3, dtype=bool)).all()


def test_counts_own_kinds_within_the_radius_in_the_months_before_and_after() -> None:
    places = at(0, 1_000, kinds=((True, False), (True, True)))
    counts = count_at(
        places,
        episodes(
            (0, 0, 0), (34, 0, 11), (36, 0, 5), (0, 1, 5), (0, 0, -1),
            (0, 0, 12), (0, 0, 23), (0, 0, 24), (1_000, 1, 3), (990, 0, 13),
        ),
        start=START,
    )  # fmt: skip
    assert counts.before.tolist() == [2, 1]
    assert counts.after.sum(axis=1).tolist() == [2, 1]
    assert counts.after[0, [0, 11]].tolist() == [1, 1]
    assert counts.repeats.tolist() == [[2, 2], [1, 1]]
    assert counts.open_days.tolist() == [[4.0, 4.0], [2.0, 2.0]]


def test_ring_leaves_out_the_place_itself() -> None:
    places = at(0, kinds=((True,),))
    counts = count_at(
        places, episodes((0, 0, 5), (75, 0, 5), (76, 0, 5), (250, 0, 5), (251, 0, 5)),
        start=START, ring_m=(75.0, 250.0),
    )  # fmt: skip
    assert counts.before.tolist() == [2]


def test_ordinary_goes_the_way_of_each_kind_in_the_city() -> None:
    far = [(5_000.0, 0, m) for m in range(12) for _ in range(100)]
    far += [(5_000.0, 0, m) for m in range(12, 24) for _ in range(50)]
    far += [(5_000.0, 1, m) for m in range(24) for _ in range(100)]
    places = at(0, 1_000, kinds=((True, True), (True, True)))
    mine = [(0.0, 0, 1)] * 10 + [(1_000.0, 1, 1)] * 10
    counts = count_at(places, episodes(*far, *mine), start=START)
    assert counts.ordinary.sum(axis=1) == pytest.approx([5.0, 10.0], rel=0.03)


def test_kind_nobody_else_has_goes_the_way_of_all() -> None:
    far = [(5_000.0, 0, m) for m in range(24) for _ in range(1_000)]
    counts = count_at(
        at(0, kinds=((True, True),)), episodes(*far, (0, 1, 5)), start=START
    )  # fmt: skip
    assert counts.ordinary.sum() == pytest.approx(12 / 13, rel=0.01)


@pytest.mark.parametrize("months", [1, 6])
def test_shorter_follow_up(months: int) -> None:
    counts = count_at(
        at(0, kinds=((True,),)), episodes(*((0.0, 0, m) for m in range(24))),
        start=START, before_months=6, after_months=months,
    )  # fmt: skip
    assert (counts.before[0], counts.after.shape, counts.after.sum()) == (6, (1, months), months)


def test_no_places_and_no_episodes_are_no_trouble() -> None:
    empty = episodes((0, 0, 100))
    assert count_at(at(0, kinds=((True,),)), empty, start=START).before.tolist() == [0]
    none = FollowedPlaces(np.empty(0), np.empty(0), np.empty(0), np.empty((0, 1), dtype=bool))
    assert len(count_at(none, empty, start=START)) == 0


def test_repeats_and_open_days_come_from_the_folding() -> None:
    start = 20_000 * DAY
    reports = Reports(
        np.array([0.0, 5.0, 500.0]), np.zeros(3), np.zeros(3, dtype=np.int16),
        start + np.array([0, 2, 3]) * DAY,
        np.array([start + 6 * DAY, start + 4 * DAY, int(NEVER)]),
    )  # fmt: skip
    folded = fold_reports(reports, np.array([40.0]))
    made = Episodes.of(reports, folded, np.array([1, 1]), as_of=start + 10 * DAY)
    assert made.repeats.tolist() == [1, 0]
    assert made.open_days.tolist() == [6.0, 7.0]
