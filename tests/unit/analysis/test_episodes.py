"""Reports fold into episodes: every report in exactly one, whatever their order."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analysis.reports import RECURRENCE, SILENT, Report, came_back, folded, reports
from wardroom.analysis.episodes import DAY, NEVER, Episodes, fold, returns

T0 = 20_000 * DAY
OPEN = int(NEVER)


def fold_rows(rows: list[Report]) -> Episodes:
    def column(name: str) -> np.ndarray:
        return np.array([getattr(r, name) for r in rows], dtype=np.int64)

    silent = np.array([SILENT[r.topic] for r in rows], dtype=np.int64)
    return fold(column("place"), column("topic"), column("opened"), column("closed"), silent)


def at(day: float, *, closed: float | None = None, place: int = 1, topic: int = 0) -> Report:
    """A report so many days after the start; topic 0 is silent after 7 days, topic 1 after 30."""
    end = OPEN if closed is None else T0 + int(closed * DAY)
    return Report(place, topic, T0 + int(day * DAY), end)


def numbers(*rows: Report) -> list[int]:
    found: list[int] = fold_rows(list(rows)).of_report.tolist()
    return found


def test_no_reports_are_no_episodes() -> None:
    made = fold_rows([])
    assert len(made) == 0
    assert [len(c) for c in returns(made, np.empty(0, dtype=np.int64))] == [0, 0]


def test_one_report_is_one_episode() -> None:
    made = fold_rows([at(3, closed=5)])
    assert len(made) == 1
    assert (made.started[0], made.ended[0], made.reports[0]) == (T0 + 3 * DAY, T0 + 5 * DAY, 1)


def test_repeat_within_the_silent_days_joins() -> None:
    assert numbers(at(0, closed=1), at(7, closed=8)) == [0, 0]


def test_repeat_after_the_silent_days_is_a_new_episode() -> None:
    assert numbers(at(0, closed=1), at(7.001, closed=8)) == [0, 1]


def test_each_repeat_keeps_the_episode_awake() -> None:
    assert numbers(*(at(6 * n, closed=6 * n + 1) for n in range(10))) == [0] * 10


def test_report_while_an_earlier_one_is_open_joins() -> None:
    assert numbers(at(0, closed=100), at(50, closed=51), at(99, closed=120), at(119)) == [0] * 4


def test_open_report_holds_its_episode_open_for_ever() -> None:
    made = fold_rows([at(0), at(2, closed=3), at(900, closed=901)])
    assert made.of_report.tolist() == [0, 0, 0]
    assert made.ended[0] == NEVER


def test_report_after_closing_and_silence_opens_a_new_episode() -> None:
    rows = [at(0, closed=20), at(20.001, closed=22)]
    assert numbers(*rows) == [0, 1]
    assert fold_rows(rows).ended.tolist() == [T0 + 20 * DAY, T0 + 22 * DAY]


def test_other_place_and_other_topic_are_other_episodes() -> None:
    assert len({*numbers(at(0), at(0, place=2), at(0, topic=1))}) == 3


def test_each_topic_has_its_own_silence() -> None:
    rows = [at(d, closed=d, topic=t) for t in (0, 1) for d in (0, 20)]
    assert numbers(*rows) == [0, 1, 2, 2]


def test_closing_before_opening_counts_as_closed_at_once() -> None:
    made = fold_rows([at(5, closed=2)])
    assert made.ended[0] == made.started[0]


@given(reports())
def test_folding_agrees_with_one_report_after_the_other(rows: list[Report]) -> None:
    made, slow = fold_rows(rows), folded(rows)
    assert len(made) == len(slow)
    assert grouped(made.of_report) == {frozenset(e.reports) for e in slow}
    by_start = {(e.place, e.topic, e.started): e for e in slow}
    for n in range(len(made)):
        twin = by_start[made.place[n], made.topic[n], made.started[n]]
        assert made.ended[n] == twin.ended
        assert made.reports[n] == len(twin.reports)
        assert made.first_report[n] == twin.reports[0]


@given(reports())
def test_every_report_is_in_exactly_one_episode_of_its_place_and_topic(
    rows: list[Report],
) -> None:
    made = fold_rows(rows)
    assert made.reports.sum() == len(rows)
    assert (np.bincount(made.of_report, minlength=len(made)) == made.reports).all()
    for row, number in zip(rows, made.of_report.tolist(), strict=True):
        assert (made.place[number], made.topic[number]) == (row.place, row.topic)
        assert made.started[number] <= row.opened


@given(rows=reports(), seed=st.randoms(use_true_random=False))
def test_order_of_the_reports_does_not_matter(
    rows: list[Report],
    seed: Random,
) -> None:
    order = list(range(len(rows)))
    seed.shuffle(order)
    straight, mixed = fold_rows(rows), fold_rows([rows[n] for n in order])
    for column in ("place", "topic", "started", "ended", "reports"):
        assert getattr(straight, column).tolist() == getattr(mixed, column).tolist()
    assert straight.of_report[order].tolist() == mixed.of_report.tolist()


@given(reports())
def test_later_report_never_splits_or_joins_what_was_folded(rows: list[Report]) -> None:
    """What was ranked yesterday stays explicable: a report can only be added at the end."""
    made = fold_rows(rows)
    after = max(r.opened for r in rows) + 400 * DAY
    again = fold_rows([*rows, Report(rows[0].place, rows[0].topic, after, OPEN)])
    assert grouped(again.of_report[:-1]) == grouped(made.of_report)


def grouped(of_report: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(of_report == n).tolist()) for n in of_report.tolist()}


@given(reports())
def test_returns_agree_with_looking_back_from_each_episode(rows: list[Report]) -> None:
    made, slow = fold_rows(rows), folded(rows)
    mask, days = returns(made, np.array([RECURRENCE[t] for t in made.topic.tolist()]))
    expected = {
        (slow[n].place, slow[n].topic, slow[n].started): after
        for n, after in came_back(slow).items()
    }
    found = {
        (int(made.place[n]), int(made.topic[n]), int(made.started[n])): int(days[n])
        for n in np.flatnonzero(mask)
    }
    assert found == expected
    assert (days[~mask] == 0).all()


@pytest.mark.parametrize(
    ("second", "is_return"),
    [(24, True), (34, True), (34.001, False), (20.001, True)],
)
def test_trouble_that_comes_back_within_its_days_is_a_return(
    second: float, is_return: bool
) -> None:
    """Closed on day 20; dumping that comes back within 14 days is a return (field 6.6)."""
    made = fold_rows([at(0, closed=20), at(second, closed=50)])
    mask, days = returns(made, np.array([14, 14]))
    assert mask.tolist() == [False, is_return]
    assert days[1] == (int(np.ceil(second - 20)) if is_return else 0)


def test_repeat_before_the_closing_is_a_duplicate_and_no_return() -> None:
    made = fold_rows([at(0, closed=20), at(19, closed=21)])
    assert len(made) == 1
