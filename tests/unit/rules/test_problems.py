"""What a decision needs, where a candidate stands, and how its reasons read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.errors import Refused
from wardroom.problems.rules import (
    LONGEST_REASON,
    LONGEST_WATCH,
    NUMBERS,
    VERDICTS,
    Measured,
    check_decision,
    months_named,
    numbers_shown,
    reasons_for,
    state_of,
    summary_of,
)

TODAY = date(2026, 11, 18)
DAYS = st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=900))


def decide(verdict: str = "refuse", reason: str = "Why", **given: Any) -> str:
    days = {"look_again_on": None, "next_on": None, **given}
    return check_decision(verdict, reason, **days, today=TODAY)


@pytest.mark.parametrize(
    ("verdict", "given", "field"),
    [
        ("forget", {}, "verdict"),
        ("", {}, "verdict"),
        ("refuse", {"reason": " \n "}, "reason"),
        ("refuse", {"reason": "x" * (LONGEST_REASON + 1)}, "reason"),
        ("watch", {}, "look_again_on"),
        ("watch", {"look_again_on": TODAY}, "look_again_on"),
        ("watch", {"look_again_on": TODAY + LONGEST_WATCH + timedelta(days=1)}, "look_again_on"),
        ("designate", {}, "next_on"),
    ],
)
def test_decision_that_is_not_whole_is_refused_at_its_field(
    verdict: str, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as no:
        decide(verdict, **given)
    assert no.value.field == field
    assert no.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("verdict", "given"),
    [
        ("watch", {"look_again_on": TODAY + timedelta(days=1)}),
        ("watch", {"look_again_on": TODAY + LONGEST_WATCH}),
        ("refuse", {"reason": f"  {'x' * LONGEST_REASON}  "}),
        ("designate", {"next_on": TODAY}),
    ],
)
def test_whole_decision_gives_its_reason_trimmed(verdict: str, given: dict[str, Any]) -> None:
    assert decide(verdict, **given) == given.get("reason", "Why").strip()


@given(st.sampled_from([None, *VERDICTS]), st.none() | DAYS, st.booleans(), DAYS)
def test_where_a_candidate_stands_follows_from_the_last_decision(
    verdict: str | None, look_again_on: date | None, location_is_open: bool, on: date
) -> None:
    state = state_of(verdict, look_again_on=look_again_on, location_is_open=location_is_open, on=on)
    assert (state == "designate") is location_is_open
    if not location_is_open:
        assert (state == "refuse") is (verdict == "refuse")
        still = verdict == "watch" and look_again_on is not None and on < look_again_on
        assert (state == "watch") is still


def test_watch_ends_on_its_very_day() -> None:
    day = date(2027, 1, 15)
    before = day - timedelta(days=1)
    for on, state in ((before, "watch"), (day, "undecided")):
        assert state_of("watch", look_again_on=day, location_is_open=False, on=on) == state


MEASURED = st.builds(
    Measured,
    episodes=st.integers(1, 5000),
    expected=st.floats(0.0, 500.0),
    ratio=st.floats(0.0, 100.0),
    score=st.floats(0.0, 1.0),
    active_months=st.integers(0, 12),
    returns=st.integers(0, 500),
    reporters=st.none() | st.integers(1, 5000),
    agencies=st.lists(st.sampled_from(["DPW", "DDOT", "DOB", "DOH"]), unique=True),
    topics=st.lists(st.sampled_from(["Rats", "Graffiti"]), unique=True),
    numbers=st.fixed_dictionaries(
        {
            "median_return_days": st.none() | st.floats(0.0, 90.0),
            "top_share": st.none() | st.floats(0.0, 1.0),
            "stuck": st.integers(0, 40),
        }
    ),
)


@given(MEASURED)
def test_every_reason_is_a_sentence_and_names_what_it_has(m: Measured) -> None:
    reasons = reasons_for(m)
    text = " ".join(reasons)
    assert all(r[0].isupper() or r[0].isdigit() for r in reasons)
    assert all(r.endswith(".") for r in reasons)
    assert f"{m.episodes:,} episode" in reasons[0]
    assert f"of the same kind in the same ward has about {m.expected:.1f}." in reasons[0]
    assert "kinds of trouble" not in text
    assert ("came back" in text) is (m.returns > 0)
    assert ("reported it" in text) is (m.reporters is not None)
    assert ("share the work" in text) is (len(m.agencies) > 1)
    assert ("more than a year" in text) is (m.numbers["stuck"] > 0)
    for wrong in (" 1 episodes", " 1 times", " 1 different people", "None", "nan"):
        assert wrong not in f" {text}"


@given(MEASURED)
def test_every_number_is_shown_once_with_its_meaning(m: Measured) -> None:
    shown = numbers_shown(m)
    assert [code for code, *_ in shown] == [code for code, *_ in NUMBERS]
    assert all(text and meaning.endswith(".") for _, _, text, meaning in shown)
    assert ("not known" in {text for _, _, text, _ in shown}) is (m.reporters is None)


@pytest.mark.parametrize(
    ("expected", "verb"), [(0.4, "were"), (0.96, "was"), (1.0, "was"), (1.04, "was"), (1.2, "were")]
)
def test_summary_agrees_in_number(expected: float, verb: str) -> None:
    assert f"about {expected:.1f} {verb} expected" in summary_of(9, expected, 7)


@given(st.integers(1990, 2100), st.integers(1, 12), st.lists(st.integers(0, 99), max_size=60))
def test_months_run_without_a_gap_up_to_the_last(year: int, month: int, counts: list[int]) -> None:
    named = months_named(f"{year}-{month:02}", counts)
    assert [n for _, n in named] == counts
    numbers = [int(name[:4]) * 12 + int(name[5:]) - 1 for name, _ in named]
    last = year * 12 + month - 1
    assert numbers == list(range(last - len(counts) + 1, last + 1))
