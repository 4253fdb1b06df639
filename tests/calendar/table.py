"""A core team that met today: one agency at the table, its list sent out, a work day planned."""

from __future__ import annotations

from datetime import date, time, timedelta

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.calendar.actions import (
    EventDraft,
    SeriesDraft,
    begin_series,
    call_seat,
    issue_action_list,
    plan_event_with,
    write_line,
)
from wardroom.calendar.models import Event
from wardroom.directory.actions import SeatDraft, seat_agency
from wardroom.directory.models import Party
from wardroom.matters.models import Matter

TODAY = NOON.date()


def met(matter: Matter, agency: Party, who: Cast) -> Event:
    """Today's meeting of the core team of a matter's ward."""
    ward = matter.ward_code
    draft = SeatDraft(ward, agency, date(2026, 10, 1), name=f"Partner at {agency.code}")
    seat = seat_agency(draft, stamp=who.stamp).seat
    series = begin_series(SeriesDraft(ward, TODAY, time(10)), stamp=who.stamp)
    event: Event = Event.objects.filter(series=series).order_by("starts_at")[0]
    call_seat(event, seat=seat, attended="present", stamp=who.stamp)
    write_line(event, kind="decision", text="We walk on Friday", stamp=who.stamp)
    issue_action_list(event, stamp=who.stamp)
    event.refresh_from_db()
    return event


def work_day(matter: Matter, agency: Party, who: Cast) -> Event:
    """A joint work day at a matter's place, next week."""
    starts = NOON + timedelta(days=7)
    draft = EventDraft(
        kind="joint_work_day",
        title=f"Clear it together, Ward {matter.ward_code}",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        ward_code=matter.ward_code,
        place=matter.place,
        matter=matter,
    )
    return plan_event_with(draft, agencies=[agency], stamp=who.stamp)
