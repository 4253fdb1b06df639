"""What is said about a policy: by tenor and ward, never by whom, and small numbers no trend."""

from __future__ import annotations

import dataclasses
import inspect
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from wardroom.engagement import actions
from wardroom.engagement.actions import (
    end_policy_watch,
    note_policy_entry,
    watch_policy,
)
from wardroom.engagement.facts import PolicyEntryNoted
from wardroom.engagement.models import PolicyEntry
from wardroom.engagement.queries.policies import (
    get_policy_watch,
    policy_file,
    policy_page,
    words_used,
)
from wardroom.engagement.rules.policies import (
    ORDINARY,
    TENORS,
    TOO_FEW,
    Charted,
    Weeks,
    check_said,
    ward_words,
    weeks_of,
)
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter
from wardroom.reporting.queries.sheets import sheet, sheet_pdf
from wardroom.web.people.forms import ContactForm

TODAY = NOON.date()
WEEK = timedelta(days=7)
SOUND: dict[str, Any] = {
    "ward_code": "5",
    "tenor": "against",
    "text": "It takes our parking",
    "channel": "phone",
    "heard_on": TODAY,
}


@pytest.mark.parametrize(
    "said",
    [
        "Call me at 202-555-0101",
        "Call (202) 555 0101",
        "Call 555-0101",
        "+12025550101, any time",
        "It is too dear, rv@example.org",
    ],
)
def test_way_to_reach_somebody_is_not_among_what_was_said(said: str) -> None:
    with pytest.raises(Refused) as no:
        check_said(said)
    assert no.value.field == "text"
    for plain in ("In 2026 about 1,500 spots went", "Not in the 2026-2027 school year"):
        assert check_said(plain) == plain


def test_weeks_end_before_the_running_one() -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    days = {TODAY: 4, monday - timedelta(days=1): 1, monday - timedelta(days=15): 2}
    assert weeks_of(days, since=min(days), today=TODAY).counts == (2, 0, 1)
    assert weeks_of({}, since=min(days), today=TODAY).counts == (0, 0, 0)
    assert weeks_of({TODAY: 4}, since=TODAY, today=TODAY).counts == ()
    assert weeks_of({}, since=None, today=TODAY).counts == ()


@pytest.mark.parametrize(
    ("counts", "signals", "words"),
    [
        ((9, 9, 9), ((2, True),), TOO_FEW),
        ((0,) * 11 + (9,), ((11, True),), TOO_FEW),
        ((2,) * 12, (), ORDINARY),
        ((2,) * 11 + (6,), ((11, True),), ORDINARY),
        ((2,) * 9 + (20,) + (2,) * 5, ((9, True),), ORDINARY),
        ((9,) + (2,) * 10, ((0, True),), ORDINARY),
        ((2,) * 11 + (20,), ((11, False),), ORDINARY),
    ],
)
def test_small_numbers_are_no_trend(counts: Any, signals: Any, words: str) -> None:
    assert ward_words([Charted("for", Weeks(TODAY, counts), signals)]) == words


def test_what_stands_out_is_said_with_its_week() -> None:
    monday = date(2026, 3, 2)
    more = Charted("against", Weeks(monday, (2,) * 11 + (9,)), ((11, True),))
    less = Charted("for", Weeks(monday, (8,) * 11 + (1,)), ((11, False),))
    assert ward_words([more, less]) == (
        "Against it: more than is usual for this ward, week of May 18."
        " For it: less than is usual for this ward, week of May 18."
    )


@pytest.fixture
def policy(ground: Ground, director: Cast) -> Matter:
    """A bus lane that is talked about."""
    return watch_policy(
        None, title="Bus lane", owner=director.party, next_on=NEXT, stamp=director.stamp
    )


def say(policy: Matter, who: Cast, times: int = 1, **changes: Any) -> None:
    """Write the same thing down, so many times."""
    for _ in range(times):
        note_policy_entry(policy, **{**SOUND, **changes}, stamp=who.stamp)


@pytest.mark.django_db
@pytest.mark.any_database
def test_each_ward_is_held_against_its_own_weeks(
    policy: Matter, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    for week in range(2, 13):
        say(policy, liaison5, 1 + week % 2, heard_on=TODAY - week * WEEK)
    say(policy, liaison5, 9, heard_on=TODAY - WEEK)
    say(policy, liaison5, ward_code="7", tenor="confused", channel="event")
    five, seven = policy_file(policy.pk, director.actor, on=TODAY).wards
    assert five.words.startswith("Against it: more than is usual for this ward")
    assert (seven.words, dict(seven.counts)) == (TOO_FEW, {"for": 0, "against": 0, "confused": 1})
    memo = sheet("policy", policy.pk, director.actor, at=NOON)
    assert "Ward 7. Too few to say." in str(memo)
    told = {part.title: part for part in memo.parts}
    assert told["How it reached us"].lines == ("A call: 25", "A meeting: 1")
    rows = told["The newest entries it rests on"].rows
    assert rows[0][1:3] == ("It takes our parking", "Not understood")
    assert rows[-1] == ("", "And 16 more.", "", "")
    assert sheet_pdf("policy", policy.pk, director.actor, at=NOON)[1][:5] == b"%PDF-"


@pytest.mark.django_db
@pytest.mark.any_database
def test_what_was_said_is_summed_up_by_what_it_is_about(
    policy: Matter, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    say(policy, liaison5, 2, about="Parking")
    say(policy, liaison7, ward_code="7", tenor="for", about=" parking ")
    say(policy, liaison7, ward_code="7", tenor="for", about="Noise")
    say(policy, liaison7, 4, ward_code="7")
    parking, noise, rest = policy_file(policy.pk, director.actor, on=TODAY).abouts
    assert (parking.about, parking.wards, parking.total) == ("Parking", {"5": 2, "7": 1}, 3)
    assert dict(parking.tenors) == {"against": 2, "for": 1}
    assert (noise.about, rest.about, rest.total) == ("Noise", "", 4)
    assert words_used(policy.pk, director.actor) == ("Parking", "Noise")
    assert words_used(policy.pk, liaison5.actor) == ("Parking",)
    narrowed = policy_file(policy.pk, director.actor, on=TODAY, about="Parking")
    assert (narrowed.said.total, narrowed.total) == (3, 8)
    memo = sheet("policy", policy.pk, director.actor, at=NOON)
    rows = next(part for part in memo.parts if part.title == "What it is about").rows
    assert rows[0] == ("Parking", "Ward 5: 2, Ward 7: 1", "3", "for it: 1, against it: 2")
    assert rows[-1][0] == "Not summed up"


@pytest.mark.django_db
def test_a_liaison_reads_the_own_ward_and_others_stay_absent(
    policy: Matter, liaison5: Cast, liaison7: Cast, director: Cast, auditor: Cast, partner_dpw: Cast
) -> None:
    say(policy, liaison5)
    say(policy, liaison5, ward_code="7", tenor="for", text="At last")
    mine = policy_file(policy.pk, liaison7.actor, on=TODAY)
    assert ([ward.ward_code for ward in mine.wards], mine.total) == (["7"], 1)
    assert [line.text for line in mine.said.rows] == ["At last"]
    assert policy_file(policy.pk, liaison7.actor, on=TODAY, ward="5").said.total == 0
    assert policy_file(policy.pk, director.actor, on=TODAY, tenor="for").said.total == 1
    assert policy_page(liaison7.actor).rows[0].said == 1
    told = Entry.objects.filter(kind="PolicyEntryNoted").order_by("pk")
    assert list(told.values_list("ward_code")) == [
        ("5",),
        ("7",),
    ]
    with pytest.raises(NotAllowed):
        note_policy_entry(policy, **SOUND, stamp=auditor.stamp)
    with pytest.raises(NotAllowed):
        policy_page(partner_dpw.actor)
    with pytest.raises(NotFound):
        get_policy_watch(policy.pk, partner_dpw.actor)


@pytest.mark.django_db
def test_what_is_not_whole_is_refused(policy: Matter, liaison5: Cast) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "unknown_tenor": {"tenor": "loud"},
        "unknown_channel": {"channel": "rumor"},
        "text_missing": {"text": " "},
        "unknown_ward": {"ward_code": "9"},
        "said_in_the_future": {"heard_on": TODAY + timedelta(days=1)},
        "personal_words": {"about": "Call 202-555-0101"},
        "too_long": {"about": "It takes all of our parking on both sides"},
        "too_long_ago": {"heard_on": TODAY - timedelta(days=400)},
    }
    for code, changes in wrong.items():
        with pytest.raises(Refused) as no:
            say(policy, liaison5, **changes)
        assert (no.value.code, no.value.field) == (code, next(iter(changes)))
    assert not PolicyEntry.objects.exists()


@pytest.mark.django_db
def test_what_was_said_stays_once_a_policy_is_watched_no_more(
    policy: Matter, director: Cast, liaison5: Cast
) -> None:
    say(policy, liaison5)
    with pytest.raises(NotAllowed):
        end_policy_watch(policy, outcome="reported", stamp=liaison5.stamp)
    ended = end_policy_watch(policy, outcome="reported", stamp=director.stamp)
    with pytest.raises(Refused, match="not watched"):
        note_policy_entry(ended, **SOUND, stamp=director.stamp)
    file = policy_file(policy.pk, director.actor, on=TODAY)
    assert (file.open, file.total, file.allowed) == (False, 1, frozenset())
    assert (policy_page(director.actor).total, policy_page(director.actor, state="").total) == (
        0,
        1,
    )


def test_nobody_can_be_added_up() -> None:
    """The tenor is of what was said: no table and no line of it points to a person."""
    names = {field.name for field in PolicyEntry._meta.get_fields()}
    assert names == {"id", "matter", "ward_code", "tenor", "text", "about", "channel", "heard_on"}
    told = {field.name for field in dataclasses.fields(PolicyEntryNoted)}
    assert told == {
        *("matter_id", "title", "place_id", "ward_code", "changes"),
        *("tenor_words", "channel_label", "text", "heard_on"),
    }
    assert set(TENORS) == {"for", "against", "confused"}


def test_opinion_is_never_written_down_together_with_somebody() -> None:
    """Two lines of one commit would tell who said it: no action and no form takes both."""
    named = {"party", "person", "asked_by"}
    for name in actions.__all__:
        taken = set(inspect.signature(getattr(actions, name)).parameters)
        assert not ("tenor" in taken and taken & named), name
    assert not {"tenor", "policy", "said"} & set(ContactForm.base_fields)
