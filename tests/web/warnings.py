"""Alerts of another authority in a ward: one that waits, and one that became an incident."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import Cast
from tests.ground import NEXT
from tests.incidents.messages import IN_FIVE, area, cap, info, name_of
from wardroom.incidents.actions import open_incident, write_situation
from wardroom.incidents.gateways.taking import take_in
from wardroom.incidents.models import IncidentDraft
from wardroom.matters.models import Matter

LATER = "2026-11-18T10:00:00-05:00"


def warned(ward: str, who: Cast) -> int:
    """An alert for a ward that waits for somebody to decide on it."""
    inside = area(f"Ward {ward}", polygon=IN_FIVE if ward == "5" else "", WARD=ward)
    content = cap(info(inside), identifier=f"waits-{ward}")
    return take_in(content, way_in="form", stamp=who.stamp).draft_id


def flooded(matter: Matter, who: Cast) -> Matter:
    """An incident in the ward of a location, whose alert said something new since."""
    ward, name = matter.ward_code, f"flood-{matter.ward_code}"
    said = info(area(f"Ward {ward}", WARD=ward))
    taken = take_in(cap(said, identifier=name), way_in="form", stamp=who.stamp)
    incident: Matter = open_incident(
        IncidentDraft.objects.get(pk=taken.draft_id),
        title=f"Flood in Ward {ward}",
        owner=who.party,
        next_on=NEXT,
        ward=matter.ward,
        stamp=who.stamp,
    )
    update = cap(
        said, kind="Update", identifier=f"{name}-2", sent=LATER, references=[name_of(name)]
    )
    take_in(update, way_in="form", stamp=who.stamp)
    write_situation(
        incident.incident,
        what="Three cellars are under water",
        where_text="",
        affected={"homes": 3},
        next_update_at=who.stamp.at + timedelta(hours=2),
        stamp=who.stamp,
    )
    return incident
