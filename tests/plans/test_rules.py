"""Order, dependencies and slip of a plan, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.errors import Refused
from wardroom.plans import rules

TODAY = date(2026, 11, 18)


def draft(*after: int) -> rules.StepDraft:
    return rules.StepDraft("DPW", "Clear", "", date(2026, 12, 1), after)


@given(st.integers(0, 4), st.lists(st.lists(st.integers(-2, 9), max_size=3), max_size=6))
def test_steps_wait_only_for_earlier_ones(carried: int, afters: list[list[int]]) -> None:
    sound = all(
        1 <= after <= carried + index for index, many in enumerate(afters) for after in many
    ) and (carried or afters)
    kept = [rules.KeptStep(number) for number in range(carried)]
    steps: list[rules.AnyStep] = [*kept, *(draft(*many) for many in afters)]
    if sound:
        rules.check_steps(steps, unnamed=carried)
    else:
        with pytest.raises(Refused) as no:
            rules.check_steps(steps, unnamed=carried)
        assert no.value.code in {"waits_for_later_step", "no_steps"}


def test_steps_that_come_over_are_all_there_once_or_come_first() -> None:
    new = draft()
    assert rules.in_order([new], carried=[7, 9]) == [rules.KeptStep(7), rules.KeptStep(9), new]
    mixed: list[rules.AnyStep] = [rules.KeptStep(9), new, rules.KeptStep(7, wording="Sweep it")]
    assert rules.in_order(mixed, carried=[7, 9]) == mixed
    for named in ([9], [9, 9], [7, 9, 11]):
        with pytest.raises(Refused) as no:
            rules.in_order([rules.KeptStep(ask_id) for ask_id in named], carried=[7, 9])
        assert no.value.code == "stale"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"baseline": float("nan")}, "baseline"),
        ({"target": float("inf")}, "target"),
        ({"target": 10.0}, "target"),
        ({"target_on": TODAY}, "target_on"),
        ({"review_on": TODAY}, "review_on"),
    ],
)
def test_measure_moves_a_number_by_a_day_to_come(change: dict[str, object], field: str) -> None:
    words: dict[str, object] = {
        "baseline": 10.0,
        "target": 2.0,
        "target_on": date(2027, 3, 1),
        "review_on": date(2027, 1, 4),
        "today": TODAY,
    }
    rules.check_measure(**words)  # type: ignore[arg-type]
    with pytest.raises(Refused) as no:
        rules.check_measure(**{**words, **change})  # type: ignore[arg-type]
    assert no.value.field == field
