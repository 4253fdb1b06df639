"""A commission's year in the calendar."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, localtime

from tests.cast import Cast
from tests.commissions import make_commission, make_shared_commission
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.calendar.models import Event
from wardroom.calendar.queries import get_event, get_series_to_plan
from wardroom.engagement.actions import plan_commission_meeting, plan_commission_year
from wardroom.engagement.queries.meetings import (
    commission_file,
    commission_rows,
    host_of,
    meeting_before,
)
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.reporting.queries import packet_page

pytestmark = pytest.mark.django_db
YEAR: dict[str, Any] = {"which": 3, "weekday": 1, "recess": (7, 8), "starts": time(19)}


def test_year_of_a_commission_stands_in_the_calendar(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    commission = make_commission(director)
    with pytest.raises(NotAllowed):
        plan_commission_year(commission, year=2027, **YEAR, stamp=liaison7.stamp)
    plan_commission_year(commission, year=2027, **YEAR, stamp=liaison5.stamp)
    events = Event.objects.order_by("starts_at")
    assert [localdate(event.starts_at).month for event in events] == [*range(1, 7), *range(9, 13)]
    assert {localtime(event.starts_at).hour for event in events} == {19}
    assert {host_of(event.pk) for event in events} == {commission}
    with pytest.raises(Refused, match="in the calendar"):
        plan_commission_year(commission, year=2027, **YEAR, stamp=liaison5.stamp)
    assert get_series_to_plan(on=date(2027, 11, 30)) == ()
    (row,) = commission_rows(liaison5.actor, on=date(2027, 2, 17))
    assert row.next_meeting is not None
    assert localdate(row.next_meeting.starts_at) == date(2027, 3, 16)
    assert meeting_before(commission, row.next_meeting.starts_at) == date(2027, 2, 16)
    file = commission_file(commission.pk, liaison5.actor, on=date(2027, 2, 17))
    assert (len(file.meetings), file.allowed) == (
        10,
        frozenset({"plan_commission_year", "plan_commission_meeting"}),
    )
    assert commission_rows(liaison7.actor, on=date(2027, 2, 17)) == ()
    with pytest.raises(NotFound):
        commission_file(commission.pk, liaison7.actor, on=date(2027, 2, 17))


def test_commission_in_two_wards_is_within_the_reach_of_both(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    """ANC 3/4G lies in Wards 3 and 4; whoever of the two plans, both see it and its packet."""
    commission = make_shared_commission(director)
    for who, day in ((liaison5, 1), (liaison7, 2)):
        meeting = plan_commission_meeting(
            commission, on=NOON.date() + timedelta(days=day), starts=time(19), stamp=who.stamp
        )
        for other in (liaison5, liaison7):
            file = commission_file(commission.pk, other.actor, on=NOON.date())
            assert (file.wards, len(file.meetings)) == (("5", "7"), day)
            assert "plan_commission_meeting" in file.allowed
            assert get_event(meeting.pk, other.actor) == meeting
            smds = packet_page(meeting.pk, other.actor, at=NOON).smds
            assert smds == ("5/7G01", "5/7G02")
    for ward, rows in (("5", 1), ("7", 1), ("8", 0)):
        assert len(commission_rows(director.actor, on=NOON.date(), ward=ward)) == rows
