"""Clearing a list leaves traces: many in a minute, one second, one day."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.bulk_closing import DAY, NOBODY, BulkClosing, bulk_closing


def judged(at: np.ndarray, by: np.ndarray | None = None) -> BulkClosing:
    who = np.full(len(at), NOBODY) if by is None else by
    return bulk_closing(at, who, np.ones(len(at), dtype=np.bool_))


def ordinary(rng: np.random.Generator, days: int = 100) -> np.ndarray:
    """Some 12 closures a day, in office hours."""
    number = rng.poisson(12, days)
    day = np.repeat(np.arange(days), number)
    made: np.ndarray = day * DAY + rng.integers(9 * 3600, 17 * 3600, len(day))
    return made


def test_ordinary_work_is_not_bulk() -> None:
    rng = np.random.default_rng(0)
    at = ordinary(rng)
    made = judged(at, rng.integers(0, 6, len(at)))
    assert made.has_clock
    assert not made.in_bulk.any()
    assert (made.by_one_person, made.same_second, made.busy_days) == ((), (), ())


def test_five_by_one_person_in_a_minute_are_bulk() -> None:
    at = np.array([600, 610, 620, 640, 659, 660])
    made = judged(at, np.array([3, 3, 3, 3, 3, 3]))
    assert [(b.at, b.by, b.number) for b in made.by_one_person] == [(600, 3, 5)]
    assert made.in_bulk.tolist() == [True] * 5 + [False]


def test_five_by_several_people_in_a_minute_are_not() -> None:
    at = np.array([600, 610, 620, 640, 659])
    assert judged(at, np.arange(5)).by_one_person == ()
    assert judged(at).by_one_person == ()


def test_one_second_for_all_is_bulk_whoever_it_was() -> None:
    made = judged(np.array([700] * 6 + [900]), np.arange(7))
    assert [(b.at, b.number) for b in made.same_second] == [(700, 6)]
    assert made.in_bulk.sum() == 6


def test_dates_without_a_clock_are_not_taken_for_one_second() -> None:
    made = judged(np.repeat(np.arange(40) * DAY, 10))
    assert not made.has_clock
    assert not made.in_bulk.any()


def test_day_of_clearing_up_stands_out() -> None:
    rng = np.random.default_rng(1)
    at = np.concatenate([ordinary(rng), 50 * DAY + rng.integers(9 * 3600, 17 * 3600, 90)])
    made = judged(at)
    assert [d.day for d in made.busy_days] == [50]
    assert made.busy_days[0].number > 3 * made.busy_days[0].usual_most
    assert made.in_bulk.sum() == made.busy_days[0].number


def test_few_days_are_not_judged() -> None:
    assert (
        judged(np.concatenate([np.arange(20) * DAY + 40_000, np.arange(500) + 50_000])).busy_days
        == ()
    )


def test_closures_without_proof_are_counted() -> None:
    made = bulk_closing(np.array([5, 9]), np.array([1, 1]), np.array([True, False]))
    assert (made.proven.yes, made.proven.of) == (1, 2)


def test_nothing_closed_is_nothing_found() -> None:
    made = judged(np.empty(0, dtype=np.int64))
    assert made.proven.value is None
    assert not made.has_clock


@given(
    rows=st.lists(st.tuples(st.integers(0, 3000), st.integers(-1, 2)), max_size=60),
    seed=st.integers(0, 9),
)
def test_order_does_not_matter(rows: list[tuple[int, int]], seed: int) -> None:
    at = np.array([r[0] for r in rows], dtype=np.int64) * 7 + 1
    by = np.array([r[1] for r in rows], dtype=np.int64)
    order = np.random.default_rng(seed).permutation(len(rows))
    made, mixed = judged(at, by), judged(at[order], by[order])
    assert made.by_one_person == mixed.by_one_person
    assert made.in_bulk[order].tolist() == mixed.in_bulk.tolist()
