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
    """Register one evaluation of all free locations from next month on; how many there are."""
    if not Evaluation.objects.filter(title=TITLE).exists():
        stamp = stamp_of("director@wardroom.example", plan.now)
        starts = (localdate(plan.now).replace(day=1) + timedelta(days=32)).replace(day=1)
        rows = PersistentLocation.objects.exclude(matter__state="closed").order_by("matter_id")
        wanted = Wanted(
            title=TITLE,
            locations=tuple(rows.values_list("pk", flat=True)),
            starts_on=starts,
            verdict_on=starts.replace(year=starts.year + 1),
        )
        register_wanted(wanted, stamp=stamp)
    return Evaluation.objects.count()
