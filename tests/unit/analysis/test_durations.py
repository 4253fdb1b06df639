"""Instants become times watched: what the records hold wrongly is counted and left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.durations import DAY, Durations, watched
from wardroom.analysis.folding import NEVER
from wardroom.analysis.survival import curve

OPEN = int(NEVER)
AS_OF = 1000 * DAY


def rows(*pairs: tuple[float, float], since: int | None = None) -> Durations:
    """Requests as (opened on day, closed on day), the second `OPEN` where it is not."""
    opened = np.array([int(a * DAY) for a, _ in pairs], dtype=np.int64)
    closed = np.array([OPEN if b == OPEN else int(b * DAY) for _, b in pairs], dtype=np.int64)
    return watched(opened, closed, as_of=AS_OF, since=since)


def test_open_and_closed_are_told_apart() -> None:
    made = rows((900, 910), (990, OPEN), (990, 1001))
    assert made.days.tolist() == [10, 10, 10]
    assert made.closed.tolist() == [True, False, False]


def test_closed_within_minutes_is_for_the_audit_and_no_closing() -> None:
    made = rows((900, 900 + 10 / 1440), (900, 900 + 15 / 1440))
    assert made.quick == 1
    assert made.closed.tolist() == [False, True]


def test_closed_before_it_was_opened_is_left_out_and_counted() -> None:
    made = rows((900, 899), (900, 901))
    assert made.backwards == 1
    assert made.at.tolist() == [1]


def test_not_yet_opened_on_the_day_is_left_out() -> None:
    made = rows((1001, 1002), (1001, OPEN), (1000, OPEN))
    assert made.unseen == 2
    assert made.days.tolist() == [0]


def test_request_that_moved_on_is_cut_short_for_its_first_agency() -> None:
    opened, closed = np.array([0, 0]), np.array([10 * DAY, 10 * DAY])
    moved = np.array([4 * DAY, OPEN])
    made = watched(opened, closed, as_of=AS_OF, moved=moved)
    assert made.days.tolist() == [4, 10]
    assert made.closed.tolist() == [False, True]
    assert watched(opened, closed, as_of=AS_OF).days.tolist() == [10, 10]


def test_open_when_the_records_begin_counts_from_then() -> None:
    made = rows((80, 120), (80, 99), (100, 130), since=100 * DAY)
    assert made.unseen == 1
    assert made.days.tolist() == [40, 30]
    assert made.entry.tolist() == [20, 0]


def test_counting_from_the_start_of_the_records_takes_the_length_bias_away() -> None:
    rng = np.random.default_rng(4)
    opened = rng.integers(0, 1000 * DAY, 40_000)
    closed = opened + (rng.exponential(60, 40_000) * DAY).astype(np.int64)
    seen = closed > 900 * DAY
    made = watched(opened[seen], closed[seen], as_of=AS_OF, since=900 * DAY)
    corrected = curve(made.days, made.closed, entry=made.entry).quantile(0.5).value
    naive = curve(made.days, made.closed).quantile(0.5).value
    assert corrected is not None
    assert naive is not None
    assert abs(corrected - 60 * np.log(2)) < 3
    assert naive > 1.3 * corrected


@given(
    cases=st.lists(st.tuples(st.integers(0, 1100), st.integers(0, 1100), st.integers(0, 1100))),
    since=st.none() | st.integers(0, 1000),
)
def test_every_request_is_kept_or_counted_and_can_be_drawn(
    cases: list[tuple[int, int, int]], since: int | None
) -> None:
    opened, closed, moved = (
        np.array([c[i] * DAY for c in cases], dtype=np.int64) for i in range(3)
    )
    start = None if since is None else since * DAY
    made = watched(opened, closed, as_of=AS_OF, since=start, moved=moved)
    assert len(made.at) + made.backwards + made.unseen == len(cases)
    drawn = curve(made.days, made.closed, entry=made.entry)
    assert drawn.number == len(made.at)
