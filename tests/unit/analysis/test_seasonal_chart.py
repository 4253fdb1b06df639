"""A season is no signal; a change on top of it is."""

from __future__ import annotations

import numpy as np
import pytest

from wardroom.analysis.charts import Chart, Rule
from wardroom.analysis.seasonal_chart import WEEKS_A_YEAR, expectation, weekly_chart


def season(mean: float, weeks: int = 156) -> np.ndarray:
    """What each week brings on average: twice as much in summer, and a little growth."""
    week = np.arange(weeks)
    turn = 2 * np.pi * week / WEEKS_A_YEAR
    made: np.ndarray = mean * np.exp(0.35 * np.cos(turn) + 0.1 * np.sin(2 * turn) + week / 1000)
    return made


def drawn(rng: np.random.Generator, mean: np.ndarray, times_chance: float) -> np.ndarray:
    shape = mean / (times_chance - 1)
    made: np.ndarray = rng.poisson(rng.gamma(shape, mean / shape))
    return made


def beyond(chart: Chart, since: int = 104) -> list[int]:
    return [s.first for s in chart.signals if s.rule is Rule.BEYOND and s.first >= since]


@pytest.mark.parametrize("mean", [30, 300, 3000])
@pytest.mark.parametrize("times_chance", [1.001, 2, 5])
def test_new_weeks_give_few_false_alarms(mean: float, times_chance: float) -> None:
    """Seasonal counts that vary more than by chance: at most one week in a hundred."""
    rng = np.random.default_rng(10)
    ours = plain = 0
    for _ in range(120):
        count = drawn(rng, season(mean), times_chance)
        ours += len(beyond(weekly_chart(count)))
        centre = count[:104].mean()
        plain += int((np.abs(count[104:] - centre) > 3 * np.sqrt(centre)).sum())
    assert ours / (120 * 52) < 0.01
    assert plain / (120 * 52) > 0.1


def test_a_week_twice_as_high_as_its_season_is_a_signal() -> None:
    rng = np.random.default_rng(4)
    count = drawn(rng, season(300), 2)
    count[130] = int(2 * season(300)[130])
    assert 130 in beyond(weekly_chart(count))


def test_a_lasting_rise_of_a_quarter_is_found() -> None:
    rng = np.random.default_rng(5)
    mean = season(300)
    mean[120:] *= 1.25
    made = weekly_chart(drawn(rng, mean, 2))
    assert any(s.rule is Rule.ONE_SIDE and s.upwards and s.first >= 115 for s in made.signals)


def test_expectation_is_the_season() -> None:
    count = np.round(season(5000)).astype(np.int64)
    assert expectation(count).count == pytest.approx(season(5000), rel=0.002)


def test_later_weeks_are_less_sure() -> None:
    rng = np.random.default_rng(6)
    made = expectation(drawn(rng, season(300, 208), 2))
    assert made.relative_variance[200] > 2 * made.relative_variance[52]


def test_less_than_two_years_tell_no_season() -> None:
    with pytest.raises(ValueError, match="104 weeks"):
        weekly_chart(np.full(103, 50))
    with pytest.raises(ValueError, match="104 weeks"):
        weekly_chart(np.full(150, 50), baseline=52)


@pytest.mark.parametrize("level", [0, 9])
def test_rare_counts_are_refused(level: int) -> None:
    with pytest.raises(ValueError, match="too few"):
        weekly_chart(np.full(150, level))


def test_counts_all_alike_are_no_signal() -> None:
    assert weekly_chart(np.full(150, 50)).signals == ()


def test_long_silent_winter_can_be_fitted() -> None:
    """Snow: nothing at all for half of the year."""
    rng = np.random.default_rng(7)
    week = np.arange(156)
    count = rng.poisson(np.where(np.cos(2 * np.pi * week / WEEKS_A_YEAR) > 0.5, 80, 0))
    made = weekly_chart(count)
    assert np.isfinite(made.upper).all()
