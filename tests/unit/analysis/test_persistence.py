"""The ranking: published figures, a slow twin that walks through every report, and edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma
from wardroom.analysis.persistence import (
    Ranking,
    Settings,
    TopicClocks,
    fit_gamma_poisson,
    local_months,
    posterior_above,
    rank_places,
    shrunk_ratio,
)

from tests.unit.analysis.reports import (
    KINDS,
    MONTH,
    OPEN,
    RECURRENCE,
    SILENT,
    SPAN,
    START,
    Report,
    columns,
    places_of,
    reports,
)
from wardroom.analysis.episodes import DAY

CLOCKS = TopicClocks(np.array(SILENT), np.array(RECURRENCE))
ALL = Settings(episodes=0, active_months=0, reporters=0, returns=0)
END = START + SPAN * DAY


def rank(rows: list[Report], *, by: Settings = ALL, as_of: int = END) -> Ranking:
    return rank_places(
        columns(rows), CLOCKS, as_of=as_of, month_of=lambda at: at // MONTH, settings=by
    )


def monthly(place: int, times: int, *, reporters: int = 3, zone: int = 0) -> list[Report]:
    """A place with so many episodes, one a month, the last of them last week."""
    return [
        Report(
            place,
            0,
            END - 7 * DAY - n * MONTH,
            END - 6 * DAY - n * MONTH,
            zone=zone,
            reporter=1 + n % reporters,
        )
        for n in range(times)
    ]


@pytest.mark.parametrize(("y", "e", "ratio"), [(9, 3, 2.579), (3, 0.4, 3.167), (1, 0.1, 2.0)])
def test_golden_vectors_of_the_shrunk_ratio(y: float, e: float, ratio: float) -> None:
    """Field notes 6.1, shape and rate 0.8."""
    found = shrunk_ratio(np.array([float(y)]), np.array([float(e)]), 0.8, 0.8)
    assert found[0] == pytest.approx(ratio, abs=0.0005)


def test_many_episodes_are_surer_than_a_high_ratio_of_few() -> None:
    """The raw ratio puts 1 of 0.1 first (10 times); the posterior puts 9 of 3 first."""
    y, e = np.array([9.0, 3.0, 1.0]), np.array([3.0, 0.4, 0.1])
    sure = posterior_above(2.0, y, e, 0.8, 0.8)
    assert np.argsort(-(y / e)).tolist() == [2, 1, 0]
    assert sure[0] > sure[2]
    assert sure[1] > sure[2]


@given(
    y=st.integers(0, 200),
    e=st.floats(1e-6, 100),
    alpha=st.floats(0.02, 50),
    beta=st.floats(0.02, 50),
    ratio=st.floats(0.5, 5),
)
def test_posterior_is_the_tail_of_the_gamma_distribution(
    y: int, e: float, alpha: float, beta: float, ratio: float
) -> None:
    found = posterior_above(ratio, np.array([float(y)]), np.array([e]), alpha, beta)[0]
    assert 0 <= found <= 1
    assert found == pytest.approx(gamma.sf(ratio, alpha + y, scale=1 / (beta + e)), abs=1e-9)
    more = posterior_above(ratio, np.array([y + 1.0]), np.array([e]), alpha, beta)[0]
    ordinary = posterior_above(ratio, np.array([float(y)]), np.array([e * 1.5]), alpha, beta)[0]
    assert more >= found >= ordinary


def test_nothing_expected_is_no_certainty() -> None:
    """One episode where none was expected is shrunk; it is not endlessly above the ordinary."""
    found = posterior_above(2.0, np.array([1.0]), np.array([0.0]), 0.8, 0.8)[0]
    assert 0 < found < 0.9
    assert shrunk_ratio(np.array([1.0]), np.array([0.0]), 0.8, 0.8)[0] == pytest.approx(2.25)


@pytest.mark.parametrize(("alpha", "beta"), [(0.8, 0.8), (3.0, 2.0), (0.3, 1.5)])
def test_fit_finds_the_shape_and_rate_that_made_the_counts(alpha: float, beta: float) -> None:
    some = np.random.default_rng(5)
    e = some.uniform(0.5, 3, 40_000).round(1)
    y = some.poisson(e * some.gamma(alpha, 1 / beta, 40_000))
    assert list(fit_gamma_poisson(y, e)) == pytest.approx([alpha, beta], rel=0.1)


@pytest.mark.parametrize("y", [[], [3] * 19, [0] * 100])
def test_too_little_to_fit_falls_back(y: list[int]) -> None:
    assert fit_gamma_poisson(np.array(y, dtype=np.int64), np.ones(len(y))) == (0.8, 0.8)


def test_fit_of_places_all_alike_stays_finite() -> None:
    alpha, beta = fit_gamma_poisson(np.full(500, 2), np.full(500, 2.0))
    assert 0.02 <= beta <= 200.1
    assert np.isfinite([alpha, beta]).all()


@settings(max_examples=150, deadline=None)
@given(rows=reports(), cut=st.sampled_from([SPAN, SPAN, 300, 450]))
def test_ranking_agrees_with_walking_through_every_report(rows: list[Report], cut: int) -> None:
    as_of = START + cut * DAY
    slow = places_of(rows, as_of=as_of, last_month=as_of // MONTH)
    made = rank(rows, as_of=as_of)
    assert set(made.place.tolist()) == set(slow)
    assert made.places_seen == len(slow)
    assert made.reports_seen == sum(r.opened <= as_of for r in rows)
    for n, key in enumerate(made.place.tolist()):
        twin = slow[key]
        assert made.zone[n] == twin.zone
        assert made.episodes[n] == twin.episodes
        assert made.expected[n] == pytest.approx(twin.expected)
        assert made.active_months[n] == twin.active_months
        assert made.reporters[n] == twin.reporters
        assert made.top_share[n] == pytest.approx(twin.top_share)
        assert made.returns[n] == twin.returns
        assert made.recent_returns[n] == twin.recent_returns
        assert made.closed[n] == twin.closed
        assert made.stuck[n] == twin.stuck
        assert set(made.agencies[n]) == twin.agencies
        assert dict(made.topics[n]) == twin.topics
        assert made.months[n].tolist() == twin.months
        assert made.first_month[n] == twin.first_month
        assert made.last_started[n] == twin.last_started
        returned = made.median_return_days[n]
        assert (None if np.isnan(returned) else returned) == twin.median_return_days
        score = gamma.sf(2, made.alpha + twin.episodes, scale=1 / (made.beta + twin.expected))
        assert made.score[n] == pytest.approx(score, abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(
    rows=reports(places=8, most=60),
    limits=st.builds(
        Settings,
        episodes=st.integers(1, 4),
        active_months=st.integers(1, 3),
        reporters=st.integers(1, 3),
        returns=st.integers(1, 2),
        returns_days=st.sampled_from([30, 90]),
    ),
)
def test_rule_keeps_what_meets_it_and_nothing_else(rows: list[Report], limits: Settings) -> None:
    slow = places_of(rows, as_of=END, last_month=END // MONTH)
    made = rank(rows, by=replace(limits, returns_days=90))

    def frequent(key: int) -> bool:
        p = slow[key]
        return (
            p.episodes >= limits.episodes
            and p.active_months >= limits.active_months
            and p.possible_reporters >= limits.reporters
        )

    wanted = {k for k in slow if frequent(k) or slow[k].recent_returns >= limits.returns}
    assert set(made.place.tolist()) == wanted
    assert made.frequent.tolist() == [frequent(k) for k in made.place.tolist()]


@settings(max_examples=50, deadline=None)
@given(rows=reports(places=8, most=60), mix=st.randoms(use_true_random=False))
def test_order_of_the_reports_does_not_matter(rows: list[Report], mix: Random) -> None:
    straight, mixed = rank(rows), rank(mix.sample(rows, len(rows)))
    for name in Ranking.__dataclass_fields__:
        one, other = getattr(straight, name), getattr(mixed, name)
        if isinstance(one, np.ndarray):
            assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), name
        else:
            assert one == other, name


@settings(max_examples=50, deadline=None)
@given(reports(places=8, most=60))
def test_surest_place_stands_first(rows: list[Report]) -> None:
    score = np.round(rank(rows).score, 9)
    assert (np.diff(score) <= 0).all()


def test_of_places_alike_the_one_with_more_episodes_stands_higher() -> None:
    rows = [r for place in range(1, 11) for r in monthly(place, place)]
    made = rank(rows)
    assert made.place.tolist() == list(range(10, 0, -1))
    assert (np.diff(made.score) < 0).all()
    assert (np.diff(made.ratio) < 0).all()


def test_same_count_is_more_where_less_is_ordinary() -> None:
    """Six episodes in a quiet ward stand above six in a ward where six are common."""
    quiet = [*monthly(1, 6, zone=1), *(r for p in range(2, 12) for r in monthly(p, 1, zone=1))]
    loud = [*monthly(21, 6, zone=2), *(r for p in range(22, 32) for r in monthly(p, 6, zone=2))]
    made = rank([*quiet, *loud])
    order = made.place.tolist()
    assert order[0] == 1
    assert order.index(1) < order.index(21)


def test_one_caller_is_no_persistent_location() -> None:
    """A dozen episodes told by one person do not meet the rule; by three they do (gaming)."""
    by = Settings()
    others = [r for p in range(2, 40) for r in monthly(p, 1)]
    assert rank([*monthly(1, 12, reporters=1), *others], by=by).place.tolist() == []
    assert rank([*monthly(1, 12, reporters=3), *others], by=by).place.tolist() == [1]


def test_storm_of_calls_on_one_day_is_one_episode() -> None:
    storm = [Report(1, 0, END - 9 * DAY + 60 * n, OPEN, reporter=n + 1) for n in range(50)]
    made = rank([*storm, *monthly(2, 5)])
    assert made.episodes[made.place.tolist().index(1)] == 1
    assert made.place.tolist() == [2, 1]
    assert made.top_share[1] == 1.0


def test_feed_without_reporters_ranks_without_them() -> None:
    rows = [replace(r, reporter=0) for r in monthly(1, 6)]
    made = rank(rows, by=Settings())
    assert made.place.tolist() == [1]
    assert made.reporters.tolist() == [0]
    assert made.top_share.tolist() == [0.0]


def test_reporter_known_elsewhere_takes_no_place_off_the_list() -> None:
    """Whether callers are told apart is asked of each place, not of the whole city."""
    silent = [replace(r, reporter=0) for r in monthly(1, 6)]
    made = rank([*silent, *monthly(2, 6), *monthly(3, 6, reporters=1)], by=Settings())
    assert made.place.tolist() == [1, 2]
    assert made.reporters.tolist() == [0, 3]


def test_unnamed_reports_are_one_person_at_least_and_one_an_episode_at_most() -> None:
    """One loud caller and one report without a name are two people, whatever they do."""
    alone = [replace(r, reporter=0 if n == 0 else 7) for n, r in enumerate(monthly(1, 6))]
    helped = [replace(r, reporter=0 if n < 2 else 7) for n, r in enumerate(monthly(2, 6))]
    made = rank([*alone, *helped], by=Settings())
    assert made.place.tolist() == [2]
    assert made.reporters.tolist() == [2]


@pytest.mark.parametrize(
    ("began", "ended", "months"),
    [(100, 40, 3), (100, 99, 1), (100, None, 4), (700, None, 12), (700, 400, 0), (700, 100, 9)],
)
def test_month_in_which_trouble_went_on_is_active_though_none_began_in_it(
    began: int, ended: int | None, months: int
) -> None:
    """Days ago, where a month has 30 days and the last is two days from its end."""
    now = END // MONTH * MONTH + 28 * DAY
    closed = OPEN if ended is None else now - ended * DAY
    made = rank([Report(1, 0, now - began * DAY, closed)], as_of=now)
    assert made.active_months.tolist() == [months]


def test_one_long_trouble_and_its_repeats_meet_the_rule_by_its_months() -> None:
    """Four episodes that began in one month, one of which went on for three."""
    start = END // MONTH * MONTH - 4 * MONTH
    long = Report(1, 1, start, start + 70 * DAY, reporter=1)
    short = [
        Report(1, 0, start + day * DAY, start + day * DAY, reporter=2 + n)
        for n, day in enumerate((1, 10, 19))
    ]
    made = rank([long, *short], by=Settings())
    assert (made.episodes.tolist(), made.active_months.tolist()) == ([4], [3])


def test_what_is_older_than_a_year_is_history_and_no_reason() -> None:
    ago = 400 * DAY
    old = [replace(r, opened=r.opened - ago, closed=r.closed - ago) for r in monthly(1, 3)]
    made = rank([*old, *monthly(2, 1)])
    n = made.place.tolist().index(1)
    assert (made.episodes[n], made.active_months[n], made.topics[n]) == (0, 0, ())
    assert made.months[n].sum() == 3


def test_what_came_after_the_instant_is_not_known() -> None:
    rows = monthly(1, 6)
    then = END - 100 * DAY
    made = rank(rows, as_of=then)
    assert made.reports_seen == sum(r.opened <= then for r in rows) < 6
    closed_later = [Report(1, 0, then - DAY, then + DAY)]
    assert rank(closed_later, as_of=then).closed.tolist() == [0]
    assert rank(closed_later, as_of=then + 2 * DAY).closed.tolist() == [1]


def test_no_ward_takes_more_than_its_share_of_the_list() -> None:
    rows = [r for p in range(1, 21) for r in monthly(p, 5, zone=p % 2)]
    made = rank(rows, by=replace(ALL, most_a_zone=3))
    assert np.bincount(made.zone).tolist() == [3, 3]
    whole = rank(rows).place.tolist()
    assert made.place.tolist() == [p for p in whole if whole.index(p) < 6]


@pytest.mark.parametrize("by", [ALL, Settings()])
def test_no_reports_and_one_report_rank_without_fault(by: Settings) -> None:
    empty = rank([], by=by)
    assert (len(empty.place), empty.places_seen, empty.reports_seen) == (0, 0, 0)
    assert empty.months.shape == (0, 36)
    future = rank([Report(1, 0, END + DAY, OPEN)], by=by)
    assert future.places_seen == 0
    one = rank([Report(KINDS + 1, 1, END - DAY, OPEN)], by=by)
    assert one.places_seen == 1
    assert one.expected.tolist() == [1.0] * len(one.place)


@given(
    instants=st.lists(st.integers(946_684_800, 2_082_758_399), min_size=1, max_size=30),
    zone=st.sampled_from(["America/New_York", "America/Los_Angeles", "UTC", "Asia/Kolkata"]),
)
def test_month_of_an_instant_is_that_of_the_citys_calendar(instants: list[int], zone: str) -> None:
    found = local_months(np.array(instants), zone).tolist()
    for instant, month in zip(instants, found, strict=True):
        local = datetime.fromtimestamp(instant, tz=UTC).astimezone(ZoneInfo(zone))
        assert month == local.year * 12 + local.month - 1


@pytest.mark.parametrize("minute", range(0, 24 * 60, 15))
def test_month_holds_in_a_night_when_the_clocks_change_on_the_first(minute: int) -> None:
    """On 1 November 2026 the clocks go back; midnight was four hours from UTC, noon is five."""
    instant = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp()) + 60 * minute
    local = datetime.fromtimestamp(instant, tz=UTC).astimezone(ZoneInfo("America/New_York"))
    found = local_months(np.array([instant]), "America/New_York")[0]
    assert found == local.year * 12 + local.month - 1


def test_no_instants_have_no_months() -> None:
    assert len(local_months(np.empty(0, dtype=np.int64), "UTC")) == 0
