"""One change to many issues in the demonstration: done, so that it can be looked at and undone."""

from __future__ import annotations

from datetime import timedelta

from wardroom.casework.actions import begin_batch, go_on_with_batch, prepare_batch
from wardroom.casework.models import Batch
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.kernel.text import long_day
from wardroom.matters.models import Matter

WARD = "5"
STEP = "Walk past on the weekly round"


def show_triage(plan: Plan) -> int:
    """Set one next step on every open issue of a ward; returns on how many it was set."""
    stamp = stamp_of(f"liaison{WARD}@wardroom.example", plan.now - timedelta(hours=20))
    issues = Matter.objects.filter(kind="issue", state="open", ward_code=WARD).order_by("pk")
    numbers = list(issues.values_list("pk", flat=True))
    if not numbers or Batch.objects.exists():
        return 0
    on = (plan.now + timedelta(days=6)).date()
    batch = prepare_batch(
        None,
        verb="next",
        words={"next_on": on.isoformat(), "next_step": STEP},
        said=f"Next on {long_day(on)}: {STEP}",
        issues=numbers,
        stamp=stamp,
    )
    batch = go_on_with_batch(batch, rows=len(numbers), stamp=stamp)
    begin_batch(batch, digest=batch.digest, stamp=stamp)
    go_on_with_batch(batch, rows=len(numbers), stamp=stamp)
    return len(numbers)
