"""An invented evening meeting: who speaks for the Mayor, what the public reads, what was said."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from wardroom.calendar.actions import (
    EventDraft,
    add_participation,
    answer_assignment,
    assign_speaker,
    hold_event,
    plan_event,
    publish_event,
)
from wardroom.calendar.models import Event, PublicWords
from wardroom.calendar.queries import city_zone
from wardroom.calendar.rules import instant_of
from wardroom.city.models import Place
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.models import Party
from wardroom.directory.queries import get_person
from wardroom.engagement.actions import capture_line
from wardroom.matters.models import Matter

LIAISON, DIRECTOR = "liaison5@wardroom.example", "director@wardroom.example"
TITLE = "Evening with the neighbors of the market"
ANNOUNCED = "Meet your liaison at the recreation center"
LIMITS = {
    "may_promise": "A visit within a week, and an answer by a day",
    "may_not_promise": "Money, another agency's day, anything that is in court",
}
SAID = (
    "We will walk the alley with DPW before the holidays",
    "They asked for a light at the gate of the market",
    "Forty people came, a third of them spoke Spanish",
)


def show_evenings(plan: Plan) -> int:
    """One evening that was held, with its lines, and one to come that is announced."""
    if not PublicWords.objects.exists():
        _held(plan)
        _to_come(plan)
    return Event.objects.filter(title=TITLE).count()


def _evening(plan: Plan, days: int) -> Event:
    place = _place()
    starts = instant_of(plan.end + timedelta(days=days), time(18, 30), city_zone())
    draft = EventDraft(
        kind="meeting",
        title=TITLE,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=90),
        ward_code="5",
        place=place,
        place_text="" if place else "The recreation center",
    )
    planned = min(starts, plan.now) - timedelta(days=4)
    event = plan_event(draft, stamp=stamp_of(LIAISON, planned))
    party = get_person(LIAISON)
    assert party is not None
    mandate = assign_speaker(event, party=party, **LIMITS, stamp=stamp_of(DIRECTOR, planned))
    _invite_neighbor(event, planned)
    answer_assignment(mandate, answer="yes", stamp=stamp_of(LIAISON, planned))
    return event


def _invite_neighbor(event: Event, at: datetime) -> None:
    """A group of the ward takes part, so that the brief says who is there."""
    group = Party.objects.filter(organisation_kind="anc", area_code__startswith="5")
    party = group.order_by("pk").first()
    if party is not None:
        add_participation(event, party=party, role="guest", stamp=stamp_of(LIAISON, at))


def _held(plan: Plan) -> None:
    event = _evening(plan, -6)
    for n, text in enumerate(SAID):
        at = event.starts_at + timedelta(minutes=20 + 10 * n)
        capture_line(event, text=text, stamp=stamp_of(LIAISON, at))
    hold_event(event, stamp=stamp_of(LIAISON, event.ends_at))


def _to_come(plan: Plan) -> None:
    event = _evening(plan, 9)
    publish_event(
        event,
        title=ANNOUNCED,
        text="Bring what troubles you on your block. Spanish is spoken.",
        stamp=stamp_of(LIAISON, plan.now - timedelta(hours=2)),
    )


def _place() -> Place | None:
    rows = Matter.objects.filter(ward_code="5", kind="persistent_location", state="open")
    matter = rows.exclude(place=None).order_by("pk").first()
    return matter.place if matter is not None else None
