"""The end of a term: what is told ahead of it, and that all of it ends by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast, on_day
from tests.office.people import (
    LAST,
    TODAY,
    day,
    detail,
    house_on,
    lent,
    on,
    placed,
    someone,
    told,
    volunteer,
)
from wardroom.access.actor import NOBODY, Role
from wardroom.access.queries import actor_for
from wardroom.access.queries.api_keys import key_presented
from wardroom.calendar.actions import open_feed
from wardroom.calendar.queries.feeds import feed_of
from wardroom.directory.actions import fill_seat, make_key
from wardroom.jobs import office as routines
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.queries import worklist
from wardroom.notices.models import Message
from wardroom.office.actions import (
    agree_term,
    dispose_of_term,
    extend_term,
    remind_of_term,
    shorten_term,
)
from wardroom.office.models import Reminder
from wardroom.office.queries import position_file, present_between, structure, term_file

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
CITY = ZoneInfo("America/New_York")


def test_access_ends_at_midnight_of_the_office_and_not_a_moment_before(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = make_key(liaison5.user, name="Script", scopes={"read"}, stamp=liaison5.stamp).token
    feed = open_feed(liaison5.party, stamp=liaison5.stamp)
    lent(liaison5, director)
    midnight = datetime(LAST.year, LAST.month, LAST.day, tzinfo=CITY) + timedelta(days=1)
    last_moment = midnight - timedelta(seconds=1)
    client = Client()
    monkeypatch.setattr("django.utils.timezone.now", lambda: last_moment)
    client.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    assert client.get("/day/").status_code == 200
    assert key_presented(key, last_moment) is not None
    assert feed_of(feed, at=last_moment) is not None
    monkeypatch.setattr("django.utils.timezone.now", lambda: midnight)
    answer = client.get("/day/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/?next=/day/")
    assert key_presented(key, midnight) is None
    with pytest.raises((NotFound, Refused)):
        feed_of(feed, at=midnight)
    again = Client()
    again.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    assert again.get("/day/").status_code == 302
    liaison5.user.refresh_from_db()
    assert actor_for(liaison5.user, on=LAST).has(Role.LIAISON)
    assert actor_for(liaison5.user, on=day(90)) is NOBODY


def test_told_once_at_60_30_and_7_days_however_often_the_worker_runs(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = lent(liaison5, director)
    for left in (61, 60, 60, 59, 31, 30, 29, 7, 7, 6, 0):
        monkeypatch.setattr(routines, "worker_stamp", lambda n=left: house_on(day(89 - n)))
        routines.keep_terms()
    steps = [
        entry.body["step"] for entry in Entry.objects.filter(kind="TermEndsSoon").order_by("pk")
    ]
    assert steps == [60, 30, 7]
    assert Reminder.objects.count() == 3
    monkeypatch.setattr("django.utils.timezone.now", lambda: house_on(day(83)).at)
    sweep()
    told_to = sorted(Message.objects.values_list("to_address", "subject"))
    assert len(told_to) == 6
    assert (liaison5.email, "Your time here ends in 30 days") in told_to
    assert (director.email, f"{liaison5.party.name} leaves in 7 days") in told_to
    then = on_day(liaison5, day(83))
    own = [row for row in worklist(then.actor, on=day(83)).rows if row.reason == "term_ends"]
    assert [row.due_on for row in own] == [LAST]
    with pytest.raises(Refused):
        remind_of_term(term, stamp=house_on(day(83)))


def test_overtaken_reminder_is_not_sent_after(director: Cast, monkeypatch: Any) -> None:
    agree_term(someone(), draft=detail(until_on=day(20)), stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(TODAY))
    assert routines.keep_terms() == 1
    assert [r.step for r in Reminder.objects.all()] == [30]


def test_another_end_is_told_of_anew(director: Cast, monkeypatch: Any) -> None:
    term = agree_term(someone(), draft=detail(until_on=day(20)), stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(TODAY))
    routines.keep_terms()
    shorten_term(term, until_on=day(10), reason="Called back", stamp=director.stamp)
    routines.keep_terms()
    assert sorted(Reminder.objects.values_list("key", "step")) == [
        (f"{term.pk}:{day(10).isoformat()}", 30),
        (f"{term.pk}:{day(20).isoformat()}", 30),
    ]


def test_term_is_written_down_as_over_once(director: Cast, monkeypatch: Any) -> None:
    term = agree_term(someone(), draft=detail(), stamp=director.stamp)
    for _ in range(2):
        monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(90)))
        routines.keep_terms()
    term.refresh_from_db()
    assert term.over_at is not None
    assert Entry.objects.filter(kind="TermOver").count() == 1
    late = lambda: extend_term(  # noqa: E731
        term, until_on=day(100), reason="More", stamp=on(director.stamp, day(91))
    )
    assert told(late)[0] == "term_over"


def test_nobody_is_here_after_the_end(director: Cast) -> None:
    agree_term(someone(), draft=detail(), stamp=director.stamp)
    assert len(present_between(LAST, day(120), director.actor)) == 1
    assert present_between(day(90), day(120), director.actor) == ()


def test_position_is_free_after_the_last_day_of_whoever_held_it(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, other = placed("5", director), placed("7", director)
    assert held.seat is not None
    assert other.seat is not None
    fill_seat(held.seat, since_on=TODAY, holder=liaison5.party, stamp=director.stamp)
    lent(liaison5, director)
    assert [int(structure(director.actor, on=TODAY).filled_fte), held.seat.tenures.count()] == [
        0,
        1,
    ]
    helper = someone()
    agree_term(helper, draft=volunteer(until_on=LAST), stamp=director.stamp)
    fill_seat(other.seat, since_on=TODAY, holder=helper, stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(90)))
    routines.keep_terms()
    for position in (held, other):
        row = position_file(position.pk, director.actor, on=day(90)).row
        assert (row.vacant, row.holders) == (True, ())


def test_records_officer_disposes_of_a_term_that_is_over(
    director: Cast,
    liaison5: Cast,
    records_officer: Cast,
    auditor: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    term = lent(liaison5, director)
    extend_term(term, until_on=day(99), reason="Still needed", stamp=director.stamp)

    def away() -> object:
        return dispose_of_term(term, reason="Schedule 4", stamp=records_officer.stamp)

    assert told(away)[0] == "still_needed"
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(100)))
    routines.keep_terms()
    term.refresh_from_db()
    for who, may in ((records_officer, True), (director, False), (auditor, False)):
        offered = term_file(term.pk, who.actor, on=day(100)).allowed
        assert ("dispose_of_term" in offered) is may
    for other in (director, auditor):
        with pytest.raises(NotAllowed):
            dispose_of_term(term, reason="x", stamp=other.stamp)
    away()
    file = term_file(term.pk, records_officer.actor, on=day(100))
    assert (file.row.name, file.row.home, file.memorandum, file.duties) == (
        liaison5.party.name, "", "", "",
    )  # fmt: skip
    assert [line.reason for line in file.lines] == ["", "Disposed of"]
    assert told(away)[0] == "nothing_left"
    assert "dispose_of_term" not in file.allowed
