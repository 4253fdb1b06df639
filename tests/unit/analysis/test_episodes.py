"""The requests behind one page fold as the engine folds a whole city."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wardroom.analysis.episodes import DAY, NEVER, Report, days_until_return, fold_few, goes_on
from wardroom.analysis.folding import Reports, fold_reports, in_order

KINDS = ("dumping", "rats")
REACH = {"dumping": 40.0, "rats": 25.0}
T0 = 20_000 * DAY


def at(day: float, *, closed: float | None = None, x: float = 0, kind: str = "dumping") -> Report:
    """A report so many days after the start, so many metres along the street."""
    end = NEVER if closed is None else T0 + int(closed * DAY)
    return Report(x, 0.0, kind, T0 + int(day * DAY), end)


def folded(*rows: Report) -> list[tuple[int, ...]]:
    return [e.reports for e in fold_few(rows, REACH)]


REPORTS = st.lists(
    st.builds(
        Report,
        x=st.integers(0, 12).map(lambda n: 9.0 * n),
        y=st.integers(0, 2).map(lambda n: 7.0 * n),
        kind=st.sampled_from(KINDS),
        opened=st.integers(0, 400).map(lambda n: T0 + n * DAY // 4),
        closed=st.one_of(st.just(NEVER), st.integers(0, 600).map(lambda n: T0 + n * DAY // 4)),
    ),
    max_size=40,
    unique_by=lambda r: r.opened,
)


def test_no_reports_are_no_episodes() -> None:
    assert fold_few([], REACH) == ()


def test_report_while_one_is_open_within_reach_is_a_repeat() -> None:
    assert folded(at(0, closed=9), at(3, closed=4, x=39)) == [(0, 1)]


def test_report_after_closing_begins_a_new_episode() -> None:
    assert folded(at(0, closed=2), at(2, closed=3), at(2.5)) == [(0,), (1, 2)]


def test_report_out_of_reach_or_of_another_kind_is_another_trouble() -> None:
    assert folded(at(0), at(1, x=41), at(2, kind="rats")) == [(0,), (1,), (2,)]


def test_repeat_holds_the_episode_open_and_leads_to_its_first_report() -> None:
    made = fold_few([at(0, closed=5), at(4, closed=20, x=30), at(10, closed=11, x=60)], REACH)
    assert [(e.reports, e.started, e.ended) for e in made] == [
        ((0, 1, 2), T0, T0 + 20 * DAY),
    ]


@settings(max_examples=150)
@given(REPORTS)
def test_folding_agrees_with_that_of_the_whole_city(rows: list[Report]) -> None:
    ordered, order = in_order(
        Reports(
            np.array([r.x for r in rows], dtype=np.float64),
            np.array([r.y for r in rows], dtype=np.float64),
            np.array([KINDS.index(r.kind) for r in rows], dtype=np.int16),
            np.array([r.opened for r in rows], dtype=np.int64),
            np.array([r.closed for r in rows], dtype=np.int64),
        )
    )
    city = fold_reports(ordered, np.array([REACH[kind] for kind in KINDS]))
    groups: dict[int, set[int]] = {}
    for place, episode in zip(order.tolist(), city.of_report.tolist(), strict=True):
        groups.setdefault(episode, set()).add(place)
    made = fold_few(rows, REACH)
    assert {frozenset(e.reports) for e in made} == {frozenset(g) for g in groups.values()}
    assert [e.ended for e in made] == city.ended.tolist()


@given(REPORTS, st.randoms(use_true_random=False))
def test_order_of_the_reports_does_not_matter(rows: list[Report], mix: Random) -> None:
    order = list(range(len(rows)))
    mix.shuffle(order)
    mixed = fold_few([rows[n] for n in order], REACH)
    assert [tuple(order[n] for n in e.reports) for e in mixed] == folded(*rows)


def test_return_is_soon_after_the_closing_of_the_one_before() -> None:
    rows = [
        at(0, closed=2), at(5, closed=6), at(40, closed=41),
        at(41.5, closed=50, kind="rats"), at(50, kind="rats"),
    ]  # fmt: skip
    made = fold_few(rows, REACH)
    assert days_until_return(made, {"dumping": 14, "rats": 60}) == {1: 3}


def test_only_a_live_status_keeps_an_episode_open() -> None:
    assert [goes_on(s) for s in ("open", "in_progress", "duplicate_open", "closed", "unknown")] == [
        True, True, False, False, False,
    ]  # fmt: skip
