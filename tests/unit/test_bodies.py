"""A public body's quorum, terms, roll call, and the minutes that its meeting writes by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from wardroom.engagement.rules import bodies, body_meetings
from wardroom.kernel.errors import Refused

NOW = datetime.fromisoformat("2026-12-01T18:00:00-05:00")


@pytest.mark.parametrize(
    ("seated", "present", "own", "needed", "met"),
    [
        (5, 3, None, 3, True),
        (5, 2, None, 3, False),
        (6, 3, None, 4, False),
        (6, 3, 3, 3, True),
        (0, 0, None, 1, False),
    ],
)
def test_quorum_is_a_majority_of_filled_voting_seats_or_the_charters_own(
    seated: int, present: int, own: int | None, needed: int, met: bool
) -> None:
    quorum = bodies.quorum_of(seated=seated, present=present, own=own)
    assert (quorum.needed, quorum.is_met) == (needed, met)


@pytest.mark.parametrize(
    ("since", "months", "ends"),
    [
        ("2024-12-28", 24, "2026-12-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-12-31", 12, "2027-12-31"),
    ],
)
def test_term_ends_so_many_months_on(since: str, months: int, ends: str) -> None:
    assert bodies.term_end(date.fromisoformat(since), months) == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("days", "band"), [(-1, "over"), (0, "30"), (30, "30"), (31, "60"), (90, "90"), (91, "")]
)
def test_end_of_a_term_is_seen_90_60_and_30_days_ahead(days: int, band: str) -> None:
    today = date(2026, 11, 18)
    assert bodies.band_of(today + timedelta(days=days), today=today) == band


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (["yes", "yes", "no"], "carried"),
        (["yes", "no"], "lost"),
        (["yes", "abstain", "recused"], "carried"),
        (["abstain"], "lost"),
    ],
)
def test_motion_carries_with_more_yes_than_no(answers: list[str], outcome: str) -> None:
    assert bodies.outcome_of(answers) == outcome


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mover": 9}, "not_present"),
        ({"seconder": 9}, "not_present"),
        ({"seconder": 1}, "own_second"),
        ({"answers": {1: "yes"}}, "answer_missing"),
        ({"answers": {1: "yes", 2: "maybe"}}, "answer_missing"),
    ],
)
def test_motion_needs_two_who_are_here_and_every_answer(changes: Any, code: str) -> None:
    sound: dict[str, Any] = {
        "mover": 1, "seconder": 2, "present": {1, 2}, "answers": {1: "yes", 2: "no"},
    }  # fmt: skip
    bodies.check_motion(**sound)
    with pytest.raises(Refused) as no:
        bodies.check_motion(**{**sound, **changes})
    assert no.value.code == code


def test_session_is_closed_only_for_a_listed_reason_and_after_a_motion() -> None:
    assert bodies.check_closed("b2", " The lease ", outcome="carried") == "The lease"
    for reason, text, outcome, code in (
        ("we prefer it", "The lease", "carried", "unknown_reason"),
        ("b2", "The lease", "lost", "not_carried"),
        ("b2", " ", "carried", "text_missing"),
    ):
        with pytest.raises(Refused) as no:
            bodies.check_closed(reason, text, outcome=outcome)
        assert no.value.code == code


def test_notice_after_its_last_moment_says_why() -> None:
    due_at = NOW - timedelta(minutes=1)
    assert body_meetings.check_late_notice(NOW, now=NOW, why="") == (False, "")
    assert body_meetings.check_late_notice(None, now=NOW, why="") == (False, "")
    assert body_meetings.check_late_notice(due_at, now=NOW, why="A flood") == (True, "A flood")
    with pytest.raises(Refused, match="cannot wait"):
        body_meetings.check_late_notice(due_at, now=NOW, why=" ")


def test_term_limit_holds() -> None:
    since = date(2026, 11, 18)
    bodies.check_term(since_on=since, ends_on=None, number=2, most=2)
    with pytest.raises(Refused, match="more than 2 terms"):
        bodies.check_term(since_on=since, ends_on=None, number=3, most=2)
    with pytest.raises(Refused, match="before it begins"):
        bodies.check_term(since_on=since, ends_on=since, number=1, most=None)


def test_minutes_draft_tells_what_was_recorded_and_no_more() -> None:
    motion = body_meetings.SaidMotion(
        "Open until nine", "Ada", "Ben", [("Ada", "yes"), ("Ben", "no")], "lost"
    )
    said = body_meetings.SaidMeeting(
        "The committee", "Tuesday", "", ["Ada", "Ben"], [], "Quorum: 2 of 3", ["Hours"], [motion],
        ["The lease"],
    )  # fmt: skip
    assert body_meetings.draft_of(said).split("\n\n") == [
        "Minutes of The committee\nTuesday",
        "Present: Ada, Ben\nAbsent: nobody\nQuorum: 2 of 3",
        "Agenda\n1. Hours",
        "Motion 1. Open until nine\nMoved by Ada, seconded by Ben.\n"
        "Roll call: Yes 1 (Ada); No 1 (Ben). Not carried.",
        "Closed session. The lease",
    ]
