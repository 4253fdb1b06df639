"""The working days that asks are followed up by, and which steps of the ladder are due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import FilteredRelation, Q
from django.utils.timezone import localdate

from wardroom.city.models import BusinessCalendar
from wardroom.kernel.business_time import Calendar
from wardroom.library.queries import days_in_force
from wardroom.matters.models import Ask

OPENS, CLOSES = time(8, 30), time(17, 0)
LADDER_SPAN = timedelta(days=60)


def working_calendar(first: date, last: date) -> Calendar:
    """The city's working days in a span; weekdays alone where no calendar is loaded yet."""
    span = Q(holidays__on__gte=first, holidays__on__lte=last)
    rows = BusinessCalendar.objects.annotate(held=FilteredRelation("holidays", condition=span))
    found = list(
        rows.order_by("pk", "held__pk").values_list(
            "code", "zone", "opens_at", "closes_at", "held__on", "held__name"
        )
    )
    if not found:
        return Calendar("weekdays", settings.TIME_ZONE, OPENS, CLOSES, {})
    code, zone, opens, closes, _, _ = found[0]
    held = {on: name for its, *_, on, name in found if its == code and on is not None}
    return Calendar(code, zone, opens, closes, held)


def ladder_days(on: date) -> Mapping[str, int]:
    """The office's own days of silence for each step, as its library had them on a day."""
    found = days_in_force("own-ladder-", on)
    return {code.replace("-", "_"): days for code, days in found.items()}


def due_rungs(at: datetime) -> tuple[int, ...]:
    """The asks whose agency is silent and whose next step is due; none outside working hours."""
    today = localdate(at)
    calendar = working_calendar(today, today)
    now = calendar.local(at).time()
    if not (calendar.is_open(today) and calendar.opens <= now < calendar.closes):
        return ()
    rows = Ask.objects.filter(rung_on__lte=today, matter__state="open")
    return tuple(rows.order_by("rung_on", "pk").values_list("pk", flat=True))
