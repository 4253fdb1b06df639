"""The weights that the demonstration's director set for the office's own order."""

from __future__ import annotations

from datetime import timedelta

from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.problems.actions import set_weights
from wardroom.problems.models import OfficeWeights

DIRECTOR = "director@wardroom.example"
BEFORE = timedelta(days=16, hours=3)
WHY = "What can hurt somebody comes first; few call from east of the river, so that counts too."


def show_weights(plan: Plan) -> int:
    """Let the director set the weights once; gives how many are kept."""
    if not OfficeWeights.objects.exists():
        set_weights(
            None,
            severity=1.5,
            equity=1.0,
            overdue=0.25,
            reason=WHY,
            stamp=stamp_of(DIRECTOR, plan.now - BEFORE),
        )
    return OfficeWeights.objects.count()
