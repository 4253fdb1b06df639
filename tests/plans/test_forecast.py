"""What a slip does to everything that waits for it: properties of any plan, and one by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wardroom.plans.rules import StepNow, forecast

TODAY = date(2026, 11, 18)
THANKSGIVING = date(2026, 11, 26)
LIVE = ("proposed", "requested", "accepted", "countered")


def is_open(day: date) -> bool:
    return day.weekday() < 5 and day != THANKSGIVING


@st.composite
def plans(draw: st.DrawFn, states: tuple[str, ...] = (*LIVE, "done")) -> list[StepNow]:
    """Any plan: each step waits for some that stand before it."""
    found = []
    for position in range(1, draw(st.integers(1, 7)) + 1):
        earlier = st.integers(1, max(position - 1, 1))
        state = draw(st.sampled_from(states))
        given_on = TODAY + timedelta(days=draw(st.integers(-20, 60)))
        promised = given_on if state in ("accepted", "done") else None
        found.append(
            StepNow(
                position=position,
                agency="DPW",
                state=state,
                days=draw(st.integers(1, 9)),
                after=tuple(sorted(draw(st.sets(earlier, max_size=min(position - 1, 3))))),
                due_on=given_on,
                given_on=given_on,
                first_promised_on=promised,
                promised_on=promised,
                done_on=TODAY - timedelta(days=draw(st.integers(0, 9)))
                if state == "done"
                else None,
            )
        )
    return found


@given(plans())
def test_nothing_is_likely_before_what_it_waits_for(steps: list[StepNow]) -> None:
    found = forecast(steps, today=TODAY, is_open=is_open)
    for step in steps:
        mine = found[step.position].likely_on
        assert mine is not None
        for before in step.after:
            other = found[before].likely_on
            assert other is not None
            assert step.state == "done" or mine >= other


@given(plans())
def test_what_is_open_is_likely_today_at_the_earliest_and_never_before_its_day(
    steps: list[StepNow],
) -> None:
    found = forecast(steps, today=TODAY, is_open=is_open)
    for step in steps:
        likely = found[step.position].likely_on
        assert likely is not None
        if step.state != "done":
            assert likely >= max(TODAY, step.given_on)
            assert found[step.position].late_days == (likely - step.given_on).days


@given(plans(LIVE), st.data(), st.integers(1, 40))
def test_a_step_that_slips_brings_nothing_forward(
    steps: list[StepNow], data: st.DataObject, days: int
) -> None:
    slipping = data.draw(st.sampled_from(steps))
    later = slipping.given_on + timedelta(days=days)
    slipped = [replace(s, given_on=later) if s is slipping else s for s in steps]
    before = forecast(steps, today=TODAY, is_open=is_open)
    after = forecast(slipped, today=TODAY, is_open=is_open)
    for position, was in before.items():
        now = after[position]
        assert was.likely_on is not None
        assert now.likely_on is not None
        assert now.likely_on >= was.likely_on
        assert (now.starts_on or date.min) >= (was.starts_on or date.min)


@given(plans())
def test_work_that_waits_starts_on_a_working_day_and_has_its_days(steps: list[StepNow]) -> None:
    found = forecast(steps, today=TODAY, is_open=is_open)
    for step in steps:
        mine = found[step.position]
        if mine.starts_on is None or mine.likely_on is None:
            continue
        assert is_open(mine.starts_on)
        span = range((mine.likely_on - mine.starts_on).days + 1)
        assert sum(is_open(mine.starts_on + timedelta(days=n)) for n in span) >= step.days


@given(plans((*LIVE, "done", "declined")))
def test_what_waits_for_a_declined_step_has_no_day(steps: list[StepNow]) -> None:
    found = forecast(steps, today=TODAY, is_open=is_open)
    never: set[int] = set()
    for step in steps:
        if step.state == "declined" or (step.state != "done" and never & set(step.after)):
            never.add(step.position)
        assert (found[step.position].likely_on is None) == (step.position in never)


@given(plans())
def test_the_chain_of_reasons_leads_back_to_where_it_begins(steps: list[StepNow]) -> None:
    found = forecast(steps, today=TODAY, is_open=is_open)
    for step in steps:
        mine, chain = found[step.position], []
        at = mine.held_by
        while at is not None:
            chain.append(at)
            at = found[at].held_by
        assert len(mine.why) == len(chain)
        assert all(f"step {n} " in words for n, words in zip(chain, mine.why, strict=True))
        assert chain == sorted(chain, reverse=True)


def test_board_up_then_clean_then_light_in_words() -> None:
    boards = StepNow(
        1, "DOB", "accepted", 1, (), date(2026, 11, 20), date(2026, 11, 25),
        date(2026, 11, 20), date(2026, 11, 25), None,
    )  # fmt: skip
    clean = StepNow(
        2, "DPW", "requested", 2, (1,), date(2026, 11, 24), date(2026, 11, 24), None, None, None
    )
    light = replace(clean, position=3, agency="DDOT", days=1, after=(1, 2))
    found = forecast([boards, clean, light], today=TODAY, is_open=is_open)
    assert (found[1].starts_on, found[1].likely_on, found[1].why) == (None, boards.given_on, ())
    assert found[2].starts_on == date(2026, 11, 27), "the day after is Thanksgiving"
    assert found[2].likely_on == date(2026, 11, 30), "a weekend lies between its two days"
    assert (found[3].starts_on, found[3].likely_on) == (date(2026, 12, 1), date(2026, 12, 1))
    assert found[3].why == (
        "Waits for step 2 (DPW), asked for by Nov 24, 2026 and not promised",
        "Step 2 waits for step 1 (DOB), promised for Nov 25, 2026, moved 5 days later than "
        "Nov 20, 2026",
    )
    assert found[3].late_days == 7


def test_a_withdrawn_step_holds_nothing_back() -> None:
    gone = StepNow(1, "DOB", "withdrawn", 1, (), TODAY, TODAY, None, None, None)
    clean = StepNow(2, "DPW", "requested", 1, (1,), TODAY, TODAY, None, None, None)
    found = forecast([gone, clean], today=TODAY, is_open=is_open)
    assert (found[2].starts_on, found[2].likely_on) == (None, TODAY)


def test_step_after_one_that_is_done_still_takes_its_working_days() -> None:
    friday, wanted = TODAY + timedelta(days=2), TODAY + timedelta(days=3)
    boards = StepNow(1, "DOB", "done", 1, (), TODAY, TODAY, None, None, friday)
    clean = StepNow(2, "DPW", "accepted", 5, (1,), wanted, wanted, wanted, wanted, None)
    likely = forecast([boards, clean], today=friday, is_open=is_open)[2].likely_on
    assert likely == date(2026, 11, 30)  # Monday to Monday, without Thanksgiving
