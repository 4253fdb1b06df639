"""Ranking all places, from the copy of the requests to the candidates that are kept.

Reading and counting take seconds and come first; the change that follows only stores. So
nobody else waits for a ranking to write.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import unit_of_work
from wardroom.kernel.errors import Refused
from wardroom.problems.actions import Ranked, keep_ranking, refresh_ranking
from wardroom.problems.models import Detection
from wardroom.problems.queries import latest_detection
from wardroom.service_requests.gateways.snapshot import forget_copies
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.queries import data_as_of


def detect(*, as_of: datetime | None = None, from_scratch: bool = False, stamp: Stamp) -> Detection:
    """Find and rank the places where trouble keeps coming back, and keep the candidates.

    Without ``as_of``, up to the latest request we mirror. Routine services that people order
    tell only how lively a place is. ``from_scratch`` reads every request from the database
    again, as every night does, instead of the copy and what came since.
    Refuses: a mirror without requests; whoever may not rank.
    """
    if from_scratch:
        forget_copies()
    return keep_ranking(None, ranked=rank_city(as_of=as_of, now=stamp.at), stamp=stamp)


def keep_fresh(ranked: Ranked, *, stamp: Stamp) -> Detection | None:
    """Keep what was ranked after new requests came in; None where more was taken in meanwhile.

    The ranking of the night stays as it is, and so does the first of all. The first of a day
    after it is kept whole beside it, and the next ones of that day take its rows over, as long
    as the calibration holds.
    Two at once wait for each other here, and the later one goes on from what the first wrote.
    """
    with unit_of_work():
        latest = _latest_locked()
        if latest is None or (latest.rows_taken_in or 0) <= ranked.rows_taken_in:
            if latest is not None and _goes_on(latest, ranked, stamp):
                return refresh_ranking(latest, ranked=ranked, stamp=stamp)
            first = latest is None
            return keep_ranking(None, ranked=ranked, kept_fresh=not first, stamp=stamp)
    return None


def _latest_locked() -> Detection | None:
    """The ranking that holds now, which nobody else carries on until we are done."""
    while True:
        latest = latest_detection()
        if latest is None:
            return None
        locked = Detection.objects.select_for_update(of=("self",)).filter(pk=latest.pk).first()
        now = latest_detection()
        if locked is not None and now is not None and now.pk == locked.pk:
            return locked


def _goes_on(latest: Detection, ranked: Ranked, stamp: Stamp) -> bool:
    """Whether a ranking is of the same day and was weighed by the same calibration."""
    return (
        latest.kept_fresh
        and localdate(latest.ran_at) == localdate(stamp.at)
        and latest.data_as_of <= ranked.as_of
        and latest.method == ranked.method
        and latest.calibrated_as_of == ranked.calibrated_as_of
    )


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
