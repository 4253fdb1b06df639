"""Moves, dates and words, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.errors import Refused
from wardroom.matters import rules

TODAY = date(2026, 11, 18)
EVERY_MOVE = {move for moves in rules.ASK_MOVES.values() for move in moves}
EDGES = [(s, m, to) for s, moves in rules.ASK_MOVES.items() for m, to in moves.items()]
BARRED = [(s, m) for s in rules.ASK_MOVES for m in EVERY_MOVE if m not in rules.ASK_MOVES[s]]
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(("state", "move", "to"), EDGES)
def test_each_move_leads_where_the_table_says(state: str, move: str, to: str) -> None:
    assert rules.check_move(rules.ASK_MOVES, state, move) == to


@pytest.mark.parametrize(("state", "move"), BARRED)
def test_every_other_move_is_refused(state: str, move: str) -> None:
    with pytest.raises(Refused) as no:
        rules.check_move(rules.ASK_MOVES, state, move)
    assert no.value.code == "wrong_state"


@pytest.mark.parametrize("table", [rules.ASK_MOVES, rules.MATTER_MOVES])
def test_moves_lead_only_to_states_of_the_table(table: dict[str, dict[str, str]]) -> None:
    assert {to for moves in table.values() for to in moves.values()} <= set(table)


def test_declined_and_withdrawn_are_ends() -> None:
    assert not rules.ASK_MOVES["declined"]
    assert not rules.ASK_MOVES["withdrawn"]
    assert set(rules.ASK_MOVES["done"]) == {"repeat_ask"}


def test_any_live_ask_can_be_withdrawn() -> None:
    assert {s for s, moves in rules.ASK_MOVES.items() if "withdraw_ask" in moves} == rules.LIVE


def test_every_state_has_its_word() -> None:
    assert set(rules.STATE_WORDS) == {*rules.ASK_MOVES, *rules.MATTER_MOVES}


@given(DAYS, DAYS)
def test_due_date_lies_after_the_asking(due_on: date, today: date) -> None:
    if today < due_on <= today + rules.FARTHEST:
        rules.check_due(due_on, today=today)
    else:
        with pytest.raises(Refused, match=r"after today|five years"):
            rules.check_due(due_on, today=today)


@given(DAYS, DAYS)
def test_promise_is_never_for_a_day_that_is_over(promised_on: date, today: date) -> None:
    if today <= promised_on <= today + rules.FARTHEST:
        rules.check_promise(promised_on, today=today)
    else:
        with pytest.raises(Refused):
            rules.check_promise(promised_on, today=today)


@given(DAYS, DAYS, DAYS)
def test_counter_is_another_day_and_still_to_come(
    counter_on: date, due_on: date, today: date
) -> None:
    if counter_on != due_on and today < counter_on <= today + rules.FARTHEST:
        rules.check_counter(counter_on, due_on=due_on, today=today)
    else:
        with pytest.raises(Refused) as no:
            rules.check_counter(counter_on, due_on=due_on, today=today)
        assert no.value.field == "counter_on"


@given(DAYS, st.integers(-400, 400))
def test_slip_counts_days_from_the_first_promise(first: date, days: int) -> None:
    assert rules.slip_days(first, first + timedelta(days=days)) == days
    assert rules.slip_days(None, first) is None
    assert rules.slip_days(first, None) is None


@given(DAYS, st.one_of(st.none(), DAYS), DAYS, st.sampled_from(sorted(rules.ASK_MOVES)))
def test_overdue_means_with_the_agency_past_the_expected_day(
    due_on: date, promised_on: date | None, on: date, state: str
) -> None:
    late = rules.is_overdue(state, promised_on=promised_on, due_on=due_on, on=on)
    assert late == (
        state in {"requested", "countered", "accepted"} and (promised_on or due_on) < on
    )


def test_another_reason_needs_words() -> None:
    assert rules.check_decline("no_budget", "") == "No budget this year"
    assert rules.check_decline("other", "The truck burned") == rules.DECLINE_REASONS["other"]
    with pytest.raises(Refused) as no:
        rules.check_decline("other", "  ")
    assert (no.value.code, no.value.field) == ("reason_missing", "text")
    with pytest.raises(Refused) as no:
        rules.check_decline("because", "")
    assert (no.value.code, no.value.field) == ("unknown_reason", "code")


ABOUT_A_PLACE = ("persistent_location", "issue")


def test_solved_outcomes_belong_to_their_kind_and_a_referral_solves_nothing() -> None:
    for kind in rules.KINDS.values():
        assert kind.solved < set(kind.outcomes)
        assert "referred" in kind.outcomes or kind.code not in ABOUT_A_PLACE
        assert "referred" not in kind.solved


@pytest.mark.parametrize(
    ("call", "code", "field"),
    [
        (lambda: rules.kind_of("wish"), "unknown_kind", "kind"),
        (lambda: rules.check_disposition("magic"), "unknown_disposition", "disposition"),
        (
            lambda: rules.check_outcome(rules.KINDS["issue"], "resolved"),
            "unknown_outcome",
            "outcome",
        ),
        (
            lambda: rules.check_next_date(TODAY - timedelta(days=1), today=TODAY),
            "next_date_in_the_past",
            "next_on",
        ),
        (
            lambda: rules.check_next_date(date(9999, 12, 31), today=TODAY),
            "too_far",
            "next_on",
        ),
        (
            lambda: rules.check_moved_promise(TODAY, current=TODAY, today=TODAY),
            "promise_unchanged",
            "promised_on",
        ),
        (lambda: rules.check_length("x" * 11, field="text", most=10), "too_long", "text"),
    ],
)
def test_refusals_name_their_field(call: object, code: str, field: str) -> None:
    with pytest.raises(Refused) as no:
        call()  # type: ignore[operator]
    assert (no.value.code, no.value.field) == (code, field)
    assert no.value.sentence.endswith(".")
