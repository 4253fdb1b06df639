"""The working days that asks are followed up by."""

from __future__ import annotations

from datetime import date, time

from django.conf import settings

from wardroom.city.models import BusinessCalendar
from wardroom.kernel.business_time import Calendar

OPENS, CLOSES = time(8, 30), time(17, 0)


def working_calendar(first: date, last: date) -> Calendar:
    """The city's working days in a span; weekdays alone where no calendar is loaded yet."""
    row = BusinessCalendar.objects.order_by("pk").first()
    if row is None:
        return Calendar("weekdays", settings.TIME_ZONE, OPENS, CLOSES, {})
    held = row.holidays.filter(on__gte=first, on__lte=last)
    return Calendar(
        row.code, row.zone, row.opens_at, row.closes_at, dict(held.values_list("on", "name"))
    )
