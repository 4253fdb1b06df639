"""Putting a commission's year into the calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from wardroom.access.actor import Actor, Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import (
    EventDraft,
    SeriesDraft,
    plan_days,
    plan_event,
)
from wardroom.calendar.models import Event, Series
from wardroom.calendar.queries import city_zone
from wardroom.calendar.rules import ANC_MEETING, CANCELLED, instant_of
from wardroom.city.rules import wards_of_area
from wardroom.directory.models import Party
from wardroom.engagement import policy
from wardroom.engagement.rules import meetings as rules
from wardroom.kernel.errors import Refused

TITLE = "Meeting of {}"


@action(policy.may_plan_year)
def plan_commission_year(
    commission: Party,
    *,
    year: int,
    which: int,
    weekday: int,
    recess: Collection[int],
    starts: time,
    minutes: int = 120,
    place_text: str = "",
    stamp: Stamp,
) -> Series:
    """Put the meetings of a commission in a year into the calendar, on its usual day.

    Refuses: a party that is no commission; a year that has meetings already; what
    `rules.meeting_days` and `plan_days` refuse. Records: what `plan_days` records.
    """
    _check_commission(commission)
    days = rules.meeting_days(year, which=which, weekday=weekday, recess=recess)
    _check_free(commission, year)
    draft = SeriesDraft(
        ward_code=_ward_of(commission, stamp.actor),
        first_on=days[0],
        starts=starts,
        minutes=minutes,
        title=TITLE.format(commission.name),
        place_text=place_text,
        kind=ANC_MEETING,
        host=commission,
    )
    return plan_days(draft, days=days, stamp=stamp)


def _check_free(commission: Party, year: int) -> None:
    """Nobody plans a year twice: who comes second is told."""
    zone = get_current_timezone()
    there = Event.objects.exclude(state=CANCELLED).filter(
        kind=ANC_MEETING,
        series__isnull=False,
        host=commission,
        starts_at__gte=datetime(year, 1, 1, tzinfo=zone),
        starts_at__lt=datetime(year + 1, 1, 1, tzinfo=zone),
    )
    if there.exists():
        raise Refused(
            "already_planned",
            f"The meetings of {year} are in the calendar. Move or cancel single ones there.",
            field="year",
        )


@action(policy.may_plan_year)
def plan_commission_meeting(
    commission: Party,
    *,
    on: date,
    starts: time,
    minutes: int = 120,
    place_text: str = "",
    stamp: Stamp,
) -> Event:
    """Put one meeting of a commission into the calendar: a special one, or one not yet known.

    Refuses: a party that is no commission; what `plan_event` refuses.
    Records: `EventPlanned`.
    """
    _check_commission(commission)
    begins = instant_of(on, starts, city_zone())
    draft = EventDraft(
        kind=ANC_MEETING,
        title=TITLE.format(commission.name),
        starts_at=begins,
        ends_at=begins + timedelta(minutes=minutes),
        ward_code=_ward_of(commission, stamp.actor),
        place_text=place_text,
        host=commission,
    )
    return plan_event(draft, stamp=stamp)


def _ward_of(commission: Party, actor: Actor) -> str:
    """The ward that plans: of a commission in two wards, the one whose liaison does it."""
    wards = wards_of_area(commission.area_code)
    return next((ward for ward in wards if ward in actor.reach.wards), wards[0])


def _check_commission(party: Party) -> None:
    if party.organisation_kind != "anc":
        raise Refused("not_a_commission", "This is not an advisory neighborhood commission.")
