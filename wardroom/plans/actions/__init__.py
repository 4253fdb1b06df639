"""What can be done to work plans, initiatives and improvements."""

from __future__ import annotations

from wardroom.plans.actions.adopting import adopt_plan
from wardroom.plans.actions.improving import (
    agree_improvement,
    end_improvement,
    note_evidence,
    trace_improvement,
)
from wardroom.plans.actions.initiatives import open_initiative
from wardroom.plans.actions.naming import name_step_owner
from wardroom.plans.actions.reviewing import review_plan
from wardroom.plans.actions.verifying import verify_step

__all__ = [
    "adopt_plan",
    "agree_improvement",
    "end_improvement",
    "name_step_owner",
    "note_evidence",
    "open_initiative",
    "review_plan",
    "trace_improvement",
    "verify_step",
]
