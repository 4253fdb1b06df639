"""Where an issue lies, and whose ward and ground that is."""

from __future__ import annotations

from datetime import date
from typing import Any

from wardroom.casework.models import Issue
from wardroom.city.models import District, Place
from wardroom.city.queries import GroundOwner, spot_at
from wardroom.city.queries.boundaries import sets_on
from wardroom.kernel.errors import Refused
from wardroom.library.models import Topic


def spot_of(
    place: Place | None, ward_code: str, today: date
) -> tuple[District, GroundOwner | None]:
    """The ward that a place lies in today and whose ground it is, as far as that is known.

    ``ward_code`` counts only where the place has no point. Refuses: a place and a ward that
    are both unknown.
    """
    owner = None
    if place is not None and place.latitude is not None and place.longitude is not None:
        ward, owner = spot_at(place.latitude, place.longitude, today)
        if ward is not None:
            return ward, owner
    if not ward_code:
        raise Refused(
            "ward_unknown",
            "This place has no point yet. Choose it from the list, or say which ward takes it.",
            field="ward_code",
        )
    wards = District.objects.filter(boundary_set__in=sets_on(today), boundary_set__kind="ward")
    found = wards.filter(code=ward_code).first()
    if found is None:
        raise Refused("ward_unknown", f"There is no Ward {ward_code} today.", field="ward_code")
    return found, owner


def spot_if_known(place: Place | None, today: date) -> tuple[District | None, GroundOwner | None]:
    """The same for a place that may lie anywhere: no ward where that is not known."""
    if place is None or place.latitude is None or place.longitude is None:
        return None, None
    return spot_at(place.latitude, place.longitude, today)


def put_ground(issue: Issue, owner: GroundOwner | None) -> None:
    """Note on an issue whose ground its place is; nothing where that is not known."""
    issue.ground_owner = owner.owner_code[:20] if owner else ""
    issue.ground_name = f"{owner.owner_name}: {owner.name}"[:200] if owner else ""
    issue.ground_kind = owner.kind[:20] if owner else ""


def topic_named(code: str, **with_it: Any) -> Topic | None:
    """The topic with this code, none for an empty one, and what is asked for ``with_it``.

    Refuses: a topic that is not in the list.
    """
    topic = Topic.objects.filter(code=code).annotate(**with_it).first() if code else None
    if code and topic is None:
        raise Refused("unknown_topic", "Choose a topic from the list.", field="topic_code")
    return topic
