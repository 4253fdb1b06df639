"""Invented core teams: seats in every ward, Ward 5's weekly meetings, and a joint work day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from wardroom.access.actor import Stamp
from wardroom.calendar.actions import (
    EventDraft,
    SeriesDraft,
    agree_ask,
    begin_series,
    call_seat,
    cancel_event,
    issue_action_list,
    plan_event_with,
    write_line,
)
from wardroom.calendar.models import Event, Series
from wardroom.calendar.queries import city_zone
from wardroom.calendar.rules import JOINT_WORK_DAY, instant_of
from wardroom.demonstration.district import WARDS
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.actions import SeatDraft, seat_agency
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.directory.queries.core_team import core_team
from wardroom.directory.rules import CORE_TEAM_SEAT
from wardroom.matters.actions import accept_ask
from wardroom.matters.models import Ask, Matter

FIVE, SEVEN = "5", "7"
TUESDAY, AT = 1, time(10)
WEEKS = 5
AT_EVERY_TABLE = ("DPW", "DDOT", "DOB", "MPD")
ALTERNATES = {"DPW": "Second yard foreman", "DDOT": "Night dispatcher"}
FLOODED = "The room was flooded, and no other was free."
ASKED = (
    ("DPW", "Empty the two litter cans before the weekend", "Foreman of the yard", 8),
    ("DDOT", "Look at the broken street light and say when it burns", "Lighting desk", 6),
    ("DOB", "Read the file of the house and bring it along", "Inspector on duty", 9),
)
DECIDED = "The walk of all agencies is on the last Friday of the month."
PARKED = "Who locks the gate of the alley at night: the agencies bring their rules."
WHY = "The part for the lamp did not come."


def show_meetings(plan: Plan) -> int:
    """Seat the core teams, hold five weeks of Ward 5's meetings; returns how many there are."""
    if Series.objects.filter(kind="core_team").exists():
        return 0
    begins = plan.now - timedelta(weeks=WEEKS)
    _seat_everywhere(begins)
    first = _tuesday(begins.date())
    for ward in (FIVE, SEVEN):
        stamp = stamp_of(f"liaison{ward}@wardroom.example", begins)
        draft = SeriesDraft(ward, first, AT, place_text="The recreation center, room 2")
        begin_series(draft, stamp=stamp)
    past = Event.objects.filter(kind="core_team", ward_code=FIVE, starts_at__lt=plan.now)
    past = past.order_by("starts_at")
    for week, event in enumerate(past):
        _meet(event, week)
    _work_together(plan)
    return past.count()


def _seat_everywhere(begins: datetime) -> None:
    for ward in WARDS:
        stamp = stamp_of(f"liaison{ward}@wardroom.example", begins)
        for code in AT_EVERY_TABLE:
            agency = Party.objects.filter(code=code, agency=True).first()
            if agency is None:
                continue
            seat = Seat.objects.filter(organisation=agency, ward_code=ward, title=CORE_TEAM_SEAT)
            if not Tenure.objects.filter(seat__in=seat).exists():
                _seat(agency, ward, f"Partner at {code}", stamp)
            if ward == FIVE and code in ALTERNATES:
                _seat(agency, ward, ALTERNATES[code], stamp, alternate=True)


def _seat(agency: Party, ward: str, name: str, stamp: Stamp, *, alternate: bool = False) -> None:
    draft = SeatDraft(
        ward_code=ward,
        agency=agency,
        since_on=stamp.at.date(),
        name=name,
        alternate=alternate,
    )
    seat_agency(draft, stamp=stamp)


def _meet(event: Event, week: int) -> None:
    """The second is canceled, of the third nobody wrote anything down, the others are held."""
    stamp = stamp_of(f"liaison{FIVE}@wardroom.example", event.starts_at + timedelta(hours=1))
    if week == 1:
        cancel_event(event, reason=FLOODED, stamp=stamp)
        return
    if week == 2:
        return
    for n, row in enumerate(core_team(FIVE, on=event.starts_at.date())):
        seat = Seat.objects.get(pk=row.seat_id)
        stands_in = "alternate" if row.alternate and week else "present"
        came = "absent" if (n + week) % 4 == 3 else stands_in
        call_seat(event, seat=seat, attended=came, stamp=stamp)
    matters = Matter.objects.filter(ward_code=FIVE, state="open", restricted=False)
    for n, matter in enumerate(matters.exclude(place=None).order_by("-kind", "pk")[:2]):
        _agree(event, matter, ASKED[(n + week) % 3], stamp)
    late = Ask.objects.filter(agreed_at_meeting__event__ward_code=FIVE, party__code="DDOT")
    if week > 3 and (ask := late.exclude(agreed_at_meeting__event=event).first()) is not None:
        write_line(event, kind="why", text=WHY, ask=ask, stamp=stamp)
    write_line(event, kind="decision", text=DECIDED, stamp=stamp)
    write_line(event, kind="parked", text=PARKED, stamp=stamp)
    issue_action_list(event, stamp=stamp)


def _agree(event: Event, matter: Matter, asked: tuple[str, str, str, int], stamp: Stamp) -> None:
    code, wording, owner, days = asked
    due_on = stamp.at.date() + timedelta(days=days)
    agreed = agree_ask(
        event,
        matter=matter,
        agency=Party.objects.get(code=code, agency=True),
        wording=wording,
        owner_name=owner,
        due_on=due_on,
        stamp=stamp,
    )
    if code == "DPW":
        at = stamp.at + timedelta(hours=5)
        answer = stamp_of(f"partner.{code.lower()}@wardroom.example", at)
        accept_ask(agreed.ask, promised_on=due_on, text="On our route.", stamp=answer)


def _work_together(plan: Plan) -> None:
    """A joint work day that clashes with the next meeting of the same agencies."""
    stamp = stamp_of(f"liaison{FIVE}@wardroom.example", plan.now - timedelta(hours=3))
    day = _tuesday(plan.end + timedelta(days=1))
    matter = (
        Matter.objects.filter(ward_code=FIVE, kind="persistent_location", state="open")
        .order_by("pk")
        .first()
    )
    draft = EventDraft(
        kind=JOINT_WORK_DAY,
        title="Clear and light the corner together",
        starts_at=instant_of(day, time(9), city_zone()),
        ends_at=instant_of(day, time(12), city_zone()),
        ward_code=FIVE,
        place=matter.place if matter is not None else None,
        matter=matter,
    )
    named = Party.objects.filter(agency=True, code__in=["DPW", "DDOT"]).order_by("code")
    plan_event_with(draft, agencies=list(named), stamp=stamp)


def _tuesday(day: date) -> date:
    return day + timedelta(days=(TUESDAY - day.weekday()) % 7)
