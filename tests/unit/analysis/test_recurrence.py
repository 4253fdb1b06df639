"""What came back is counted after closing only, within its window, less chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.folding import NEVER
from wardroom.analysis.recurrence import (
    DAY,
    Recurrence,
    next_beginning,
    recurrence,
    time_until_back,
)

OPEN = int(NEVER)
Row = tuple[int, int, int, int]


def columns(rows: list[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Place, family, opened on day, closed on day."""
    made = np.array(rows, dtype=np.int64).reshape(-1, 4)
    closed = np.where(made[:, 3] == OPEN, OPEN, made[:, 3] * DAY)
    return made[:, 0], made[:, 1], made[:, 2] * DAY, closed


def measured(rows: list[Row], *, window: int = 14, as_of: int = 2000, since: int = 0) -> Recurrence:
    table = columns(rows)
    windows = np.full(len(rows), window)
    return recurrence(*table, windows, as_of=as_of * DAY, since=since * DAY)


def test_new_episode_within_the_window_is_a_return() -> None:
    made = measured([(1, 0, 500, 510), (1, 0, 524, 530)])
    assert (made.share.yes, made.share.of) == (1, 2)


def test_window_ends_after_its_last_day() -> None:
    assert measured([(1, 0, 500, 510), (1, 0, 525, 530)]).share.yes == 0


def test_report_before_the_closing_is_no_return() -> None:
    assert measured([(1, 0, 500, 510), (1, 0, 505, 530)]).share.yes == 0
    assert measured([(1, 0, 500, 510), (1, 0, 510, 530)]).share.yes == 0


def test_other_place_or_other_trouble_is_no_return() -> None:
    assert measured([(1, 0, 500, 510), (2, 0, 512, 530), (1, 1, 512, 530)]).share.yes == 0


def test_closed_too_lately_or_with_too_little_history_is_left_out() -> None:
    made = measured([(1, 0, 1990, 1995), (2, 0, 300, 310), (3, 0, 500, OPEN)])
    assert (made.share.of, made.too_recent, made.too_early) == (0, 1, 1)
    assert made.excess is None


def test_chance_is_the_places_own_pace() -> None:
    """Four episodes in the year before, and a window of 14 days."""
    rows = [(1, 0, 200 + 60 * i, 201 + 60 * i) for i in range(5)]
    made = measured(rows)
    assert (made.share.of, made.too_early) == (2, 3)
    pace = np.array([3, 4]) / 365 * 14
    assert made.by_chance == pytest.approx(float((1 - np.exp(-pace)).mean()), abs=0.003)
    assert made.by_chance is not None
    assert made.excess == pytest.approx(-made.by_chance)


def test_none_that_came_back_has_an_interval_all_the_same() -> None:
    made = measured([(place, 0, 500, 510) for place in range(5)])
    assert made.excess is not None
    assert made.upper is not None
    assert made.upper - made.excess > 0.1


@pytest.mark.parametrize("window", [0, 366])
def test_window_of_no_day_or_over_a_year_is_refused(window: int) -> None:
    with pytest.raises(ValueError, match="1 to 365"):
        measured([(1, 0, 500, 510)], window=window)


def steady_city(rng: np.random.Generator) -> list[Row]:
    """300 places, each with episodes at its own pace, that closing changes nothing about."""
    rows = []
    for place in range(300):
        gap = rng.uniform(20, 200)
        at = np.cumsum(rng.exponential(gap, 200))
        rows += [(place, 0, int(d * 10), int(d * 10)) for d in at[at < 2000]]
    return rows


def test_chance_alone_leaves_no_excess() -> None:
    rows = np.array(steady_city(np.random.default_rng(8)), dtype=np.int64)
    place, opened = rows[:, 0], rows[:, 2] * DAY // 10
    made = recurrence(
        place, rows[:, 1], opened, opened, np.full(len(rows), 30), as_of=2000 * DAY, since=0
    )
    assert made.share.value is not None
    assert made.share.value > 0.2
    assert made.excess is not None
    assert made.lower is not None
    assert made.upper is not None
    assert abs(made.excess) < 0.02
    assert made.lower < 0 < made.upper


def test_curve_uses_the_closings_of_last_week_too() -> None:
    rows = [(1, 0, 500, 510), (1, 0, 520, 525), (2, 0, 1990, 1995)]
    made = time_until_back(*columns(rows), as_of=2000 * DAY)
    assert made.number == 3
    assert made.time.tolist() == [10]
    back = made.closed_by(10)
    assert back is not None
    assert back.value == pytest.approx(0.5)


def by_hand(rows: list[Row]) -> list[int]:
    found = []
    for place, family, opened, closed in rows:
        end = OPEN if closed == OPEN else max(closed, opened) * DAY
        later = [o * DAY for p, f, o, _ in rows if (p, f) == (place, family) and o * DAY > end]
        found.append(min(later, default=OPEN))
    return found


ROWS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 2), st.integers(0, 60), st.integers(0, 60) | st.just(OPEN)
    ),
    max_size=30,
)


@given(rows=ROWS)
def test_next_beginning_is_the_one_found_by_hand(rows: list[Row]) -> None:
    assert next_beginning(*columns(rows)).tolist() == by_hand(rows)


@given(rows=ROWS, seed=st.integers(0, 9), shift=st.integers(0, 400))
def test_order_and_calendar_do_not_matter(rows: list[Row], seed: int, shift: int) -> None:
    made = measured(rows, as_of=500, since=-400)
    order = np.random.default_rng(seed).permutation(len(rows))
    mixed = measured([rows[i] for i in order], as_of=500, since=-400)
    assert mixed.share == made.share
    assert mixed.by_chance == pytest.approx(made.by_chance)
    later = [(p, f, o + shift, c if c == OPEN else c + shift) for p, f, o, c in rows]
    moved = measured(later, as_of=500 + shift, since=-400 + shift)
    assert moved.share == made.share
    assert moved.by_chance == pytest.approx(made.by_chance)
