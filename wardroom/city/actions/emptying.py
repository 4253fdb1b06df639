"""Taking out a place that is no more than somebody's words for it."""

from __future__ import annotations

from wardroom.access.models import pointing_at
from wardroom.city.models import Membership, Place
from wardroom.city.rules import ADDRESS, KINDS
from wardroom.kernel.facts import Ref
from wardroom.search.actions import unindex_things


def forget_typed_place(place: Place) -> bool:
    """Take out a place that was only typed, and that nothing names any more; whether it went.

    What has a point, a number, or is written as a block or a corner is the city's, and stays.
    Called inside the action that disposes of what was there. Records nothing by itself.
    """
    numbered = place.label[:1].isdigit() or place.kind != KINDS[ADDRESS]
    if numbered or place.latitude is not None or _is_named(place):
        return False
    Place.objects.filter(pk=place.pk).delete()
    unindex_things([Ref("place", str(place.pk))])
    return True


def _is_named(place: Place) -> bool:
    return any(
        model._base_manager.filter(**{name: place}).exists()
        for model, name in pointing_at(Place, but=(Membership,))
    )
