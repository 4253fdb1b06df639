"""What the demonstration's director wants of three of the office's measures, and why."""

from __future__ import annotations

from datetime import timedelta

from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.reporting.actions import set_measure_target
from wardroom.reporting.models import MeasureTarget

DIRECTOR = "director@wardroom.example"
BEGAN = timedelta(days=90)
WANTED = (
    ("answered", 0.95, "Residents hear from a person before the next working day is over"),
    ("on_time", 0.9, "What the city promises in its own answer times"),
    ("incidents", 0.9, "Whoever needs us at night waits a quarter of an hour at most"),
)


def show_targets(plan: Plan) -> int:
    """Three targets, set three months ago."""
    if not MeasureTarget.objects.exists():
        stamp = stamp_of(DIRECTOR, plan.now - BEGAN)
        for code, value, why in WANTED:
            set_measure_target(
                None, code=code, value=value, from_on=plan.end - BEGAN, why=why, stamp=stamp
            )
    return MeasureTarget.objects.count()
