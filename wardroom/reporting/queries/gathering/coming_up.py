"""What comes up in an ANC after its report was drafted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.calendar.models import Event
from wardroom.calendar.rules import CORE_TEAM
from wardroom.city.models import Membership
from wardroom.fieldwork.models import WalkStop
from wardroom.kernel.addresses import block_of
from wardroom.reporting.queries.gathering.around import events_told
from wardroom.reporting.queries.residents import names_of_residents_in
from wardroom.reporting.rules.months import Month

OPEN_KINDS = (CORE_TEAM, "meeting", "walk", "committee")
AHEAD_DAYS = 35


def coming_up(ward: str, district_id: int, month: Month, *, at: datetime) -> list[dict[str, Any]]:
    """The meetings and walks of the five weeks after a month that are still to come.

    They lie in the ANC, as the place, the matter or a stop of the walk says; the core team meets
    for the whole ward.
    """
    names = names_of_residents_in("")
    first = max(month.ends_on + timedelta(days=1), localdate(at))
    rows = events_told(ward, first, first + timedelta(days=AHEAD_DAYS - 1), kinds=OPEN_KINDS)
    mine = _in_area([row["event_id"] for row in rows], district_id, at)
    return [
        {
            **row,
            "title": names.left_out_of(row["title"]),
            "place": names.left_out_of(block_of(row["place"])),
        }
        for row in rows
        if row["event_id"] in mine
    ]


def _in_area(events: list[int], district_id: int, at: datetime) -> set[int]:
    here = Membership.objects.filter(district=district_id).values("place")
    walked = WalkStop.objects.filter(matter__place__in=here, walk__event__in=events)
    lies = Q(kind=CORE_TEAM) | Q(place__in=here) | Q(place=None, matter__place__in=here)
    lies |= Q(pk__in=walked.values("walk__event"))
    rows = Event.objects.filter(lies, pk__in=events, starts_at__gt=at)
    return set(rows.values_list("pk", flat=True))
