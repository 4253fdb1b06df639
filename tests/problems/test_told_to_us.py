"""The entry test hears what people told the office itself, beside the feed, once each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.trouble import Trouble
from wardroom.access.actor import Actor
from wardroom.casework.actions import join_issues, take_complaint
from wardroom.casework.models import Complaint
from wardroom.problems.actions import nominate_place
from wardroom.problems.models import Candidate
from wardroom.problems.queries.evidence import numbers_of_candidate, rule_now
from wardroom.problems.rules.locations import EntryNumbers, Test

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("director"),
]


def tell(candidate: Candidate, who: Cast, days_ago: int = 20, **more: Any) -> Complaint:
    """A telephone call about the trouble of a candidate at its place."""
    words: dict[str, Any] = {
        "said": "They dump there every night",
        "channel": "phone",
        "topic_code": candidate.topics[0]["code"],
        "reporter_typed": f"Caller of {days_ago} days ago",
        "title": f"Dumping, heard {days_ago} days ago",
        "received_at": NOON - timedelta(days=days_ago),
        "stamp": who.stamp,
    }
    return take_complaint(candidate.place, **{**words, **more})


def numbers(candidate: Candidate, actor: Actor) -> EntryNumbers:
    with_today = candidate
    with_today.detection.data_as_of = NOON
    return numbers_of_candidate(with_today, actor, rule=rule_now())


def own(candidate: Candidate, actor: Actor) -> tuple[int, int]:
    found = numbers(candidate, actor)
    return found.own_episodes, found.own_reporters


def test_complaints_count_and_those_that_311_has_do_not(
    trouble: Trouble, liaison5: Cast, liaison7: Cast
) -> None:
    candidate = trouble.candidate(1)
    before = numbers(candidate, liaison5.actor)
    assert (before.own_episodes, before.own_months, before.own_reporters) == (0, 0, 0)
    tell(candidate, liaison5)
    tell(candidate, liaison5, 40)
    tell(candidate, liaison5, 50, request_number="26-00012345")
    tell(candidate, liaison5, 60, reporter_typed="", anonymous=True)
    tell(candidate, liaison5, 70, topic_code="rodents")
    found = numbers(candidate, liaison5.actor)
    assert (found.own_episodes, found.own_reporters) == (3, 2)
    assert (found.episodes, found.reporters) == (before.episodes, before.reporters)
    assert own(candidate, liaison7.actor) == (0, 0), "another ward hears nothing of it"


def test_issue_that_several_told_is_one_episode(trouble: Trouble, liaison5: Cast) -> None:
    candidate = trouble.candidate(1)
    first = tell(candidate, liaison5)
    tell(candidate, liaison5, 19, onto=first.matter)
    other = tell(candidate, liaison5, 18)
    assert own(candidate, liaison5.actor) == (2, 3)
    join_issues(other.matter, into=first.matter, stamp=liaison5.stamp)
    assert own(candidate, liaison5.actor) == (1, 3)


def test_nomination_keeps_the_two_numbers_apart(trouble: Trouble, liaison5: Cast) -> None:
    candidate = trouble.candidate(2)
    tell(candidate, liaison5)
    made = nominate_place(
        candidate.place,
        source="liaison",
        nominated_by="The liaison",
        topic_code=candidate.topics[0]["code"],
        reason="It comes back",
        stamp=replace(HOUSE, actor=liaison5.actor),
    )
    test = Test.from_plain(made.test)
    assert test is not None
    assert test.lines[0].there.endswith("in 311 and 1 told to the office")
