"""Ranking all places, from the copy of the requests to the candidates that are kept.

Reading and counting take seconds and come first; the change that follows only stores. So
nobody else waits for a ranking to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings as django_settings
from django.db import connection
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.city.actions import PlaceDraft
from wardroom.city.queries import dated_indexes
from wardroom.city.rules import place_kind
from wardroom.kernel.errors import Refused
from wardroom.library.queries import TopicRow, topic_of_services
from wardroom.problems.actions import Ranked, keep_ranking
from wardroom.problems.models import Detection
from wardroom.service_requests.gateways.snapshot import (
    SnapshotColumns,
    current_snapshot,
    read_snapshot,
)
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.queries import data_as_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

YEARS = 3
DAY = 86_400


def detect(*, as_of: datetime | None = None, stamp: Stamp) -> Detection:
    """Find and rank the places where trouble keeps coming back, and keep the candidates.

    Without ``as_of``, up to the latest request we mirror. Routine services that people order
    do not count.
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
    return _ranked(min(latest, now))


def _ranked(as_of: datetime) -> Ranked:
    """The ranking, the topics and agencies its numbers stand for, and a label for each place."""
    import numpy as np

    from wardroom.analysis import persistence

    seconds = int(as_of.timestamp())
    snapshot = read_snapshot(current_snapshot(), opened_from=seconds - YEARS * 366 * DAY)
    topics, number_of = _topic_numbers(topic_of_services())
    size = int(snapshot.service.max(initial=0)) + 1
    by_service = np.full(size, -1, dtype=np.int64)
    for service, number in number_of.items():
        if service < size:
            by_service[service] = number
    topic = by_service[snapshot.service]
    keep = topic >= 0
    ranking = persistence.rank_places(
        persistence.Columns(
            place=snapshot.place[keep],
            topic=topic[keep],
            zone=_wards_of(snapshot, as_of)[keep],
            agency=snapshot.agency[keep],
            reporter=snapshot.reporter[keep],
            opened=snapshot.opened[keep],
            closed=snapshot.closed[keep],
        ),
        persistence.TopicClocks(
            silent_days=np.array([t.silent_days for t in topics] or [14], dtype=np.int64),
            recurrence_days=np.array([t.recurrence_days for t in topics] or [30], dtype=np.int64),
        ),
        as_of=seconds,
        month_of=partial(persistence.local_months, zone=django_settings.TIME_ZONE),
        settings=persistence.Settings(),
    )
    labels = _labels(ranking.place.tolist())
    return Ranked(
        as_of=as_of,
        ranking=ranking,
        topics=tuple(topics),
        agency_codes=snapshot.agency_codes,
        drafts=tuple(labels[key] for key in ranking.place.tolist()),
    )


def _wards_of(snapshot: SnapshotColumns, as_of: datetime) -> NDArray[np.int64]:
    """The ward of each request's place, by the boundaries in force at an instant; 0 for none.

    A place is where its newest request with a point says it is.
    """
    import numpy as np

    on = localdate(as_of)
    wards = np.zeros(len(snapshot.place), dtype=np.int64)
    version = next((v for v in dated_indexes("ward") if v.holds(on)), None)
    known = (snapshot.opened <= int(as_of.timestamp())) & (snapshot.latitude != 0)
    newest_first = np.flatnonzero(known)[::-1]
    if version is None or not len(newest_first):
        return wards
    places, newest = np.unique(snapshot.place[newest_first], return_index=True)
    at = newest_first[newest]
    number = version.index.locate(snapshot.longitude[at], snapshot.latitude[at])
    ward = np.where(number >= 0, version.district_ids[number], 0)
    slot = np.minimum(np.searchsorted(places, snapshot.place), len(places) - 1)
    return np.where(places[slot] == snapshot.place, ward[slot], 0)


def _topic_numbers(by_service: Mapping[int, TopicRow]) -> tuple[list[TopicRow], dict[int, int]]:
    """Topics that show trouble, in a fixed order, and each service's number among them."""
    wanted = {t.code: t for t in by_service.values() if not t.routine}
    topics = [wanted[code] for code in sorted(wanted)]
    number = {t.code: n for n, t in enumerate(topics)}
    return topics, {s: number[t.code] for s, t in by_service.items() if t.code in number}


def _labels(keys: list[int]) -> dict[int, PlaceDraft]:
    """A place as its latest request names it."""
    table = ServiceRequest._meta.db_table
    found: dict[int, PlaceDraft] = {}
    for at in range(0, len(keys), 400):
        part = keys[at : at + 400]
        marks = ", ".join(["%s"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT r.place_key, r.address, r.latitude, r.longitude FROM {table} r "  # noqa: S608
                f"JOIN (SELECT place_key, max(id) AS id FROM {table} WHERE place_key IN ({marks}) "
                "AND latitude IS NOT NULL GROUP BY place_key) l ON l.id = r.id",
                part,
            )
            for key, address, latitude, longitude in cursor.fetchall():
                label = address or f"{place_kind(key)} {latitude:.4f}, {longitude:.4f}"
                found[key] = PlaceDraft(key, label, latitude, longitude)
    for key in keys:
        found.setdefault(key, PlaceDraft(key, f"{place_kind(key)} without a point", 0.0, 0.0))
    return found
