"""The rows of the library give the golden dates, explain themselves, and are never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.directory.models import Party
from wardroom.kernel.business_time import Aim, Clock, Due
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.library import actions, queries, rules
from wardroom.library.models import Rule, TopicPromise

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def library(db: None) -> None:
    actions.load_reference_data(None, stamp=HOUSE)


def under(code: str, start: str, *, aim: Aim | None = None) -> Due:
    rule = queries.rule_in_force(code, datetime.fromisoformat(start).date())
    calendar = queries.calendar_named(rule.calendar_code)
    rule = rule if aim is None else replace(rule, aim=aim)
    at = calendar.instant(datetime.fromisoformat(start))
    return queries.due_under(rule, at, calendar=calendar, condition="letter of the day")


GOLDEN = [
    ("2026-04-01", "2026-04-23", "2026-05-07", "2026-05-14"),
    ("2025-12-15", "2026-01-07", "2026-01-22", "2026-01-29"),
    ("2027-04-05", "2027-04-27", "2027-05-11", "2027-05-18"),
    ("2025-01-06", "2025-01-28", "2025-02-11", "2025-02-19"),
]


@pytest.mark.parametrize(("start", "foia", "extended", "anc"), GOLDEN)
def test_golden_dates_come_from_the_rows(start: str, foia: str, extended: str, anc: str) -> None:
    for code, day in (("dc-foia", foia), ("dc-foia-extended", extended), ("dc-anc-notice", anc)):
        assert under(code, f"{start}T10:00").due_on == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("code", "counted", "not_counted", "taken"),
    [
        ("dc-foia", "2026-06-29", "2026-06-26", "2026-06-26"),
        ("dc-foia-extended", "2026-07-14", "2026-07-13", "2026-07-13"),
        ("dc-anc-notice", "2026-07-21", "2026-07-20", "2026-07-21"),
        ("dc-anc-decision", "2026-07-22", "2026-07-21", "2026-07-22"),
    ],
)
def test_deadline_takes_the_earlier_day_and_a_first_day_the_later(
    code: str, counted: str, not_counted: str, taken: str
) -> None:
    plain = under(code, "2026-06-05T10:00", aim=Aim.PLAIN)
    early = under(code, "2026-06-05T10:00", aim=Aim.DEADLINE)
    late = under(code, "2026-06-05T10:00", aim=Aim.EARLIEST)
    due = under(code, "2026-06-05T10:00")
    found = [d.due_on.isoformat() for d in (plain, early, late, due)]
    assert found == [counted, not_counted, counted, taken]
    assert "No statute names Juneteenth" in " ".join(due.steps)


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        ("dc-anc-proposal-answer", "2026-06-05T10:00", "2026-06-15T17:00"),
        ("dc-anc-proposal-status", "2026-06-05T10:00", "2026-08-04T17:00"),
        ("dc-anc-decision", "2026-04-01T10:00", "2026-05-15T17:00"),
        ("dc-anc-testimony", "2026-04-01T19:00", "2026-04-08T17:00"),
        ("dc-anc-hearing-report", "2026-04-01T10:00", "2026-05-16T17:00"),
        ("dc-abc-licence", "2026-04-01T10:00", "2026-05-16T17:00"),
        ("dc-traffic-control", "2026-04-01T10:00", "2026-05-14T17:00"),
        ("dc-traffic-control-high-risk", "2026-04-01T10:00", "2026-04-15T17:00"),
        ("dc-anc-meeting-notice", "2026-04-14T19:00", "2026-04-07T17:00"),
        ("dc-anc-liaison", "2026-04-10T10:00", "2026-04-20T17:00"),
        ("dc-foia-appeal", "2026-04-10T10:00", "2026-04-27T17:00"),
        ("dc-open-meeting-notice", "2026-04-20T10:00", "2026-04-15T10:00"),
        ("dc-open-meeting-minutes", "2026-04-14T19:00", "2026-04-20T17:00"),
        ("dc-open-meeting-record", "2026-04-14T19:00", "2026-04-24T17:00"),
        ("own-acknowledge", "2026-04-15T10:00", "2026-04-17T17:00"),
        ("own-ladder-reminder", "2026-04-15T10:00", "2026-04-20T17:00"),
        ("own-ladder-call", "2026-04-15T10:00", "2026-04-22T17:00"),
        ("own-ladder-director", "2026-04-15T10:00", "2026-04-24T17:00"),
        ("own-ladder-agency-head", "2026-04-15T10:00", "2026-04-28T17:00"),
    ],
)
def test_each_clock_counts_as_its_law_says(code: str, start: str, due: str) -> None:
    assert under(code, start).due_at.replace(tzinfo=None) == datetime.fromisoformat(due)


def test_every_clock_is_cited_and_the_offices_own_is_marked() -> None:
    assert not Rule.objects.filter(citation="").exists()
    for rule in Rule.objects.all():
        assert rule.own == (rule.citation == "The office's own rule") == rule.code.startswith("own")
    due = under("dc-foia", "2026-04-01T10:00")
    assert (due.rule, due.citation) == ("Public-records answer", "D.C. Code 2-532(c)")
    assert "Skipped Thursday, April 16, 2026: Emancipation Day." in due.steps


def test_longer_clock_needs_its_condition_in_writing() -> None:
    rule = queries.rule_in_force("dc-foia-extended", TODAY)
    assert (rule.extends, rule.days) == ("dc-foia", 25)
    for words in ("", "  "):
        with pytest.raises(Refused) as no:
            queries.due_under(rule, NOON, condition=words)
        assert no.value.code == "condition_missing"
        assert "Written notice of unusual circumstances" in no.value.sentence
    due = queries.due_under(rule, NOON, condition="Letter of 20 November")
    assert due.steps[0] == "Longer than dc-foia, with: Letter of 20 November."


def test_days_of_the_ladder_are_read_by_their_code() -> None:
    days = queries.days_in_force("own-ladder-", TODAY)
    assert days == {"reminder": 2, "call": 4, "director": 6, "agency-head": 8}
    assert queries.days_in_force("own-ladder-", date(1999, 1, 1)) == {}


def test_every_topic_starts_with_the_offices_own_promise() -> None:
    for topic in queries.topics():
        promise = queries.promise_for(topic.code, TODAY)
        assert promise is not None
        assert promise.own
        assert promise.citation == rules.OWN_PROMISE
    assert queries.promise_for("dumping", date(1999, 1, 1)) is None
    assert queries.promise_for("nonsense", TODAY) is None


def test_new_promise_ends_the_former_and_edits_nothing(director: Cast) -> None:
    before = queries.promise_for("dumping", TODAY)
    assert before is not None
    actions.set_topic_promise(
        None,
        topic_code="dumping",
        days=3,
        citation=" Service agreement of 2027 ",
        valid_from=date(2027, 1, 1),
        stamp=director.stamp,
    )
    then = queries.promise_for("dumping", date(2026, 12, 31))
    now = queries.promise_for("dumping", date(2027, 1, 1))
    assert then == replace(before, valid_until=date(2026, 12, 31))
    assert now is not None
    assert (now.days, now.clock, now.own) == (3, Clock.BUSINESS, False)
    assert now.citation == "Service agreement of 2027"
    line = Entry.objects.get(kind="TopicPromiseSet")
    assert "in 3 days instead of 5" in line.sentence


def test_promise_of_an_agency_goes_before_that_of_any(
    director: Cast, agencies: Mapping[str, Party]
) -> None:
    actions.set_topic_promise(
        None,
        topic_code="dumping",
        agency_code="DPW",
        days=2,
        clock="calendar-days",
        citation="DPW's service list",
        stamp=director.stamp,
    )
    found = [queries.promise_for("dumping", TODAY, code) for code in ("DPW", "DDOT", "")]
    assert [p.days for p in found if p is not None] == [2, 5, 5]
    assert found[0] is not None
    assert found[0].clock == Clock.CALENDAR


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"topic_code": "nonsense"}, "no_such_topic"),
        ({"days": 0}, "bad_days"),
        ({"days": 4001}, "bad_days"),
        ({"citation": " "}, "citation_missing"),
        ({"citation": "x" * 201}, "too_long"),
        ({"clock": "moon"}, "unknown_clock"),
        ({"clock": "hours-or-business-days"}, "unknown_clock"),
        ({"agency_code": "NONE"}, "not_an_agency"),
        ({"valid_from": date(2010, 1, 1)}, "promise_too_early"),
        ({"days": 5, "citation": rules.OWN_PROMISE}, "already_so"),
    ],
)
def test_senseless_promise_is_refused(director: Cast, change: dict[str, object], code: str) -> None:
    given = {"topic_code": "dumping", "days": 3, "citation": "A list"} | change
    count = TopicPromise.objects.count()
    with pytest.raises(Refused) as no:
        actions.set_topic_promise(None, **given, stamp=director.stamp)  # type: ignore[arg-type]
    assert no.value.code == code
    assert TopicPromise.objects.count() == count


def test_only_the_director_and_the_house_set_promises(
    liaison5: Cast, records_officer: Cast, partner_dpw: Cast
) -> None:
    for person in (liaison5, records_officer, partner_dpw):
        with pytest.raises(NotAllowed):
            actions.set_topic_promise(
                None, topic_code="dumping", days=3, citation="A list", stamp=person.stamp
            )
    actions.set_topic_promise(None, topic_code="dumping", days=3, citation="A list", stamp=HOUSE)


def test_set_up_again_adds_what_is_missing_and_keeps_the_offices_own(director: Cast) -> None:
    actions.set_topic_promise(
        None, topic_code="dumping", days=9, citation="Ours", stamp=director.stamp
    )
    with pytest.raises(Refused) as no:
        actions.load_reference_data(None, stamp=HOUSE)
    assert no.value.code == "nothing_new"
    promise = queries.promise_for("dumping", TODAY)
    assert promise is not None
    assert promise.days == 9
