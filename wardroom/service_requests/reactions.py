"""What follows when boundaries are loaded: requests that lie in none yet are placed."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.city.facts import BoundariesLoaded
from wardroom.service_requests.actions import place_requests
from wardroom.service_requests.facts import RequestsPlaced
from wardroom.service_requests.queries import requests_wait_for


def place_after_loading(fact: BoundariesLoaded, *, entry_id: int, stamp: Stamp) -> None:
    """Place the first of the requests that were read before these boundaries were there."""
    if requests_wait_for(fact.boundary_kind):
        place_requests(None, kind=fact.boundary_kind, after_id=0, placed=0, stamp=stamp)


def place_the_rest(fact: RequestsPlaced, *, entry_id: int, stamp: Stamp) -> None:
    """Go on with the requests behind those that were just placed."""
    if not fact.last:
        place_requests(
            None,
            kind=fact.district_kind,
            after_id=fact.until_id,
            placed=fact.placed,
            stamp=stamp,
        )
