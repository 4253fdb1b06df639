"""Core team meetings: planned week by week, run, counted, and their list sent out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime

from tests.calendar.conftest import TUESDAY, on
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE, Ground, open_at
from tests.plans.test_initiatives import opened
from wardroom.access.actor import Stamp
from wardroom.calendar.actions import (
    SeriesDraft,
    agree_ask,
    begin_series,
    call_seat,
    cancel_event,
    end_series,
    hold_event,
    issue_action_list,
    plan_ahead,
    strike_line,
    write_line,
)
from wardroom.calendar.models import AgreedAsk, Event, IssuedList, Series
from wardroom.calendar.queries import (
    action_list,
    get_line,
    get_meeting,
    get_series_to_plan,
    meeting_page,
    meetings_kept,
    team_list,
    team_page,
)
from wardroom.directory.models import Party, Seat
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.library.actions import load_reference_data
from wardroom.matters.actions import accept_ask, counter_ask, report_done
from wardroom.matters.actions.sealing import restrict_matter
from wardroom.matters.models import Ask, Matter

pytestmark = pytest.mark.django_db
Agencies = Mapping[str, Party]
DAY = timedelta(days=1)


def refused(code: str, call: Callable[[], object]) -> None:
    with pytest.raises(Refused) as no:
        call()
    assert no.value.code == code


def call_all(event: Event, who: Cast, days: float, **words: str) -> None:
    """Call the roll of the whole table; whoever is not named was present."""
    for seat in Seat.objects.filter(ward_code="5", title="Core team").order_by("pk"):
        attended = words.get(seat.organisation.code, "present")
        call_seat(event, seat=seat, attended=attended, stamp=on(who, days))


def agree(event: Event, matter: Matter, agency: Party, who: Cast, **more: Any) -> AgreedAsk:
    given = {
        "wording": "Clear the alley",
        "owner_name": "Pat of the yard",
        "due_on": DUE,
        "stamp": on(who, 6),
    }
    return agree_ask(event, matter=matter, agency=agency, **{**given, **more})


@pytest.mark.any_database
def test_series_is_planned_thirteen_weeks_ahead_at_the_same_wall_time(
    meetings: list[Event],
) -> None:
    assert len(meetings) == 13
    assert {localtime(e.starts_at).time() for e in meetings} == {time(10)}
    assert {localtime(e.starts_at).weekday() for e in meetings} == {1}
    assert meetings[0].title == "Core team of Ward 5"


def test_closed_days_are_left_out_and_named(liaison5: Cast) -> None:
    load_reference_data(None, stamp=HOUSE)
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


@pytest.mark.any_database
def test_list_goes_out_frozen_and_a_correction_is_a_new_version(
    meetings: list[Event], matter5: Matter, liaison5: Cast, agencies: Agencies
) -> None:
    event = meetings[0]
    agree(event, matter5, agencies["DPW"], liaison5)
    line = write_line(event, kind="decision", text="We walk on Friday", stamp=on(liaison5, 6))
    refused("roll_not_called", lambda: issue_action_list(event, stamp=on(liaison5, 6)))
    call_all(event, liaison5, 6, DOB="absent")
    issue_action_list(event, stamp=on(liaison5, 6))
    event.refresh_from_db()
    assert event.state == "held"
    strike_line(line, stamp=on(liaison5, 6))
    out = action_list(event.pk, liaison5.actor, today=DUE)
    assert (out.version, out.decisions) == (1, ("We walk on Friday",))
    assert [(a.agency_code, a.owner_name, a.due_on) for a in out.agreed] == [
        ("DPW", "Pat of the yard", DUE)
    ]
    assert [seat.agency_code for seat in out.absent] == ["DOB"]
    refused("correction_missing", lambda: issue_action_list(event, stamp=on(liaison5, 7)))
    issue_action_list(event, correction="No walk on Friday", stamp=on(liaison5, 7))
    assert action_list(event.pk, liaison5.actor, today=DUE).decisions == ()
    assert IssuedList.objects.get(version=1).content["decisions"] == ["We walk on Friday"]
    told = Entry.objects.filter(kind="ActionListIssued").order_by("pk")
    assert [line.body["same_day"] for line in told] == [True, False]


def test_list_calls_an_initiative_by_its_title(
    meetings: list[Event], ground: Ground, liaison5: Cast, agencies: Agencies
) -> None:
    matter = opened(ground, liaison5)
    agree(meetings[0], matter, agencies["DPW"], liaison5)
    [item] = action_list(meetings[0].pk, liaison5.actor, today=DUE).agreed
    assert item.where == "Open houses"


@pytest.mark.any_database
def test_nothing_is_late_before_its_day_at_a_meeting_to_come(
    meetings: list[Event], requested: Ask, liaison5: Cast
) -> None:
    """The ask is due on December 1, the third meeting is on the eighth."""
    third = meetings[2]
    page = meeting_page(third.pk, liaison5.actor, at=NOON + 12 * DAY)
    asks = [*page.last.asks, *page.exceptions.late.asks]
    assert [ask.standing for ask in asks if ask.ask_id == requested.pk] in ([], ["requested"])
    draft = action_list(third.pk, liaison5.actor, today=DUE - DAY)
    assert not any("Late" in item.status for item in draft.last_week)
    later = meeting_page(third.pk, liaison5.actor, at=NOON + 15 * DAY)
    told = [*later.last.asks, *later.exceptions.late.asks]
    assert [ask.words for ask in told] == ["Late by 2 days, no answer"]


def test_page_says_from_when_the_roll_is_called(
    meetings: list[Event], liaison5: Cast, records_officer: Cast
) -> None:
    first = meetings[0]
    assert meeting_page(first.pk, liaison5.actor, at=NOON).roll_from == TUESDAY
    assert meeting_page(first.pk, records_officer.actor, at=NOON).roll_from is None
    assert meeting_page(first.pk, liaison5.actor, at=NOON + 6 * DAY).roll_from is None
    cancel_event(first, reason="Snow", stamp=liaison5.stamp)
    assert meeting_page(first.pk, liaison5.actor, at=NOON).roll_from is None


def test_list_names_the_place_and_never_a_title_somebody_typed(
    meetings: list[Event], matter5: Matter, liaison5: Cast, agencies: Agencies
) -> None:
    agree(meetings[0], matter5, agencies["DPW"], liaison5)
    [item] = action_list(meetings[0].pk, liaison5.actor, today=DUE).agreed
    assert item.where == "Alley behind the 500 block"
    assert matter5.title not in str(item)


@pytest.mark.any_database
def test_restricted_matter_is_on_no_list(
    meetings: list[Event], matter5: Matter, liaison5: Cast, director: Cast, agencies: Agencies
) -> None:
    agree(meetings[0], matter5, agencies["DPW"], liaison5)
    restrict_matter(matter5, readers=[director.party], reason="A victim", stamp=liaison5.stamp)
    assert action_list(meetings[0].pk, director.actor, today=DUE).agreed == ()


def test_agency_reads_the_list_once_it_is_out(
    meetings: list[Event], liaison5: Cast, partner_dpw: Cast, liaison7: Cast
) -> None:
    event = meetings[0]
    call_all(event, liaison5, 6)
    for who in (partner_dpw, liaison7):
        with pytest.raises(NotFound):
            action_list(event.pk, who.actor, today=DUE)
    issue_action_list(event, stamp=on(liaison5, 6))
    assert action_list(event.pk, partner_dpw.actor, today=DUE).version == 1
    for who in (partner_dpw, liaison7):
        with pytest.raises(NotFound):
            meeting_page(event.pk, who.actor, at=NOON)
    with pytest.raises(NotFound):
        action_list(event.pk, liaison7.actor, today=DUE)


def test_nobody_else_runs_the_meeting(
    meetings: list[Event], liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    event = meetings[0]
    line = write_line(event, kind="parked", text="The light", stamp=on(liaison5, 6))
    seat = Seat.objects.filter(title="Core team")[0]
    for who in (liaison7, partner_dpw, records_officer):
        stamp = on(who, 6)
        for call in (
            lambda s=stamp: call_seat(event, seat=seat, attended="present", stamp=s),
            lambda s=stamp: write_line(event, kind="parked", text="x", stamp=s),
            lambda s=stamp: strike_line(line, stamp=s),
            lambda s=stamp: issue_action_list(event, stamp=s),
            lambda s=stamp: hold_event(event, stamp=s),
        ):
            with pytest.raises(NotAllowed):
                call()


def test_lines_are_of_known_kinds(
    meetings: list[Event], requested: Ask, liaison5: Cast, liaison7: Cast
) -> None:
    event, now = meetings[0], on(liaison5, 6)
    refused("unknown_line", lambda: write_line(event, kind="x", text="x", stamp=now))
    refused("unknown_line", lambda: write_line(event, kind="why", text="x", stamp=now))
    refused(
        "unknown_line", lambda: write_line(event, kind="parked", text="x", ask=requested, stamp=now)
    )
    refused("text_missing", lambda: write_line(event, kind="parked", text=" ", stamp=now))
    line = write_line(event, kind="parked", text="The light", stamp=now)
    strike_line(line, stamp=now)
    refused("already_struck", lambda: strike_line(line, stamp=now))
    assert get_line(line.pk, event.pk, liaison5.actor) == line
    with pytest.raises(NotFound):
        get_line(line.pk, event.pk, liaison7.actor)


def test_nothing_is_said_in_a_canceled_meeting(meetings: list[Event], liaison5: Cast) -> None:
    event = cancel_event(meetings[0], reason="Snow", stamp=on(liaison5, 6))
    refused(
        "wrong_state", lambda: write_line(event, kind="parked", text="x", stamp=on(liaison5, 6))
    )
    assert get_meeting(event.pk, liaison5.actor) == event


def test_team_of_another_ward_is_not_there(
    series: Series, ground: Ground, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            team_page("5", who.actor, at=NOON)
    with pytest.raises(NotFound):
        team_page("no such ward", liaison5.actor, at=NOON)
    assert [row.ward_code for row in team_list(liaison7.actor, at=NOON)] == ["7"]
