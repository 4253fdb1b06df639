"""The action list of a meeting, and who may run one and read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.calendar.at_the_table import agree, call_all, refused
from tests.calendar.conftest import TUESDAY, on
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE, Ground
from tests.plans.test_initiatives import opened
from wardroom.calendar.actions import (
    call_seat,
    cancel_event,
    hold_event,
    issue_action_list,
    strike_line,
    write_line,
)
from wardroom.calendar.models import Event, IssuedList, Series
from wardroom.calendar.queries import (
    action_list,
    get_line,
    get_meeting,
    list_is_behind,
    meeting_page,
    team_list,
    team_page,
)
from wardroom.casework.actions import take_complaint
from wardroom.city.actions import note_place
from wardroom.directory.models import Party, Seat
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import open_matter
from wardroom.matters.actions.sealing import restrict_matter
from wardroom.matters.models import Ask, Matter

pytestmark = pytest.mark.django_db
Agencies = Mapping[str, Party]
DAY = timedelta(days=1)


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
    first = action_list(event.pk, liaison5.actor, today=DUE)
    assert not list_is_behind(first, liaison5.actor, today=DUE)
    strike_line(line, stamp=on(liaison5, 6))
    out = action_list(event.pk, liaison5.actor, today=DUE)
    assert list_is_behind(out, liaison5.actor, today=DUE)
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


def test_list_tells_every_address_by_its_block(
    meetings: list[Event], ground: Ground, liaison5: Cast, agencies: Agencies
) -> None:
    house = note_place(
        None, key=77, label="123 ALLEY STREET NE", latitude=38.921, longitude=-77.0, stamp=HOUSE
    )
    matter = open_matter(
        house, kind="persistent_location", title="A yard", owner=liaison5.party, next_on=DUE,
        ward=ground.wards["5"], stamp=liaison5.stamp,
    )  # fmt: skip
    event = meetings[0]
    agree(event, matter, agencies["DPW"], liaison5, wording="Clear 123 Alley Street NE")
    write_line(event, kind="decision", text="We meet at 127 Alley Street NE", stamp=on(liaison5, 6))
    out = action_list(event.pk, liaison5.actor, today=DUE)
    assert out.agreed[0].where == "100 block of ALLEY STREET NE"
    assert out.agreed[0].item == "Clear 100 block of Alley Street NE"
    assert out.decisions == ("We meet at 100 block of Alley Street NE",)


@pytest.mark.parametrize("kind", ["decision", "parked"])
def test_line_names_nobody_who_complained_in_the_ward(
    meetings: list[Event], ground: Ground, liaison5: Cast, director: Cast, kind: str
) -> None:
    take_complaint(
        ground.places["5"], said="Rats", channel="phone", topic_code="",
        reporter_typed="Ada Neighbor", stamp=liaison5.stamp,
    )  # fmt: skip
    with pytest.raises(Refused) as no:
        write_line(meetings[0], kind=kind, text="We tell Ada Neighbor first", stamp=on(liaison5, 6))
    assert (no.value.code, no.value.field) == ("names_a_resident", "text")
    assert "Ada Neighbor" in no.value.sentence
    write_line(meetings[0], kind=kind, text="We tell the resident first", stamp=on(liaison5, 6))


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
