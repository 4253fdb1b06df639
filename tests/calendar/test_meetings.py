"""Core team meetings: planned week by week, run, counted, and their list sent out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

import pytest
from django.utils.timezone import localtime

from tests.calendar.at_the_table import agree, refused
from tests.calendar.conftest import TUESDAY, on
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE, Ground, open_at
from tests.trouble import load_topics
from wardroom.access.actor import Stamp
from wardroom.calendar.actions import (
    SeriesDraft,
    begin_series,
    call_seat,
    cancel_event,
    end_series,
    hold_event,
    plan_ahead,
    write_line,
)
from wardroom.calendar.models import Event, Series
from wardroom.calendar.queries import (
    get_series_to_plan,
    meeting_page,
    meetings_kept,
    team_list,
    team_page,
)
from wardroom.directory.models import Party, Seat
from wardroom.kernel.errors import NotAllowed
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, counter_ask, report_done
from wardroom.matters.models import Ask, Matter

pytestmark = pytest.mark.django_db
Agencies = Mapping[str, Party]
DAY = timedelta(days=1)


@pytest.mark.any_database
def test_series_is_planned_thirteen_weeks_ahead_at_the_same_wall_time(
    meetings: list[Event],
) -> None:
    assert len(meetings) == 13
    assert {localtime(e.starts_at).time() for e in meetings} == {time(10)}
    assert {localtime(e.starts_at).weekday() for e in meetings} == {1}
    assert meetings[0].title == "Core team of Ward 5"


def test_closed_days_are_left_out_and_named(liaison5: Cast) -> None:
    load_topics()
    series = begin_series(SeriesDraft("5", date(2026, 11, 26), time(10)), stamp=liaison5.stamp)
    first = Event.objects.filter(series=series).order_by("starts_at")[0]
    assert localtime(first.starts_at).date() == date(2026, 12, 3)
    assert "none on Thursday, November 26, 2026 (Thanksgiving" in (
        Entry.objects.get(kind="SeriesPlannedAhead").sentence
    )


def test_series_refuses_what_cannot_be(series: Series, liaison5: Cast, liaison7: Cast) -> None:
    for code, draft in (
        ("already_meets", SeriesDraft("5", TUESDAY, time(10))),
        ("in_the_past", SeriesDraft("5", NOON.date() - DAY, time(10))),
        ("too_far", SeriesDraft("5", NOON.date() + 100 * DAY, time(10))),
        ("bad_length", SeriesDraft("5", TUESDAY, time(10), minutes=0)),
    ):
        refused(code, lambda d=draft: begin_series(d, stamp=liaison5.stamp))  # type: ignore[misc]
    with pytest.raises(NotAllowed):
        begin_series(SeriesDraft("5", TUESDAY, time(10)), stamp=liaison7.stamp)
    with pytest.raises(NotAllowed):
        end_series(series, reason="Not mine", stamp=liaison7.stamp)


@pytest.mark.any_database
def test_worker_plans_on_once_a_week_has_passed(series: Series, liaison5: Cast) -> None:
    today = NOON.date()
    assert get_series_to_plan(on=today) == ()
    refused("nothing_new", lambda: plan_ahead(series, stamp=HOUSE))
    later = Stamp(actor=HOUSE.actor, at=NOON + 14 * DAY, window=HOUSE.window)
    assert get_series_to_plan(on=today + 14 * DAY) == (series,)
    plan_ahead(series, stamp=later)
    assert Event.objects.filter(series=series).count() == 15
    with pytest.raises(NotAllowed):
        plan_ahead(series, stamp=liaison5.stamp)


@pytest.mark.any_database
def test_ended_series_cancels_what_was_to_come_and_counts_none_of_it(
    series: Series, meetings: list[Event], liaison5: Cast
) -> None:
    hold_event(meetings[0], stamp=on(liaison5, 6))
    refused("reason_missing", lambda: end_series(series, reason="", stamp=on(liaison5, 7)))
    end_series(series, reason="The ward has no room", stamp=on(liaison5, 7))
    left = Event.objects.filter(series=series, state="cancelled")
    assert left.count() == 12
    assert {e.cancelled_why for e in left} == {"The ward has no room"}
    kept = meetings_kept(
        "5", since_on=date(2026, 10, 1), until_on=date(2026, 12, 31), at=NOON + 40 * DAY
    )
    assert (kept.planned, kept.held) == (1, 1)


@pytest.mark.any_database
def test_meetings_held_are_counted_against_planned(
    meetings: list[Event], liaison5: Cast, ground: Ground
) -> None:
    """One held, one canceled, one of which nobody wrote anything; today's is not over yet."""
    hold_event(meetings[0], stamp=on(liaison5, 6))
    cancel_event(meetings[1], reason="Snow", stamp=on(liaison5, 13))
    at = NOON + 27 * DAY  # Tuesday, December 15, the day of the fourth
    page = team_page("5", liaison5.actor, at=at)
    kept = page.kept
    assert (kept.planned, kept.held, kept.cancelled, kept.not_written) == (3, 1, 1, 1)
    assert [(row.state, row.event.cancelled_why) for row in page.past] == [
        ("not_written", ""),
        ("cancelled", "Snow"),
        ("held", ""),
    ]
    [five] = team_list(liaison5.actor, at=at)
    assert (five.kept, five.seats, five.vacant) == (kept, 3, 1)


@pytest.mark.any_database
def test_roll_is_called_seat_by_seat_and_may_be_put_right(
    meetings: list[Event], liaison5: Cast
) -> None:
    event = meetings[0]
    dpw = Seat.objects.get(organisation__code="DPW", title="Core team")
    refused("not_yet", lambda: call_seat(event, seat=dpw, attended="present", stamp=on(liaison5)))
    call_seat(event, seat=dpw, attended="absent", stamp=on(liaison5, 6))
    call_seat(event, seat=dpw, attended="alternate", stamp=on(liaison5, 6))
    page = meeting_page(event.pk, liaison5.actor, at=NOON + 6 * DAY)
    row = next(r for r in page.roll if r.agency_code == "DPW")
    assert (row.attended, row.came) == ("alternate", "Sam of the yard")
    assert page.uncalled == 2
    assert Entry.objects.filter(kind="AttendanceRecorded").count() == 2


def test_seat_of_another_table_is_not_called(meetings: list[Event], liaison5: Cast) -> None:
    other = Seat.objects.get(organisation__code="DPW", title="Core team alternate")
    refused(
        "not_at_the_table",
        lambda: call_seat(meetings[0], seat=other, attended="present", stamp=on(liaison5, 6)),
    )


@pytest.mark.any_database
def test_ask_agreed_aloud_is_a_real_ask(
    meetings: list[Event], matter5: Matter, liaison5: Cast, agencies: Agencies
) -> None:
    agreed = agree(meetings[0], matter5, agencies["DPW"], liaison5)
    assert (agreed.ask.state, agreed.ask.due_on) == ("requested", DUE)
    kinds = list(Entry.objects.order_by("-pk").values_list("kind", flat=True)[:6])
    assert {"AskProposed", "AskRequested", "AskAgreed"} <= set(kinds)
    line = Entry.objects.get(kind="AskAgreed")
    assert line.matter_key == str(matter5.pk)
    assert line.sentence == (
        "Pat of the yard of DPW took on 'Clear the alley' by Tuesday, December 1, 2026 in "
        "'Core team of Ward 5'"
    )


def test_ask_agreed_aloud_needs_an_owner_a_date_and_a_matter_of_the_ward(
    meetings: list[Event],
    matter5: Matter,
    ground: Ground,
    liaison5: Cast,
    liaison7: Cast,
    director: Cast,
    agencies: Agencies,
) -> None:
    event, dpw = meetings[0], agencies["DPW"]
    matter7 = open_at(ground, liaison7, "7")
    refused("owner_missing", lambda: agree(event, matter5, dpw, liaison5, owner_name=" "))
    refused("wording_missing", lambda: agree(event, matter5, dpw, liaison5, wording=""))
    refused("due_too_early", lambda: agree(event, matter5, dpw, liaison5, due_on=TUESDAY))
    refused("other_ward", lambda: agree(event, matter7, dpw, director))
    refused("not_yet", lambda: agree(event, matter5, dpw, liaison5, stamp=on(liaison5)))
    with pytest.raises(NotAllowed):
        agree(event, matter5, dpw, liaison7)
    assert not Ask.objects.exists()


@pytest.mark.any_database
def test_last_weeks_asks_come_first_with_how_they_stand(
    meetings: list[Event],
    matter5: Matter,
    liaison5: Cast,
    partner_dpw: Cast,
    partner_ddot: Cast,
    agencies: Agencies,
) -> None:
    first, second = meetings[:2]
    done = agree(first, matter5, agencies["DPW"], liaison5).ask
    late = agree(
        first, matter5, agencies["DDOT"], liaison5, wording="Mend it", due_on=date(2026, 11, 30)
    ).ask
    offers = agree(first, matter5, agencies["DDOT"], liaison5, wording="Light it").ask
    hold_event(first, stamp=on(liaison5, 6))
    accept_ask(done, promised_on=DUE, stamp=on(partner_dpw, 7))
    report_done(done, disposition="fixed", stamp=on(partner_dpw, 8))
    counter_ask(offers, counter_on=date(2026, 12, 20), stamp=on(partner_ddot, 7))
    write_line(second, kind="why", text="The truck broke", ask=late, stamp=on(liaison5, 13))
    page = meeting_page(second.pk, liaison5.actor, at=NOON + 13 * DAY)
    assert page.before is not None
    assert page.before.id == first.pk
    told = {row.ask_id: (row.standing, row.owner_name, row.why) for row in page.last.asks}
    assert told == {
        done.pk: ("done", "Pat of the yard", ()),
        late.pk: ("late", "Pat of the yard", ("The truck broke",)),
        offers.pk: ("countered", "Pat of the yard", ()),
    }
    assert page.exceptions.late.total == 0


@pytest.mark.any_database
def test_exceptions_hold_what_is_late_for_longer_and_places_due(
    meetings: list[Event], matter5: Matter, requested: Ask, liaison5: Cast
) -> None:
    for event in meetings[:2]:
        hold_event(event, stamp=on(liaison5, 20))
    page = meeting_page(meetings[2].pk, liaison5.actor, at=NOON + 20 * DAY)
    assert [row.ask_id for row in page.exceptions.late.asks] == [requested.pk]
    assert page.exceptions.late.asks[0].words == "Late by 7 days, no answer"
    assert [row.id for row in page.exceptions.locations.matters] == [matter5.pk]
