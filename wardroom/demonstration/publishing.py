"""The demonstration's texts for the public: what is done at planned places, step by step."""

from __future__ import annotations

from datetime import timedelta

from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.plans.models import PlanStep
from wardroom.problems.actions import approve_public_text, write_public_text
from wardroom.problems.models import PersistentLocation

DIRECTOR = "director@wardroom.example"
TEXT = (
    "Trouble keeps coming back here, and no agency ends it alone. Several work on it together,"
    " and this office goes to look."
)
STEPS = {
    "DPW": "Clears what lies there and passes by every week.",
    "DDOT": "Mends what belongs to the street here.",
    "DOB": "Inspects the building and brings its owner to act.",
    "DOH": "Baits the burrows and comes back until nothing moves.",
    "DPR": "Cleans the edge of the park and looks after it.",
    "DCWATER": "Cleans the catch basins and looks at the pipe.",
}


def show_public_texts(plan: Plan) -> int:
    """Write and approve what the public reads of each planned place that has no text yet."""
    at = plan.now - timedelta(days=9)
    rows = PersistentLocation.objects.filter(
        matter__plans__isnull=False, public_texts=None, matter__restricted=False
    ).select_related("matter")
    told = list(rows.distinct().order_by("pk"))
    for location in told:
        steps = PlanStep.objects.filter(plan__matter=location.matter_id).select_related("ask")
        words = {
            step.ask_id: STEPS[step.ask.agency_code]
            for step in steps
            if step.ask.agency_code in STEPS
        }
        liaison = f"liaison{location.matter.ward_code}@wardroom.example"
        text = write_public_text(location, text=TEXT, steps=words, stamp=stamp_of(liaison, at))
        approve_public_text(text, stamp=stamp_of(DIRECTOR, at + timedelta(hours=5)))
    return len(told)
