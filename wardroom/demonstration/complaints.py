"""Invented complaints: in each ward one that was called in, and in Ward 5 one that came back."""

from __future__ import annotations

from datetime import datetime, timedelta

from wardroom.casework.actions import close_issue, take_complaint
from wardroom.casework.models import Complaint
from wardroom.city.models import Place
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.directory.actions import note_person
from wardroom.problems.models import Candidate

SAID = (
    ("rodents", "Rats come out from under the fence as soon as it is dark."),
    ("trash", "The bags were taken on Monday and there are new ones today."),
    ("streetlights", "The light at the corner has been out for two weeks."),
    ("dumping", "Somebody left mattresses and paint in the alley again."),
)
CAME_BACK_IN = "5"


def show_complaints(plan: Plan) -> int:
    """Take an invented complaint in for each ward that has a place to complain of."""
    places: dict[str, Place] = {}
    for row in Candidate.objects.select_related("place").order_by("-detection_id", "-rank"):
        if row.ward_code:
            places.setdefault(row.ward_code, row.place)
    for number, (ward, place) in enumerate(sorted(places.items())):
        topic, said = SAID[number % len(SAID)]
        begins = plan.now - timedelta(days=30 if ward == CAME_BACK_IN else 3)
        first = _take(ward, place, topic, said, begins)
        if ward == CAME_BACK_IN:
            close_issue(
                first.matter,
                outcome="fixed",
                text="The crew cleared it. Tell us if it comes back.",
                stamp=stamp_of(_liaison(ward), begins + timedelta(days=9)),
            )
            _take(
                ward,
                place,
                topic,
                "It is back as if nobody had come.",
                plan.now - timedelta(days=2),
            )
    return len(places)


def _take(ward: str, place: Place, topic: str, said: str, at: datetime) -> Complaint:
    stamp = stamp_of(_liaison(ward), at)
    caller = note_person(
        None,
        name=f"A neighbor in Ward {ward}",
        email=f"neighbor{ward}@wardroom.example",
        consent=True,
        consent_how="said so (Phone)",
        stamp=stamp,
    )
    return take_complaint(
        place, said=said, channel="phone", topic_code=topic, reporter=caller, stamp=stamp
    )


def _liaison(ward: str) -> str:
    return f"liaison{ward}@wardroom.example"
