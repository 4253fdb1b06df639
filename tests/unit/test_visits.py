"""The usual tasks of an event with the Mayor fall on working days counted from its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from wardroom.engagement.rules import visits as rules
from wardroom.kernel.errors import Refused

HOLIDAY = date(2026, 11, 26)
EARLY = date(2026, 11, 1)


def is_open(day: date) -> bool:
    return day.weekday() < 5 and day != HOLIDAY


def day_of(code: str, on: str, today: date = EARLY) -> str:
    (step,) = [step for step in rules.STEPS if step.code == code]
    found = rules.step_day(step, date.fromisoformat(on), is_open=is_open, today=today)
    return found.isoformat()


@pytest.mark.parametrize(
    ("code", "on", "due"),
    [
        ("memo", "2026-12-08", "2026-12-01"),
        ("memo", "2026-12-01", "2026-11-23"),
        ("run", "2026-12-06", "2026-12-02"),
        ("thanks", "2026-11-25", "2026-11-27"),
        ("answers", "2026-12-05", "2026-12-11"),
    ],
)
def test_task_is_due_so_many_working_days_from_the_event(code: str, on: str, due: str) -> None:
    assert day_of(code, on) == due


def test_task_whose_day_is_over_is_due_today() -> None:
    assert day_of("memo", "2026-12-08", today=date(2026, 12, 4)) == "2026-12-04"


def test_interpreters_are_a_task_only_where_they_are_needed() -> None:
    plain = {step.code for step in rules.steps_for(language="", access="")}
    both = {step.code for step in rules.steps_for(language="Amharic", access="A ramp")}
    assert both - plain == {"interpreter", "access"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("maybe", "", ""), "unknown_decision"),
        (("declined", " ", ""), "words_missing"),
        (("other", "", " "), "nobody_named"),
    ],
)
def test_decision_needs_its_words(given: tuple[str, str, str], code: str) -> None:
    with pytest.raises(Refused) as no:
        rules.check_decision(*given)
    assert no.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"offset": 7 * 24 * 60 + 1}, "offset_off"),
        ({"minutes": 0}, "minutes_off"),
        ({"text": " "}, "text_missing"),
        ({"owner": ""}, "owner_missing"),
    ],
)
def test_line_of_the_run_says_when_what_and_who(changes: dict[str, Any], code: str) -> None:
    sound: dict[str, Any] = {"offset": -30, "minutes": 5, "text": "Doors", "owner": "The hall"}
    assert rules.check_run_line(**sound) == ("Doors", "The hall")
    with pytest.raises(Refused) as no:
        rules.check_run_line(**{**sound, **changes})
    assert no.value.code == code
