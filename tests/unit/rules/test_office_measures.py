"""The office's measures by hand: months, shares, targets, answers, and how long incidents wait."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.incidents.gateways.timing import quantiles
from wardroom.incidents.rules import measuring
from wardroom.incidents.rules.measuring import Quantiles, Timed, Waited
from wardroom.kernel.errors import Refused
from wardroom.kernel.working_days import Calendar
from wardroom.reporting.gateways.limits import limits_of
from wardroom.reporting.rules import office_measures as rules
from wardroom.reporting.rules.answering import answered_by, late_up_to, next_working_day
from wardroom.reporting.rules.office_measures import Figure, MonthFigure, Target

TODAY = date(2026, 11, 18)
AT = datetime(2026, 11, 18, 17, tzinfo=UTC)
PROMISES, PLANS, TIME = (rules.MEASURES[code] for code in ("promises", "plans", "time"))
NOBODY = Quantiles(None, None)


def month(n: int, yes: int, of: int, *, whole: bool = True) -> MonthFigure:
    year, number = divmod(n, 12)
    on = date(2024 + year, number + 1, 1)
    return rules.month_of_counts(on, yes, of, sampled=True, whole=whole)


def test_there_are_at_most_twelve_and_each_candidate_is_told() -> None:
    assert len(rules.ALL) == len(rules.MEASURES) == rules.MOST
    assert len(rules.ALL) + len(rules.LEFT_OUT) == 14
    assert all(m.definition.version >= 1 and m.definition.source for m in rules.ALL)


def test_months_are_two_years_and_the_one_that_goes_on() -> None:
    months = rules.first_months(TODAY)
    assert (months[0], months[-2], months[-1]) == (
        date(2024, 11, 1),
        date(2026, 10, 1),
        date(2026, 11, 1),
    )
    assert len(months) == 25
    assert rules.counted_from(TODAY) == date(2025, 11, 1)
    assert rules.month_after(date(2025, 12, 1)) == date(2026, 1, 1)


def test_a_figure_sums_the_last_twelve_whole_months_and_this_one() -> None:
    months = [month(n, 1, 2) for n in range(12)] + [month(n, 3, 4) for n in range(12, 25)]
    told = rules.share_figure(months, sampled=True, beside=(), why_not="Nothing.")
    assert (told.yes, told.of, told.value) == (39, 52, 0.75)
    # Wilson by hand: p 0.75, n 52, z 1.959964.
    assert told.lower == pytest.approx(0.6179, abs=1e-4)
    assert told.upper == pytest.approx(0.8477, abs=1e-4)


def test_nothing_counted_is_not_measured_and_no_zero() -> None:
    told = rules.share_figure([month(1, 0, 0)] * 13, sampled=True, beside=(), why_not="Nothing.")
    assert (told.value, told.yes, told.why_not) == (None, None, "Nothing.")
    none = rules.share_figure([month(1, 0, 5)] * 1, sampled=False, beside=(), why_not="Nothing.")
    assert (none.value, none.lower, none.why_not) == (0.0, None, "")


def test_limits_are_drawn_only_from_eight_months_with_cases() -> None:
    few = [month(n, 1, 2) for n in range(7)] + [month(8, 0, 0), month(9, 1, 2, whole=False)]
    trend = rules.trend_of(PROMISES, few, limits_of)
    assert (len(trend.months), trend.limits) == (7, None)
    assert trend.said == (
        "Limits need 8 months with cases, and there are 7, so nobody can say yet what is ordinary.",
    )


def test_two_points_are_no_signal_and_a_point_beyond_the_limits_is_one() -> None:
    steady = [month(n, 80 + n % 2, 100) for n in range(20)]
    calm = rules.trend_of(PROMISES, steady, limits_of)
    assert calm.said == ("Nothing stands out: the ups and downs are ordinary.",)
    fallen = rules.trend_of(PROMISES, [*steady, month(20, 40, 100)], limits_of)
    assert fallen.limits is not None
    assert fallen.limits.middle == pytest.approx((20 * 80.5 + 40) / 2100)
    assert (
        "In September 2025 it was lower than ordinary ups and downs explain (beyond a limit)."
        " Ask why."
    ) in fallen.said


def test_how_things_stand_has_no_signals() -> None:
    rows = [month(n, 50 - n, 50) for n in range(20)]
    trend = rules.trend_of(PLANS, rows, limits_of)
    assert trend.limits is None
    assert "no month is called a signal" in trend.said[0]


def test_the_target_of_a_day_is_the_last_one_set_for_it() -> None:
    first = Target(0.8, date(2026, 1, 1), "a", "x")
    later = Target(0.9, date(2026, 12, 1), "b", "x")
    again = Target(0.7, date(2026, 1, 1), "c", "x")
    gone = Target(None, date(2026, 6, 1), "d", "x")
    assert rules.target_at((), TODAY) is None
    assert rules.target_at((first, later), TODAY) == first
    assert rules.target_at((first, later, again), TODAY) == again
    assert rules.target_at((first, gone), TODAY) is None
    assert rules.target_at((first, gone), date(2026, 3, 1)) == first
    assert rules.target_at((first, later), date(2026, 12, 1)) == later


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (0.81, 0.9, "The target is met."),
        (0.6, 0.79, "The target is missed."),
        (0.7, 0.9, "Too close to the target to tell."),
    ],
)
def test_a_target_is_met_or_missed_only_clear_of_the_interval(
    lower: float, upper: float, said: str
) -> None:
    target = Target(0.8, TODAY, "why", "x")
    assert rules.beside_target(PROMISES, Figure(0.8, lower, upper, 8, 10), target) == said


def test_a_target_of_days_is_met_from_below_and_a_census_needs_no_interval() -> None:
    days = Target(10.0, TODAY, "why", "x")
    assert rules.beside_target(TIME, Figure(8, 7, 9, None, 50), days) == "The target is met."
    assert rules.beside_target(TIME, Figure(12, 11, None, None, 50), days) == (
        "The target is missed."
    )
    plans = Target(0.9, TODAY, "why", "x")
    assert rules.beside_target(PLANS, Figure(0.9, None, None, 9, 10), plans) == (
        "The target is met."
    )
    assert rules.beside_target(PLANS, Figure(0.8, None, None, 8, 10), plans) == (
        "The target is missed."
    )
    assert rules.beside_target(PLANS, Figure(0.8, None, None, 8, 10), None) == "No target is set."


def test_a_target_cannot_be_set_for_what_is_over() -> None:
    with pytest.raises(Refused) as no:
        rules.check_target("promises", 0.9, "So", from_on=date(2026, 11, 17), today=TODAY)
    assert (no.value.code, no.value.field) == ("target_in_the_past", "from_on")
    with pytest.raises(Refused, match="no such measure"):
        rules.check_target("nonsense", 0.9, "So", from_on=TODAY, today=TODAY)
    assert rules.check_target("time", 20.0, " So ", from_on=TODAY, today=TODAY) == "So"
    assert rules.target_words(TIME, 1.0) == "at most 1 day"
    assert rules.target_words(PROMISES, 0.9) == "at least 90%"


def test_an_answer_is_due_by_the_end_of_the_next_working_day() -> None:
    thanksgiving = {date(2026, 11, 26): "Thanksgiving Day"}
    office = Calendar("dc", "America/New_York", time(9), time(17), thanksgiving)
    spans = answered_by(date(2026, 11, 24), date(2026, 12, 1), office)
    assert spans == (
        (date(2026, 11, 24), date(2026, 11, 25)),  # Tuesday
        (date(2026, 11, 26), date(2026, 11, 27)),  # Wednesday, and the holiday after it
        (date(2026, 11, 29), date(2026, 11, 30)),  # Friday, and the weekend
        (date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2026, 12, 2)),
    )


@given(days=st.integers(0, 40), closed=st.sets(st.integers(0, 50)))
def test_one_bound_says_which_days_are_late(days: int, closed: set[int]) -> None:
    """The same days as one deadline after the other, whatever days the office is shut."""
    since = date(2026, 11, 2)
    shut = {since + timedelta(days=n): "Shut" for n in closed}
    office = Calendar("dc", "America/New_York", time(9), time(17), shut)
    today = since + timedelta(days=days)
    late = late_up_to(answered_by(since, today, office), today)
    found = [since + timedelta(days=n) for n in range(days + 1)]
    slow = [day for day in found if next_working_day(day, office) < today]
    assert [day for day in found if late is not None and day <= late] == slow


def fire(
    taken: float | None = None, report: float | None = None, *, ago: float = 5000, over: bool = True
) -> Timed:
    """A fire so many minutes ago, had and reported on after so many."""
    opened = AT - timedelta(minutes=ago)

    def after(minutes: float | None) -> datetime | None:
        return None if minutes is None else opened + timedelta(minutes=minutes)

    return Timed("fire", opened, after(taken), after(report), after(200) if over else None)


def test_who_never_took_an_incident_counts_as_over_the_limit() -> None:
    rows = [fire(5), fire(15), fire(15.5), fire(None), fire(None, ago=10, over=False)]
    told = measuring.times_of(rows, measuring.ANSWER, now=AT, estimate=lambda _: NOBODY)
    assert (told.number, told.never) == (5, 2)
    # The one opened 10 minutes ago may still be had in time: nobody can tell.
    assert told.within == {"15": (2, 4), "60": (3, 4)}
    waiting = fire(None, ago=20, over=False)
    assert measuring.is_within(waiting, measuring.ANSWER, measuring.SOON, now=AT) is False
    assert measuring.is_within(waiting, measuring.ANSWER, measuring.HOUR, now=AT) is None


def test_a_wait_without_an_end_goes_on_until_the_incident_was_over_or_now() -> None:
    assert measuring.waited(fire(7), measuring.ANSWER, now=AT) == Waited(7.0, came=True)
    assert measuring.waited(fire(), measuring.REPORT, now=AT) == Waited(200.0, came=False)
    still = fire(ago=33, over=False)
    assert measuring.waited(still, measuring.REPORT, now=AT) == Waited(33.0, came=False)


def test_median_and_slowest_tenth_count_those_that_still_wait() -> None:
    # Field notes, section 6.3, in minutes: median 8 where the closed ones alone give 4.
    times = [1, 2, 2, 3, 5, 5, 8, 13, 21, 30]
    came = [True, True, False, True, True, False, True, False, True, False]
    seen = [Waited(float(t), c) for t, c in zip(times, came, strict=True)]
    assert quantiles(seen) == Quantiles(8.0, None)
    assert quantiles([Waited(9.0, came=False)]) == NOBODY
    assert quantiles([Waited(float(n), came=True) for n in range(1, 11)]) == Quantiles(5.0, 9.0)
