"""The demonstration's measures: the requests measured at month ends, and a second pair of eyes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.demonstration.rhythm import ZONE
from wardroom.fieldwork.actions import record_check
from wardroom.fieldwork.models import ConditionCheck
from wardroom.matters.models import Ask
from wardroom.reporting.gateways import measure
from wardroom.reporting.models import Measurement

MONTHS = 5
NOTE = "Went by without telling anybody: {}."
LOOKS = (("clean", 1, "it is done"), ("partly", 2, "some of it is back"))


def show_measures(plan: Plan) -> int:
    """Look where agencies said done, and measure at the end of each month; how many stand."""
    _look_again(plan)
    for at in (*_month_ends(plan.end), plan.now):
        if not Measurement.objects.filter(ran_at=at).exists():
            measure(as_of=at, stamp=Stamp(actor=SYSTEM, at=at, window=Window.SHELL))
    return Measurement.objects.count()


def _look_again(plan: Plan) -> None:
    """The director, who asked for none of it, goes and looks where an agency said done."""
    stamp = stamp_of("director@wardroom.example", plan.now - timedelta(hours=20))
    done = Ask.objects.filter(state="done", kind="referral", matter__place__isnull=False)
    for n, ask in enumerate(done.exclude(asked_by__user_id=stamp.actor.user_id).order_by("pk")):
        finding, rating, words = LOOKS[n % len(LOOKS)]
        seen_by = ConditionCheck.objects.filter(matter=ask.case, note=NOTE.format(words))
        if not seen_by.exists():
            record_check(
                ask.case,
                seen_at=stamp.at,
                finding=finding,
                rating=rating,
                note=NOTE.format(words),
                stamp=stamp,
            )


def _month_ends(end: date) -> list[datetime]:
    """The last evening of each of the months before a day, the oldest first."""
    ends = []
    day = end
    for _ in range(MONTHS):
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(datetime.combine(day, time(23, 30), tzinfo=ZONE))
    return ends[::-1]
