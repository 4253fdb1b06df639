"""What is said about a policy: by tenor and ward, never by whom, and small numbers no trend."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from wardroom.engagement.actions import end_policy_watch, note_policy_entry, watch_policy
from wardroom.engagement.facts import PolicyEntryNoted
from wardroom.engagement.models import PolicyEntry
from wardroom.engagement.queries import policy_file, policy_list
from wardroom.engagement.rules import Weeks, signal_words, weeks_of
from wardroom.engagement.rules.policies import ORDINARY, TOO_FEW
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.matters.models import Matter
from wardroom.reporting.queries.sheets import sheet, sheet_pdf

TODAY = NOON.date()
SOUND = {"ward_code": "5", "tenor": "against", "text": "It takes our parking", "heard_on": TODAY}


def test_weeks_end_before_the_running_one() -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    days = [TODAY, monday - timedelta(days=1), monday - timedelta(days=15)]
    assert weeks_of(days, today=TODAY).counts == (1, 0, 1)
    assert weeks_of([TODAY], today=TODAY).counts == ()


@pytest.mark.parametrize(
    ("counts", "signals", "words"),
    [
        ((9, 9, 9), ((2, True),), TOO_FEW),
        ((0,) * 11 + (9,), ((11, True),), TOO_FEW),
        ((2,) * 12, (), ORDINARY),
        ((2,) * 15, ((9, True),), ORDINARY),
    ],
)
def test_small_numbers_are_no_trend(counts: Any, signals: Any, words: str) -> None:
    assert signal_words(Weeks(TODAY, counts), signals) == words


def test_more_than_usual_is_said_with_its_week() -> None:
    said = signal_words(Weeks(TODAY, (2,) * 12), ((11, True),))
    assert said.startswith("More is said than is usual for this ward, week of February 3")


@pytest.fixture
def policy(ground: Ground, director: Cast) -> Matter:
    """A bus lane that is talked about."""
    return watch_policy(
        None, title="Bus lane", owner=director.party, next_on=NEXT, stamp=director.stamp
    )


@pytest.mark.django_db
@pytest.mark.any_database
def test_each_ward_is_held_against_its_own_weeks(
    policy: Matter, liaison5: Cast, liaison7: Cast, director: Cast, auditor: Cast
) -> None:
    for week in range(2, 13):
        for n in range(1 + week % 2):
            day = TODAY - timedelta(days=7 * week - n)
            note_policy_entry(policy, **{**SOUND, "heard_on": day}, stamp=liaison5.stamp)
    for _ in range(9):
        day = TODAY - timedelta(days=7)
        note_policy_entry(policy, **{**SOUND, "heard_on": day}, stamp=liaison5.stamp)
    note_policy_entry(policy, **{**SOUND, "ward_code": "7"}, stamp=liaison5.stamp)
    with pytest.raises(NotAllowed):
        note_policy_entry(policy, **SOUND, stamp=auditor.stamp)
    five, seven = policy_file(policy.pk, director.actor, on=TODAY).wards
    assert five.words.startswith("More is said than is usual")
    assert (seven.words, seven.counts) == (TOO_FEW, {"for": 0, "against": 1, "confused": 0})
    assert [w.ward_code for w in policy_file(policy.pk, liaison7.actor, on=TODAY).wards] == ["7"]
    assert policy_list(liaison7.actor)[0].said == 1
    memo = str(sheet("policy", policy.pk, director.actor, at=NOON))
    assert "It takes our parking" in memo
    assert "Ward 7: Too few to say." in memo
    assert sheet_pdf("policy", policy.pk, director.actor, at=NOON)[1][:5] == b"%PDF-"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tenor": "loud"}, "unknown_tenor"),
        ({"text": " "}, "text_missing"),
        ({"ward_code": "9"}, "unknown_ward"),
        ({"heard_on": TODAY + timedelta(days=1)}, "said_in_the_future"),
        ({"heard_on": TODAY - timedelta(days=400)}, "too_long_ago"),
    ],
)
def test_what_is_not_whole_is_refused(
    policy: Matter, liaison5: Cast, changes: Any, code: str
) -> None:
    with pytest.raises(Refused) as no:
        note_policy_entry(policy, **{**SOUND, **changes}, stamp=liaison5.stamp)
    assert no.value.code == code


@pytest.mark.django_db
def test_nobody_can_be_added_up(policy: Matter, director: Cast, liaison5: Cast) -> None:
    """The tenor is of what was said: no table and no line of it points to a person."""
    names = {field.name for field in PolicyEntry._meta.get_fields()}
    assert names == {"id", "matter", "ward_code", "tenor", "text", "heard_on", "noted_at"}
    told = {field.name for field in dataclasses.fields(PolicyEntryNoted)}
    assert not {name for name in told if "party" in name or "person" in name}
    with pytest.raises(NotAllowed):
        end_policy_watch(policy, outcome="reported", stamp=liaison5.stamp)
    end_policy_watch(policy, outcome="reported", stamp=director.stamp)
    with pytest.raises(Refused, match="not watched"):
        note_policy_entry(policy, **SOUND, stamp=director.stamp)
