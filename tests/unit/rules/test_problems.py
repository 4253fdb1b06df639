"""What a decision needs, where a candidate stands, and how its reasons read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.errors import Refused
from wardroom.problems.rules import (
    COURSES,
    EARLIER,
    LONGEST_REASON,
    LONGEST_WATCH,
    NUMBERS,
    SEVERITIES,
    VERDICTS,
    Measured,
    check_decision,
    how_sure,
    months_named,
    numbers_shown,
    reasons_for,
    state_of,
    summary_of,
    told_in_a_sentence,
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


SCAN, FIRST = "Persistent location scan 1", "Method 1: chance that the rate is over twice expected"
TOPIC = st.fixed_dictionaries(
    {
        "code": st.just("x"),
        "name": st.sampled_from(["Rats", "Graffiti", "Illegal dumping"]),
        "episodes": st.integers(0, 90),
        "active_months": st.integers(0, 30),
        "expected_months": st.floats(0.0, 30.0),
    }
)
MONTH = st.sampled_from(["2023-12", "2025-05", "2026-11"])
CASE = st.fixed_dictionaries(
    {
        "opened_on": st.just("2025-02-03"),
        "topic": st.just("Illegal dumping"),
        "repeats": st.integers(6, 90),
        "repeat_months": st.integers(6, 12),
    }
)


def measured(method: str = SCAN) -> st.SearchStrategy[Measured]:
    return st.builds(
        Measured,
        method=st.just(method),
        episodes=st.integers(1, 5000),
        expected=st.floats(0.0, 500.0),
        q_value=st.none() | st.floats(0.0, 1.0),
        flagged=st.booleans(),
        excess_a_month=st.floats(0.0, 50.0),
        course=st.sampled_from(["", *COURSES]),
        window=st.sampled_from([12, 18, 24, 30]),
        active_months=st.integers(0, 12),
        returns=st.integers(0, 500),
        reporters=st.none() | st.integers(1, 5000),
        agencies=st.lists(st.sampled_from(["DPW", "DDOT", "DOB", "DOH"]), unique=True),
        topics=st.lists(TOPIC, min_size=1, max_size=4),
        severity=st.sampled_from(sorted(SEVERITIES)),
        overdue=st.integers(0, 40),
        numbers=st.fixed_dictionaries(
            {
                "first_month": MONTH,
                "median_return_days": st.none() | st.floats(0.0, 90.0),
                "top_share": st.none() | st.floats(0.0, 1.0),
                "stuck": st.integers(0, 40),
                "repeats": st.integers(0, 40),
            },
            optional={"stuck_case": CASE},
        ),
    )


@given(measured() | measured(FIRST))
def test_every_reason_is_a_sentence_and_names_what_it_has(m: Measured) -> None:
    reasons = (*reasons_for(m), told_in_a_sentence(m), how_sure(m))
    text = " ".join(reasons)
    assert all(r[0].isupper() or r[0].isdigit() for r in reasons)
    assert all(r.endswith(".") for r in reasons)
    assert f"{m.episodes:,} episode" in reasons[0]
    assert f"about {m.expected:.1f}" in reasons[0]
    reasons_only = " ".join(reasons_for(m))
    assert ("came back" in reasons_only) is (m.returns > 0)
    assert ("reported it" in reasons_only) is (m.reporters is not None)
    assert ("share the work" in reasons_only) is (len(m.agencies) > 1)
    assert ("past due here" in reasons_only) is (m.overdue > 0)
    assert ("reported again" in reasons_only) is ("stuck_case" in m.numbers)
    for wrong in (" 1 episodes", " 1 times", " 1 days", " 1 different people", "None", "nan"):
        assert wrong not in f" {text}"


@given(measured())
def test_course_is_told_with_its_meaning(m: Measured) -> None:
    text = " ".join(reasons_for(m)).lower()
    assert (m.course in COURSES) is ("it first showed in" in text)
    if m.course in COURSES:
        assert COURSES[m.course].meaning.lower() in text


@pytest.mark.parametrize(
    ("q", "words"),
    [
        (0.0, "Fewer than 1 in 1,000 places this sure turn out ordinary."),
        (0.0009, "Fewer than 1 in 1,000 places this sure turn out ordinary."),
        (0.004, "About 1 in 250 places this sure turn out ordinary."),
        (0.05, "About 1 in 20 places this sure turn out ordinary."),
        (0.048, "About 1 in 20 places this sure turn out ordinary."),
        (0.1, "About 1 in 10 places this sure turn out ordinary."),
    ],
)
def test_how_sure_is_said_as_odds(q: float, words: str) -> None:
    assert how_sure(replace(SURE, q_value=q)) == words


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_surer_place_is_never_said_to_be_less_sure(a: float, b: float) -> None:
    def odds(q: float) -> int:
        words = how_sure(replace(SURE, q_value=q))
        found = re.search(r"1 in ([\d,]+)", words)
        return int(found[1].replace(",", "")) if found else 1

    assert odds(min(a, b)) >= odds(max(a, b))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"q_value": None}, "Not weighed: "),
        ({"q_value": 0.4, "flagged": False}, "Not sure enough for the list: about 1 in 2 places"),
        ({"q_value": 0.9, "flagged": False}, "Not sure enough for the list: more than half of"),
        ({"method": FIRST, "q_value": None}, "Ranked by an earlier method"),
    ],
)
def test_what_is_not_sure_is_said_to_be_so(change: dict[str, Any], words: str) -> None:
    assert how_sure(replace(SURE, **change)).startswith(words)


@given(measured() | measured(FIRST))
def test_every_number_is_shown_once_with_its_meaning(m: Measured) -> None:
    shown = numbers_shown(m)
    wanted = EARLIER if m.by_first_method else NUMBERS
    assert [code for code, *_ in shown] == [code for code, *_ in wanted]
    assert all(text and meaning.endswith(".") for _, _, text, meaning in shown)
    assert ("not known" in {text for _, _, text, _ in shown}) is (m.reporters is None)


SURE = Measured(
    method=SCAN, episodes=12, expected=1.3, q_value=0.01, flagged=True, excess_a_month=0.9,
    course="persistent", window=24, active_months=9, returns=3, reporters=4, agencies=["DPW"],
    topics=[], severity=1, overdue=0, numbers={},
)  # fmt: skip


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
