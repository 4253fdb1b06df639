"""On time is asked of what is due; what is open and overdue is late; promises do not move."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.folding import NEVER
from wardroom.analysis.timeliness import DAY, CityStyle, city_style, on_time, promise_kept

NO = int(NEVER)
AS_OF = 100 * DAY


def days(*values: int) -> np.ndarray:
    return np.array([v if v == NO else v * DAY for v in values], dtype=np.int64)


def test_open_and_overdue_is_a_failure() -> None:
    made = on_time(days(90, 90, 90, 110, NO), days(80, 95, NO, NO, NO), as_of=AS_OF)
    assert (made.share.yes, made.share.of) == (1, 3)
    assert (made.resolved_late, made.overdue_open) == (1, 1)
    assert (made.not_yet_due, made.without_due) == (1, 1)


def test_done_at_the_very_instant_is_on_time() -> None:
    assert on_time(days(100), days(100), as_of=AS_OF).share.value == 1


def test_done_early_does_not_count_until_it_would_have_been_due() -> None:
    assert on_time(days(101), days(50), as_of=AS_OF).share.of == 0


def test_what_was_resolved_later_was_open_then() -> None:
    assert on_time(days(90), days(101), as_of=AS_OF).overdue_open == 1


def test_duplicates_and_tests_are_left_out_and_told() -> None:
    made = on_time(days(90, 90), days(80, NO), as_of=AS_OF, left_out=np.array([False, True]))
    assert made.share.value == 1
    assert made.left_out == 1


def test_nothing_is_no_percentage() -> None:
    made = on_time(days(), days(), as_of=AS_OF)
    assert made.share.value is None
    assert city_style(days(), days(), days(), as_of=AS_OF) == CityStyle(None, 0, None, ())


def test_interval_is_wilsons() -> None:
    """84 of 100: 75.6 to 89.9 %."""
    due, done = np.full(100, 90 * DAY), np.full(100, 80 * DAY)
    done[:16] = NO
    share = on_time(due, done, as_of=AS_OF).share
    assert (share.lower, share.upper) == pytest.approx((0.7558, 0.8990), abs=5e-5)


def test_city_figure_counts_what_is_not_due_as_met() -> None:
    """Nothing is resolved, nothing is due, and the city's figure is a hundred percent."""
    made = city_style(np.zeros(200, dtype=np.int64), days(*[300] * 200), days(*[NO] * 200), as_of=0)
    assert made.value == 1
    assert made.resolved == 0
    assert len(made.warnings) == 2


def test_city_figure_of_few_is_doubted() -> None:
    made = city_style(days(0, 0), days(9, 9), days(1, 1), as_of=AS_OF)
    assert (made.value, made.resolved) == (1, 1)
    assert [w[:10] for w in made.warnings] == ["2 requests"]


def test_plain_city_figure_is_not_doubted() -> None:
    opened = np.zeros(200, dtype=np.int64)
    done = days(*[8] * 150, *[20] * 50)
    made = city_style(opened, days(*[10] * 200), done, as_of=AS_OF)
    assert made.value == pytest.approx(0.75)
    assert made.warnings == ()


def test_promise_is_kept_by_the_first_day_and_not_the_last() -> None:
    made = promise_kept(days(50, 50, 50), days(50, 90, 90), days(49, 80, NO), as_of=AS_OF)
    assert (made.share.yes, made.share.of) == (1, 3)
    assert made.moved == 2
    assert made.by_current_promise.yes == 2


ROWS = st.lists(
    st.tuples(st.integers(0, 120) | st.just(NO), st.integers(0, 120) | st.just(NO)), max_size=40
)


@given(rows=ROWS, seed=st.integers(0, 9))
def test_every_request_is_in_one_group_whatever_the_order(
    rows: list[tuple[int, int]], seed: int
) -> None:
    due, done = days(*(r[0] for r in rows)), days(*(r[1] for r in rows))
    made = on_time(due, done, as_of=AS_OF)
    counted = made.share.of + made.not_yet_due + made.without_due + made.left_out
    assert counted == len(rows)
    assert made.share.yes + made.resolved_late + made.overdue_open == made.share.of
    order = np.random.default_rng(seed).permutation(len(rows))
    assert on_time(due[order], done[order], as_of=AS_OF) == made


@given(rows=ROWS, more=st.integers(0, 50))
def test_moving_the_whole_calendar_changes_nothing(rows: list[tuple[int, int]], more: int) -> None:
    due, done = days(*(r[0] for r in rows)), days(*(r[1] for r in rows))
    shift = more * DAY
    made = on_time(due, done, as_of=AS_OF)
    moved = on_time(
        np.where(due < NO, due + shift, due),
        np.where(done < NO, done + shift, done),
        as_of=AS_OF + shift,
    )
    assert moved == made
