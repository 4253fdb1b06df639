"""Ranking all places, from the copy of the requests to the candidates that are kept.

Reading and counting take seconds and come first; the change that follows only stores. So
nobody else waits for a ranking to write.
"""

from __future__ import annotations

from datetime import datetime

from wardroom.access.actor import Stamp
from wardroom.kernel.errors import Refused
from wardroom.problems.actions import Ranked, keep_ranking
from wardroom.problems.models import Detection
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.queries import data_as_of


def detect(*, as_of: datetime | None = None, stamp: Stamp) -> Detection:
    """Find and rank the places where trouble keeps coming back, and keep the candidates.

    Without ``as_of``, up to the latest request we mirror. Routine services that people order
    tell only how lively a place is.
    Refuses: a mirror without requests; whoever may not rank.
    """
    return keep_ranking(None, ranked=rank_city(as_of=as_of, now=stamp.at), stamp=stamp)


def rank_city(*, as_of: datetime | None = None, now: datetime) -> Ranked:
    """Rank all places up to an instant that is not after now; reads, and changes nothing.

    Refuses: a mirror without requests.
    """
    latest = as_of or data_as_of()
    if latest is None or not ServiceRequest.objects.exists():
        raise Refused(
            "no_requests", "There are no requests yet. Read some: wardroom import requests FILE"
        )
    from wardroom.problems.gateways.weighing import weigh_city

    return weigh_city(min(latest, now))
