"""Where a report is that came with an address and no point."""

from __future__ import annotations

from wardroom.access.actor import SYSTEM
from wardroom.casework import rules
from wardroom.city.models import Place
from wardroom.city.rules import corner_plainly, place_key
from wardroom.service_requests.queries import (
    Spot,
    address_reported,
    spot_in_block,
    spot_numbered,
)


def place_meant(draft: rules.ReportDraft) -> Place | None:
    """The known place that an address or its id stands for, or none."""
    for address_id, address in ((draft.address_id, ""), (None, draft.address)):
        if address_id is None and not address:
            continue
        key = place_key(address_id, corner_plainly(address[:200]), None, None)
        found: Place | None = Place.objects.filter(key=key).first() if key is not None else None
        if found is not None:
            return found
    return None


def spot_meant(draft: rules.ReportDraft) -> Spot | None:
    """The point of a report without one: of its place, its address, or else of its block.

    Only what the city itself knows counts; nothing further is guessed.
    """
    place = place_meant(draft)
    if place is not None and place.latitude is not None and place.longitude is not None:
        return Spot(place.label, place.latitude, place.longitude)
    if draft.address_id is not None and (numbered := spot_numbered(draft.address_id)) is not None:
        return numbered
    if not draft.address:
        return None
    reported = address_reported(SYSTEM, draft.address[:200])
    return Spot(*reported) if reported is not None else spot_in_block(draft.address[:200])
