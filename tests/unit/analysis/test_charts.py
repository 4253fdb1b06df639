"""Charts flag a change and stay quiet about ups and downs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.charts import Chart, Rule, g_chart, p_chart, xmr

FIELD = [82, 79, 85, 81, 78, 84, 80, 83, 77, 81]
YES, OF = np.array([820, 1500, 1290, 2100, 1650]), np.array([1000, 2000, 1500, 2500, 2200])


def rules(chart: Chart) -> set[Rule]:
    return {s.rule for s in chart.signals}


def of(*values: float, baseline: int | None = None) -> Chart:
    return xmr(np.array(values, dtype=np.float64), baseline=baseline)


def test_single_values_of_the_field_notes() -> None:
    made = of(*FIELD)
    assert made.centre[0] == pytest.approx(81.0)
    assert made.spread == pytest.approx(4.333, abs=5e-4)
    assert (made.lower[0], made.upper[0]) == pytest.approx((69.47, 92.53), abs=5e-3)
    assert made.range_limit == pytest.approx(3.267 * 13 / 3)
    assert made.signals == ()


def test_next_value_of_sixty_is_a_signal() -> None:
    made = of(*FIELD, 60, baseline=10)
    found = [s for s in made.signals if s.rule is Rule.BEYOND]
    assert [(s.first, s.upwards) for s in found] == [(10, False)]
    assert made.upper[0] == pytest.approx(92.53, abs=5e-3)


def test_shares_of_the_field_notes() -> None:
    made, plain = p_chart(YES, OF), p_chart(YES, OF, laney=False)
    assert made.centre[0] == pytest.approx(0.8)
    assert made.spread == pytest.approx(6.70, abs=5e-3)
    assert made.signals == ()
    flagged = [s for s in plain.signals if s.rule is Rule.BEYOND]
    assert len(flagged) == 4


def test_eight_on_one_side_are_a_signal_and_seven_are_not() -> None:
    low = [82, 80] * 10
    assert Rule.ONE_SIDE in rules(of(*low, *[81.5] * 8, baseline=20))
    assert Rule.ONE_SIDE not in rules(of(*low, *[81.5] * 7, 80, baseline=20))


def test_seven_rising_are_a_signal_and_six_are_not() -> None:
    wide = [70, 90] * 10
    assert Rule.IN_A_ROW in rules(of(*wide, 76, 77, 78, 79, 80, 81, 82, baseline=20))
    assert Rule.IN_A_ROW not in rules(of(*wide, 70, 77, 78, 79, 80, 81, 75, baseline=20))


def test_two_of_three_near_a_limit_are_a_signal() -> None:
    base = [79, 83] * 10
    near = 81 + 4 / 1.128 * 2.2
    assert rules(of(*base, near, 81, near, baseline=20)) == {Rule.NEAR}
    assert rules(of(*base, near, 81, 81, near, baseline=20)) == set()
    assert rules(of(*base, near, 81, 162 - near, baseline=20)) == set()


def test_values_all_alike_are_no_signal() -> None:
    assert of(*[5] * 30).signals == ()


def test_rare_events_have_a_median_and_exact_limits() -> None:
    """Half of the gaps of a geometric law with a mean of 20 days are up to 14; one in 741 is
    over 135."""
    made = g_chart(np.full(30, 20))
    assert made.centre[0] == 14
    stays = 20 / 21
    assert 1 - stays ** (made.upper[0] + 1) >= 1 - 0.00135
    assert 1 - stays ** made.upper[0] < 1 - 0.00135
    assert made.lower[0] == 0
    assert Rule.BEYOND in rules(g_chart(np.array([20] * 30 + [150]), baseline=30))


def test_rare_events_give_few_false_alarms() -> None:
    rng = np.random.default_rng(1)
    beyond = 0
    for _ in range(100):
        gaps = rng.geometric(1 / 21, 200) - 1
        made = g_chart(gaps, baseline=100)
        beyond += sum(s.rule is Rule.BEYOND and s.first >= 100 for s in made.signals)
    assert beyond / 10_000 < 0.005


def test_laney_gives_few_false_alarms_where_plain_limits_give_many() -> None:
    rng = np.random.default_rng(2)
    ours = plain = 0
    for _ in range(100):
        number = rng.integers(800, 3000, 104)
        yes = rng.binomial(number, rng.beta(160, 40, 104))
        ours += sum(s.rule is Rule.BEYOND for s in p_chart(yes, number, baseline=52).signals)
        plain += sum(
            s.rule is Rule.BEYOND for s in p_chart(yes, number, laney=False, baseline=52).signals
        )
    assert ours / 10_400 < 0.008
    assert plain / 10_400 > 0.1


@pytest.mark.parametrize(
    ("values", "baseline"), [([], None), ([1], None), ([1, 2], 3), ([1, 2], 1)]
)
def test_too_few_values_set_no_limits(values: list[float], baseline: int | None) -> None:
    with pytest.raises(ValueError, match="at least two"):
        of(*values, baseline=baseline)


def test_week_without_cases_is_refused() -> None:
    with pytest.raises(ValueError, match="without cases"):
        p_chart(np.array([1, 0]), np.array([2, 0]))


def test_rare_events_all_on_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match="one day"):
        g_chart(np.zeros(5, dtype=np.int64))


def test_all_or_none_on_time_is_no_signal() -> None:
    number = np.array([5, 9, 7])
    assert p_chart(number, number).signals == ()
    assert p_chart(np.zeros(3, dtype=np.int64), number).signals == ()


@given(values=st.lists(st.integers(-50, 50), min_size=2, max_size=40), shift=st.integers(-9, 9))
def test_shift_or_mirror_changes_no_signal(values: list[int], shift: int) -> None:
    made = of(*values)
    moved, mirrored = of(*(v + shift for v in values)), of(*(-v for v in values))
    exact = {Rule.IN_A_ROW}
    for other, same in ((moved, True), (mirrored, False)):
        ours = [(s.first, s.last, s.upwards is same) for s in other.signals if s.rule in exact]
        theirs = [(s.first, s.last, s.upwards) for s in made.signals if s.rule in exact]
        assert sorted(ours) == sorted(theirs)
    assert (made.lower <= made.centre).all()
    assert (made.centre <= made.upper).all()
    assert all(0 <= s.first <= s.last < len(values) for s in made.signals)
