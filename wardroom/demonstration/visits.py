"""Events with the Mayor in Ward 5: one that was held, one that comes, one that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from wardroom.access.actor import NOBODY, Stamp
from wardroom.calendar.actions import add_participation
from wardroom.calendar.models import Event
from wardroom.city.queries import get_ward
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.models import Party
from wardroom.engagement.actions import (
    RequestDraft,
    ask_for_visit,
    check_in_guest,
    decide_event_request,
    take_event_request,
    write_run_line,
)
from wardroom.engagement.models import EventRequest

FIVE = "5"
DIRECTOR = "director@wardroom.example"
LIAISON = f"liaison{FIVE}@wardroom.example"
RUN = (
    (-30, 30, "Doors open", "The school's principal"),
    (0, 10, "Welcome", "The school's principal"),
    (10, 15, "The Mayor speaks", "The Mayor"),
    (25, 30, "Questions, with interpreters", "The liaison"),
    (55, 5, "Ribbon and photograph", "The Mayor"),
)
CAME = (("Gloria Pettway", "en"), ("Abebe Worku", "am"), ("Rosa Lemus", "es"), ("Nell Cho", "ko"))


def show_visits(plan: Plan) -> int:
    """An opening with its run of show and its door, one to come, and one to decide on."""
    if not EventRequest.objects.exists():
        held = _asked(plan, "Opening of the school's playground", days=8, since=30)
        _prepared(plan, held, since=26)
        for name, language in CAME:
            at = _at(plan, LIAISON, days=8, hour=17)
            check_in_guest(_event(held), name=name, language=language, stamp=at)
        coming = _asked(plan, "Walk of the avenue with the merchants", days=-12, since=10)
        _prepared(plan, coming, since=8)
        add_participation(
            _event(coming), name="The merchants' chair", stamp=_at(plan, LIAISON, days=5)
        )
        _asked(plan, "Block party on the square", days=-30, since=2)
        _asked_on_the_public_page(plan)
    return EventRequest.objects.count()


def _asked(plan: Plan, title: str, *, days: int, since: int) -> EventRequest:
    day = plan.end - timedelta(days=days)
    starts_at = make_aware(datetime.combine(day, time(17)))
    return take_event_request(
        None,
        draft=RequestDraft(
            title=title,
            asked_name="Friends of the avenue",
            contact="friends@wardroom.example",
            wanted="mayor",
            about="Open it with a few words, and answer questions",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90),
            where="In front of the school",
            expected=80,
            language_needs="Amharic, Spanish",
        ),
        owner=Party.objects.get(user__email=LIAISON),
        ward=get_ward(FIVE, plan.end),
        stamp=_at(plan, LIAISON, days=since),
    )


def _asked_on_the_public_page(plan: Plan) -> None:
    starts_at = make_aware(datetime.combine(plan.end + timedelta(days=20), time(18)))
    ask_for_visit(
        get_ward(FIVE, plan.end),
        draft=RequestDraft(
            title="Fiftieth year of the garden club",
            asked_name="The garden club",
            wanted="cabinet",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90),
            where="The library's hall",
        ),
        email="garden@wardroom.example",
        stamp=replace(_at(plan, LIAISON, days=1), actor=NOBODY),
    )


def _prepared(plan: Plan, row: EventRequest, *, since: int) -> None:
    """The director says yes, and the run of show is written."""
    at = _at(plan, DIRECTOR, days=since)
    decide_event_request(row.matter, decision="accepted", words="With pleasure", stamp=at)
    event = _event(row)
    for offset, minutes, text, owner in RUN:
        write_run_line(
            event,
            starts_at=event.starts_at + timedelta(minutes=offset),
            minutes=minutes,
            text=text,
            owner=owner,
            stamp=_at(plan, LIAISON, days=since - 1),
        )


def _event(row: EventRequest) -> Event:
    return Event.objects.get(event_request=row)


def _at(plan: Plan, email: str, *, days: int, hour: int = 9) -> Stamp:
    day = plan.end - timedelta(days=days)
    return stamp_of(email, make_aware(datetime.combine(day, time(hour, 5))))
