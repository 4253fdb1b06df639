"""Where an issue lies, whose ward and ground that is, and who owns it there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import hold
from wardroom.access.queries import actor_for
from wardroom.casework.models import Issue
from wardroom.city.models import District, Place
from wardroom.city.queries import GroundOwner, spot_at
from wardroom.city.queries.boundaries import sets_on
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors, hold_liaison_of
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
        lies_in, owner = spot_at(place.latitude, place.longitude, today)
        if "ward" in lies_in:
            return lies_in["ward"], owner
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


def owner_in(ward: District, stamp: Stamp) -> Party:
    """Whoever owns what lies in a ward: its liaison, or a director while nobody works there.

    They are held until the commit ends, and what they may do is read with the hold or after it:
    the stamp may be older. Refuses: a vacant seat in an office without a director.
    """
    today = localdate(stamp.at)
    liaison = hold_liaison_of(ward.code, on=today)
    if liaison is not None:
        return liaison
    for director in get_directors(on=today):
        hold(director)
        if actor_for(director.user, on=today).has(Role.DIRECTOR):
            return director
    raise Refused("no_owner", "There is nobody to own this: add a director first.")


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
