"""The backlog by age, its flow, and Little's law as a check."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.backlog import DAY, Backlog, backlog, little_check
from wardroom.analysis.folding import NEVER

NO = int(NEVER)
AS_OF = 1000


def counted(*rows: tuple[int, int, int], since: int = 970) -> Backlog:
    """Opened, closed and due on days."""
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    seconds = np.where(table == NO, NO, table * DAY)
    return backlog(*seconds.T, since=since * DAY, as_of=AS_OF * DAY)


def test_every_open_request_is_in_its_band() -> None:
    ages = (0, 7, 8, 30, 31, 90, 91, 365, 366)
    made = counted(*((AS_OF - age, NO, NO) for age in ages))
    assert made.by_age.tolist() == [2, 2, 2, 2, 1]
    assert made.without_due == made.open == 9


def test_overdue_is_banded_by_the_due_date() -> None:
    made = counted((1, NO, 999), (1, NO, 1000), (1, NO, 1001), (1, NO, 600), (1, NO, NO))
    assert made.by_overdue.tolist() == [2, 0, 0, 0, 1]
    assert (made.not_yet_due, made.without_due) == (1, 1)


def test_flow_is_that_of_the_period() -> None:
    made = counted((960, 980, NO), (975, 990, NO), (980, NO, NO), (985, NO, NO), (900, 965, NO))
    assert (made.came_in, made.went_out, made.net_flow) == (3, 2, 1)
    assert made.clearance == pytest.approx(2 / 3)
    assert made.days_of_work == pytest.approx(2 / (2 / 30))


def test_oldest_come_first_and_are_ten_at_most() -> None:
    made = counted(*((900 - i, NO, NO) for i in range(15)), (1, 2, NO))
    assert made.oldest.tolist() == list(range(14, 4, -1))


def test_empty_office_has_no_ratio() -> None:
    made = counted()
    assert (made.open, made.clearance, made.days_of_work) == (0, None, None)
    empty = np.empty(0, dtype=np.int64)
    check = little_check(empty, empty, since=0, as_of=DAY)
    assert (check.ratio, check.steady) == (None, False)


def test_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after"):
        counted((1, 2, 3), since=AS_OF)


def test_little_holds_where_work_is_steady() -> None:
    rng = np.random.default_rng(3)
    opened = rng.integers(0, 1000 * DAY, 20_000)
    closed = opened + (rng.exponential(12, 20_000) * DAY).astype(np.int64)
    check = little_check(opened, closed, since=200 * DAY, as_of=900 * DAY)
    assert check.ratio == pytest.approx(1, abs=0.03)
    assert check.steady
    assert check.mean_open == pytest.approx(20 * 12, rel=0.05)


def test_little_fails_where_only_the_quick_ones_are_closed() -> None:
    rng = np.random.default_rng(3)
    opened = rng.integers(0, 365 * DAY, 5_000)
    quick = rng.random(5_000) < 0.5
    closed = np.where(quick, opened + 2 * DAY, NO)
    check = little_check(opened, closed, since=0, as_of=365 * DAY)
    assert check.ratio is not None
    assert check.ratio < 0.1
    assert not check.steady


ROWS = st.lists(
    st.tuples(
        st.integers(0, 1000), st.integers(0, 1100) | st.just(NO), st.integers(0, 1100) | st.just(NO)
    ),
    max_size=30,
)


@given(rows=ROWS)
def test_bands_add_up_to_what_is_open(rows: list[tuple[int, int, int]]) -> None:
    made = counted(*rows)
    assert made.by_age.sum() == made.open
    assert made.by_overdue.sum() + made.not_yet_due + made.without_due == made.open
    assert len(made.oldest) == min(made.open, 10)


@given(rows=ROWS)
def test_what_flowed_is_what_the_backlog_grew_by(rows: list[tuple[int, int, int]]) -> None:
    kept = [(o, max(o, c) if c != NO else c, d) for o, c, d in rows]
    table = np.array(kept, dtype=np.int64).reshape(-1, 3)
    seconds = np.where(table == NO, NO, table * DAY)
    now = counted(*kept)
    before = backlog(*seconds.T, since=0, as_of=970 * DAY)
    assert before.open + now.net_flow == now.open
