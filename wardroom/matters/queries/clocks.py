"""The working days that asks are followed up by, and which steps of the ladder are due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from wardroom.city.models import BusinessCalendar
from wardroom.kernel.business_time import Calendar
from wardroom.library.queries import days_in_force
from wardroom.matters.models import Ask

OPENS, CLOSES = time(8, 30), time(17, 0)
LADDER_SPAN = timedelta(days=60)


def working_calendar(first: date, last: date) -> Calendar:
    """The city's working days in a span; weekdays alone where no calendar is loaded yet."""
    row = BusinessCalendar.objects.order_by("pk").first()
    if row is None:
        return Calendar("weekdays", settings.TIME_ZONE, OPENS, CLOSES, {})
    held = row.holidays.filter(on__gte=first, on__lte=last)
    return Calendar(
        row.code, row.zone, row.opens_at, row.closes_at, dict(held.values_list("on", "name"))
    )


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
