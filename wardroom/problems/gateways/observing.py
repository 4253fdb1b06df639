"""The office's own mirror of the requests as the judge reads it: topics are the kinds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.conf import settings as django_settings
from numpy.typing import NDArray

from wardroom.analysis.comparison_pool import FollowedPlaces
from wardroom.analysis.folding import Reports, in_order
from wardroom.analysis.plan_judging import KnownCity
from wardroom.analysis.plane import Plane
from wardroom.kernel.errors import Refused
from wardroom.library.queries import topic_of_services
from wardroom.problems.gateways.mirrored_city import kinds_of, numbered_by_topic, placed
from wardroom.problems.rules.evaluations import PlaceDraft
from wardroom.service_requests.gateways.snapshot import (
    current_snapshot,
    read_snapshot,
)

GATE_YEARS = timedelta(days=3 * 366)
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ObservedMirror:
    """The requests that can be placed in time and space, and what their kinds stand for."""

    city: KnownCity
    plane: Plane
    topics: tuple[str, ...]

    def followed(self, places: Iterable[PlaceDraft]) -> FollowedPlaces:
        """The places of an evaluation in metres, with the numbers of their topics."""
        rows = list(places)
        kinds = [[code in row.topics for code in self.topics] for row in rows]
        x, y = self.metres([(row.longitude, row.latitude) for row in rows]).T
        radius = np.array([row.radius_m for row in rows], dtype=np.float64)
        return FollowedPlaces(x, y, radius, np.array(kinds, dtype=bool))

    def metres(self, points: Iterable[tuple[float, float]]) -> Floats:
        """Points given as longitude and latitude; shape (n, 2)."""
        given = np.array(list(points), dtype=np.float64).reshape(-1, 2)
        return np.column_stack(self.plane.metres(given[:, 0], given[:, 1]))


def observed_mirror(*, until: datetime, gate_at: datetime) -> ObservedMirror:
    """Read the requests up to an instant, from three years before the gate on.

    Refuses: no request that has a point and a topic.
    """
    begin, latest = int((gate_at - GATE_YEARS).timestamp()), int(until.timestamp())
    columns = read_snapshot(current_snapshot(), opened_from=begin)
    named = {t.code: t for t in topic_of_services().values()}
    topics = sorted(named.values(), key=lambda t: t.code)
    kind = numbered_by_topic(columns, [t.code for t in topics])
    row, plane = placed(columns, (kind >= 0) & (columns.opened <= latest))
    if not len(row):
        raise Refused("no_requests", "There are no requests yet, so nothing can be tested.")
    x, y = plane.metres(columns.longitude[row], columns.latitude[row])
    reports = Reports(x, y, kind[row].astype(np.int16), columns.opened[row], columns.closed[row])
    ordered, _ = in_order(reports)
    kinds = kinds_of(topics, kind[row], columns.agency[row])
    zone = django_settings.TIME_ZONE
    city = KnownCity.until(ordered, kinds, zone=zone, latest=latest)
    return ObservedMirror(city, plane, tuple(t.code for t in topics))
