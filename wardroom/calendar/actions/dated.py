"""A series whose days are known one by one, such as a commission's year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy
from wardroom.calendar.actions.series import SeriesDraft, check_length_of, plan_one, series_words
from wardroom.calendar.models import Series
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.matters.queries.clocks import working_calendar
from wardroom.matters.rules import check_length


@action(policy.may_begin_series)
def plan_days(draft: SeriesDraft, *, days: Sequence[date], stamp: Stamp) -> Series:
    """Plan a meeting on each of these days; what is over and what is a holiday is left out.

    Nothing is planned beyond the last day by itself.
    Refuses: no day to come that is open; less than a minute or more than eight hours.
    Records: `SeriesPlannedAhead`, and `EventPlanned` for each.
    """
    check_length_of(draft.minutes)
    coming = sorted(day for day in days if day >= localdate(stamp.at))
    closed = working_calendar(coming[0], coming[-1]).holidays if coming else {}
    kept = [day for day in coming if day not in closed]
    if not kept:
        raise Refused("no_days", "None of these days is still to come and open.", field="year")
    series: Series = Series.objects.create(
        kind=draft.kind,
        title=check_length(draft.title, field="title", most=120),
        ward_code=draft.ward_code,
        host=draft.host,
        first_on=kept[0],
        starts=draft.starts,
        minutes=draft.minutes,
        place_text=check_length(draft.place_text, field="place_text", most=200),
        planned_until=kept[-1],
        ended_on=kept[-1],
        begun_at=stamp.at,
    )
    skipped = tuple(f"{long_day(day)} ({closed[day]})" for day in coming if day in closed)
    fact = facts.SeriesPlannedAhead(
        **series_words(series), meetings=len(kept), until_on=kept[-1], skipped=skipped
    )
    record(fact, stamp=stamp)
    for day in kept:
        plan_one(series, day, stamp=stamp)
    return series
