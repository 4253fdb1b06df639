"""The demonstration's evaluation: what is about to be tried at the locations, registered."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate

from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.problems.gateways.drafting import Wanted
from wardroom.problems.gateways.foreseeing import register_wanted
from wardroom.problems.models import Evaluation, PersistentLocation

TITLE = "A crew twice a week, and the lights mended"


def show_evaluation(plan: Plan) -> int:
    """Register one evaluation of the free locations from next month on; how many there are.

    The first of them is left out, so that whoever tries the house can register one.
    """
    if not Evaluation.objects.filter(title=TITLE).exists():
        stamp = stamp_of("director@wardroom.example", plan.now)
        starts = (localdate(plan.now).replace(day=1) + timedelta(days=32)).replace(day=1)
        rows = PersistentLocation.objects.filter(matter__state="open", evaluated=None)
        free = tuple(rows.order_by("matter_id").values_list("pk", flat=True))
        wanted = Wanted(
            title=TITLE,
            locations=free[1:] or free,
            starts_on=starts,
            verdict_on=starts.replace(year=starts.year + 1),
        )
        register_wanted(wanted, stamp=stamp)
    return Evaluation.objects.count()
