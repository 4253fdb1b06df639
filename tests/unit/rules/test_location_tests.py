"""The entry test and the exit test of a persistent location, and how its file goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.errors import Refused
from wardroom.problems.rules import files, stories
from wardroom.problems.rules.files import FileNow, parts_of
from wardroom.problems.rules.locations import (
    EntryNumbers,
    ExitNumbers,
    LocationRule,
    Test,
    check_nomination,
    check_rule,
    check_vote,
    entry_test,
    exit_test,
    expected_in,
    months_after,
    most_expected,
)
from wardroom.problems.rules.stories import Lay, Served, lay_then

RULE, TODAY = LocationRule(), date(2026, 11, 18)
QUIET = EntryNumbers(episodes=0, active_months=0, reporters=0, agencies=0, returns=0)
OFTEN = replace(QUIET, episodes=4, active_months=3, reporters=3)
READY = ExitNumbers(clean_checks=3, episodes=0, expected=0.2, open_actions=0)


@pytest.mark.parametrize(
    ("numbers", "met"),
    [
        (QUIET, False),
        (OFTEN, True),
        (replace(OFTEN, episodes=3), False),
        (replace(OFTEN, active_months=2), False),
        (replace(OFTEN, reporters=2), False),
        (replace(OFTEN, reporters=None), False),
        (replace(OFTEN, reporters=None, seen_in_field=True), True),
        (replace(QUIET, returns=2), True),
        (replace(QUIET, returns=1), False),
        (replace(QUIET, nominated="anc_vote"), True),
        (replace(QUIET, nominated="director"), True),
        (replace(QUIET, nominated="liaison"), False),
        (replace(QUIET, nominated="agency"), False),
        (replace(QUIET, seen_in_field=True, nominated="field_finding"), False),
    ],
)
def test_place_enters_by_what_happens_there_or_by_who_names_it(
    numbers: EntryNumbers, met: bool
) -> None:
    test = entry_test(numbers, RULE)
    assert test.met is met
    assert ("not met" in test.sentence) is not met


def test_entry_says_which_part_is_missing() -> None:
    said = entry_test(replace(OFTEN, episodes=1, reporters=1), RULE).sentence
    assert "Missing: episodes in 12 months and reporters;" in said
    lines = {line.code: (line.there, line.met) for line in entry_test(OFTEN, RULE).lines}
    assert lines["episodes"] == ("4", True)
    assert lines["agencies"] == ("0", None)


def test_entry_goes_by_the_offices_own_numbers() -> None:
    assert not entry_test(OFTEN, replace(RULE, episodes=5)).met
    assert entry_test(replace(QUIET, returns=1), replace(RULE, returns=1)).met


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        (READY, None),
        (replace(READY, clean_checks=2), "clean checks in a row"),
        (replace(READY, episodes=1), "episodes that began in the last 90 days"),
        (replace(READY, episodes=1, expected=0.5), None),
        (replace(READY, episodes=2, expected=2.4), None),
        (replace(READY, episodes=3, expected=2.4), "episodes that began in the last 90 days"),
        (replace(READY, expected=None), None),
        (replace(READY, expected=None, episodes=1), "episodes that began in the last 90 days"),
        (replace(READY, open_actions=1), "asks and to-dos still open"),
    ],
)
def test_place_is_left_when_it_is_clean_quiet_and_nothing_is_open(
    numbers: ExitNumbers, missing: str | None
) -> None:
    test = exit_test(numbers, RULE)
    assert test.met is (missing is None)
    assert test.sentence == (
        "The exit test is met. A person decides."
        if missing is None
        else f"The exit test is not met yet: {missing}."
    )


@given(
    st.builds(
        ExitNumbers,
        clean_checks=st.integers(0, 9),
        episodes=st.integers(0, 9),
        expected=st.none() | st.floats(0, 9),
        open_actions=st.integers(0, 9),
    )
)
def test_exit_is_met_only_where_every_line_is(numbers: ExitNumbers) -> None:
    test = exit_test(numbers, RULE)
    assert test.met == all(line.met for line in test.lines)
    better = replace(numbers, clean_checks=numbers.clean_checks + 1, open_actions=0)
    assert exit_test(better, RULE).met or not test.met


def test_test_comes_back_as_it_was_kept() -> None:
    for test in (entry_test(OFTEN, RULE), exit_test(READY, RULE)):
        assert Test.from_plain(test.to_plain()) == test
    assert Test.from_plain(None) is Test.from_plain({}) is None


def test_expectation_is_scaled_to_the_days() -> None:
    assert expected_in(None, 90) is None
    assert expected_in(4.0, 90) == pytest.approx(0.986, abs=0.001)
    assert [most_expected(n) for n in (None, 0.49, 0.5, 1.4)] == [0, 0, 1, 1]


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.integers(1, 24))
def test_watch_ends_so_many_months_later(day: date, months: int) -> None:
    end = months_after(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


def test_nomination_needs_who_why_and_a_real_vote() -> None:
    assert check_nomination("agency", " DPW ", " Often ") == ("DPW", "Often")
    for words, field in (
        (("mayor", "X", "Y"), "source"),
        (("agency", " ", "Y"), "nominated_by"),
        (("agency", "x" * 121, "Y"), "nominated_by"),
        (("agency", "X", " "), "reason"),
        (("agency", "X", "y" * 1001), "reason"),
    ):
        with pytest.raises(Refused) as no:
            check_nomination(*words)
        assert no.value.field == field
    assert check_vote("anc_vote", TODAY, today=TODAY) == TODAY
    assert check_vote("agency", TODAY, today=TODAY) is None
    for day in (None, TODAY + timedelta(days=1)):
        with pytest.raises(Refused):
            check_vote("anc_vote", day, today=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"episodes": 0}, "episodes"),
        ({"active_months": 13}, "active_months"),
        ({"quiet_days": 13}, "quiet_days"),
        ({"watch_months": 25}, "watch_months"),
        ({}, None),
    ],
)
def test_rule_stays_within_bounds_and_changes_something(
    changes: dict[str, int], field: str | None
) -> None:
    with pytest.raises(Refused) as no:
        check_rule(replace(RULE, **changes), "Why", now=RULE)
    assert no.value.field == field
    assert check_rule(replace(RULE, episodes=5), " Why ", now=RULE) == "Why"


def test_file_stands_at_the_first_part_that_lacks_something() -> None:
    every = frozenset(files.QUESTIONS)
    steps = [
        (FileNow(0, frozenset(), False, 0, False), "scan"),
        (FileNow(1, frozenset({"what"}), False, 0, False), "analyze"),
        (FileNow(1, every, False, 0, False), "respond"),
        (FileNow(1, every, True, 2, False), "respond"),
        (FileNow(1, every, True, 0, False), "assess"),
        (FileNow(1, every, True, 0, True), "assess"),
    ]
    for now, here in steps:
        parts = parts_of(now)
        assert [part.code for part in parts if part.here] == [here]
        assert next(part for part in parts if part.here).missing
    assert not any(part.here for part in parts_of(FileNow(0, frozenset(), False, 0, False, True)))


@pytest.mark.parametrize(
    ("state", "outcome", "until", "standing"),
    [
        (True, "", None, "open"),
        (False, "maintained", TODAY, "on_watch"),
        (False, "maintained", TODAY - timedelta(days=1), "sustained"),
        (False, "resolved", None, "closed"),
        (False, "stopped", None, "closed"),
    ],
)
def test_file_that_was_left_is_watched_and_then_sustained(
    state: bool, outcome: str, until: date | None, standing: str
) -> None:
    found = files.standing_of(is_open=state, outcome=outcome, watch_until=until, on=TODAY)
    assert found == standing


def test_look_at_a_place_that_was_solved_tells_a_relapse() -> None:
    left = datetime(2026, 11, 1, tzinfo=UTC)
    after, before = left + timedelta(days=1), left - timedelta(days=1)

    def back(finding: str, seen_at: datetime = after, outcome: str = "maintained") -> bool:
        return files.is_relapse(finding, seen_at=seen_at, left_at=left, outcome=outcome)

    assert [
        f for f in ("clean", "partly", "not_fixed", "worse", "cannot_determine") if back(f)
    ] == [
        "partly",
        "not_fixed",
        "worse",
    ]
    assert not back("worse", seen_at=before)
    assert not back("worse", outcome="stopped")
    assert back("worse", outcome="resolved")


@pytest.mark.parametrize(
    ("episodes", "flagged", "most", "back"),
    [(2, True, 0, True), (2, False, 0, False), (1, True, 0, False), (3, True, 3, False)],
)
def test_ranking_tells_a_relapse_by_new_episodes_only(
    episodes: int, flagged: bool, most: int, back: bool
) -> None:
    found = files.comes_back(episodes=episodes, flagged=flagged, returns=2, most=most)
    assert found is back


def test_every_move_of_a_file_leads_to_a_state_it_knows() -> None:
    for moves in files.FILE_MOVES.values():
        assert set(moves.values()) <= set(files.FILE_MOVES)
    assert all(files.FILE_MOVES.values()), "a file that can go nowhere is lost"


@given(st.lists(st.sampled_from(["exit_location", "relapse_location", "reopen_location"])))
def test_no_path_leaves_the_table(moves: list[str]) -> None:
    state = "open"
    for move in moves:
        state = files.FILE_MOVES[state].get(move, state)
        assert state in files.FILE_MOVES


def test_leaving_against_the_test_or_unsolved_needs_a_reason() -> None:
    assert files.check_exit("maintained", "", met=True, looked=False) == ""
    assert files.check_exit("resolved", " Fenced ", met=False, looked=True) == "Fenced"
    for outcome, met in (("maintained", False), ("stopped", True), ("resolved", True)):
        with pytest.raises(Refused) as no:
            files.check_exit(outcome, "  ", met=met, looked=True)
        assert (no.value.code, no.value.field) == ("reason_missing", "reason")


def test_nothing_needs_no_watch_that_nobody_looked_at() -> None:
    with pytest.raises(Refused) as no:
        files.check_exit("resolved", "Fenced", met=False, looked=False)
    assert (no.value.code, no.value.field) == ("nobody_looked", "outcome")
    assert files.check_exit("stopped", "Given up", met=False, looked=False) == "Given up"


def test_what_people_told_the_office_counts_beside_the_feed_and_shows_apart() -> None:
    feed = EntryNumbers(episodes=3, active_months=2, reporters=2, agencies=1, returns=0)
    assert not entry_test(feed, RULE).met
    both = replace(feed, own_episodes=1, own_months=1, own_reporters=1)
    test = entry_test(both, RULE)
    assert test.met
    assert [line.there for line in test.lines[:3]] == [
        "3 in 311 and 1 told to the office",
        "2 in 311 and 1 told to the office",
        "2 in 311 and 1 told to the office",
    ]
    apart = entry_test(replace(both, reporters=None), RULE)
    assert not apart.met
    assert apart.lines[2].there == "not told apart in 311 and 1 told to the office"


def test_answers_are_kept_whole() -> None:
    given_: dict[str, Any] = {"what": " Rats ", "unknown": "left out"}
    found = files.check_answers(given_, now={})
    assert (found["what"], found["cause"], set(found)) == ("Rats", "", set(files.QUESTIONS))
    for answers, now in (
        ({}, {}),
        ({"what": "Rats"}, {"what": "Rats"}),
        ({"what": "x" * 2001}, {}),
    ):
        with pytest.raises(Refused):
            files.check_answers(answers, now=now)


def test_place_lies_where_the_boundaries_of_the_day_put_it() -> None:
    moved = date(2023, 1, 2)
    lays = [
        Lay("ward", "2", date(2012, 1, 1), date(2023, 1, 1)),
        Lay("ward", "6", moved, None),
        Lay("anc", "6E", date(2012, 1, 1), None),
    ]
    served = [
        Served("2", "First", date(2020, 1, 1), date(2024, 1, 1)),
        Served("6", "Second", date(2019, 1, 1), date(2023, 6, 1)),
        Served("6", "Third", date(2023, 6, 1), None),
    ]
    rows = lay_then(lays, served, today=TODAY)
    assert [(r.from_on, r.ward, r.anc, r.liaison) for r in rows] == [
        (date(2023, 6, 1), "6", "6E", "Third"),
        (moved, "6", "6E", "Second"),
        (date(2020, 1, 1), "2", "6E", "First"),
        (date(2012, 1, 1), "2", "6E", ""),
    ]
    assert [r.until_on for r in rows][:2] == [None, date(2023, 5, 31)]
    assert lay_then(lays, served, today=date(2011, 1, 1)) == ()


def test_line_of_the_ledger_has_one_sort() -> None:
    for kind, home, sort in (
        ("AskAccepted", "wardroom.matters.facts.asks", stories.ASKS),
        ("MatterClosed", "wardroom.matters.facts.moves", stories.MATTERS),
        ("ConditionChecked", "wardroom.fieldwork.facts", stories.CHECKS),
        ("LocationLeft", "wardroom.problems.facts", stories.DECISIONS),
        ("EvaluationRegistered", "wardroom.problems.facts", stories.EVALUATIONS),
        ("PlanAdopted", "wardroom.plans.facts", stories.PLANS),
        ("ComplaintTaken", "wardroom.casework.facts", stories.MATTERS),
    ):
        assert stories.sort_of(kind, home) == sort
