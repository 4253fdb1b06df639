"""Our own mirror of the requests as the engine sees a city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

import numpy as np
from django.conf import settings as django_settings
from numpy.typing import NDArray

from wardroom.analysis.calendar_months import local_months
from wardroom.analysis.evidence import MONTHS
from wardroom.analysis.folding import Reports, in_order
from wardroom.analysis.observed_city import City, Kinds, look_at
from wardroom.analysis.plane import Plane
from wardroom.analysis.stuck_cases import ReportsOfEpisodes
from wardroom.library.queries import TopicRow, topic_of_services
from wardroom.library.queries import topics as all_topics
from wardroom.service_requests.gateways.snapshot import (
    SnapshotColumns,
    current_snapshot,
    read_snapshot,
)

Ints = NDArray[np.int64]
YEARS = 3
DAY = 86_400
FARTHEST_M = 100_000.0


@dataclass(frozen=True)
class MirroredCity:
    """The requests that can be placed, folded, with what they refer to.

    ``place``, ``agency`` and ``reporter`` have shape (reports,), in the order of the city's
    reports; kinds are topics, by their number in ``topics``. ``left_out`` requests have no
    point, or one far from all others.
    """

    city: City
    topics: tuple[TopicRow, ...]
    plane: Plane
    place: Ints
    agency: Ints
    reporter: Ints
    agency_codes: tuple[str, ...]
    left_out: int

    @cached_property
    def reports_of(self) -> ReportsOfEpisodes:
        """The reports of each episode."""
        return ReportsOfEpisodes.of(self.city)

    @cached_property
    def report_month(self) -> Ints:
        """The month of each report, 35 for that of the data."""
        last = self.last_month - MONTHS + 1
        return local_months(self.city.reports.opened, django_settings.TIME_ZONE) - last

    @cached_property
    def last_month(self) -> int:
        """The running number of the month that the data reach."""
        as_of = np.array([self.city.as_of], dtype=np.int64)
        return int(local_months(as_of, django_settings.TIME_ZONE)[0])


def read_city(as_of: datetime) -> MirroredCity:
    """Read the requests of the three years before an instant and fold them."""
    seconds = int(as_of.timestamp())
    columns = read_snapshot(current_snapshot(), opened_from=seconds - YEARS * 366 * DAY)
    topics = sorted(all_topics(), key=lambda t: t.code)
    topic = numbered_by_topic(columns, [t.code for t in topics])
    known = (topic >= 0) & (columns.opened <= seconds)
    row, plane = placed(columns, known)
    x, y = plane.metres(columns.longitude[row], columns.latitude[row])
    kind = topic[row].astype(np.int16)
    reports, order = in_order(Reports(x, y, kind, columns.opened[row], columns.closed[row]))
    row = row[order]
    kinds = kinds_of(topics, topic[row], columns.agency[row])
    month_of = partial(local_months, zone=django_settings.TIME_ZONE)
    return MirroredCity(
        city=look_at(reports, kinds, as_of=seconds, month_of=month_of),
        topics=tuple(topics),
        plane=plane,
        place=columns.place[row],
        agency=columns.agency[row],
        reporter=columns.reporter[row],
        agency_codes=columns.agency_codes,
        left_out=int(known.sum()) - len(row),
    )


def numbered_by_topic(columns: SnapshotColumns, codes: Sequence[str]) -> Ints:
    """The number of each request's topic among the codes; -1 where its service has none yet."""
    size = int(columns.service.max(initial=0)) + 1
    table = np.full(size, -1, dtype=np.int64)
    for service, topic in topic_of_services().items():
        if service < size:
            table[service] = codes.index(topic.code)
    return table[columns.service]


def placed(columns: SnapshotColumns, known: NDArray[np.bool_]) -> tuple[Ints, Plane]:
    """The rows that have a point, at most 100 km from the middle of all, and that middle."""
    row = np.flatnonzero(known & (columns.latitude != 0) & (columns.place != 0))
    plane = Plane.around(columns.longitude[row], columns.latitude[row])
    x, y = plane.metres(columns.longitude[row], columns.latitude[row])
    return row[np.hypot(x, y) <= FARTHEST_M], plane


def kinds_of(topics: Sequence[TopicRow], topic: Ints, agency: Ints) -> Kinds:
    """What is known of each topic, with the numbers and agencies of its requests."""
    return Kinds(
        problem=np.array([not t.routine for t in topics], dtype=bool),
        agency=_agency_of_topics(topic, agency, len(topics)),
        reach_m=np.array([float(t.reach_m) for t in topics]),
    )


def _agency_of_topics(topic: Ints, agency: Ints, topics: int) -> Ints:
    """The agency that most requests of each topic go to; shape (topics,)."""
    wide = int(agency.max(initial=0)) + 1
    counts = np.bincount(topic * wide + agency, minlength=topics * wide)
    most: Ints = counts.reshape(topics, wide).argmax(axis=1).astype(np.int64)
    return most
