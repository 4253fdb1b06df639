"""Our mirror of the requests as the measures see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from wardroom.library.queries import TopicRow, topic_of_services
from wardroom.library.queries import topics as all_topics
from wardroom.reporting.rules.measuring import FLOW_DAYS, NOT_NAMED, YEAR_DAYS
from wardroom.service_requests.gateways.measured import MeasuredColumns, read_measured
from wardroom.service_requests.gateways.snapshot import current_snapshot

Ints = NDArray[np.int64]
DAY = 86_400
DAYS_READ = 1_200
STRAY = 0.001


@dataclass(frozen=True)
class Mirror:
    """Requests up to an instant, numbered by ward, agency and topic; -1 where there is none.

    ``since`` begins the year that is measured, ``flow_since`` the time over which flows are
    counted, ``begins`` the records themselves; all in seconds.
    """

    columns: MeasuredColumns
    topics: tuple[TopicRow, ...]
    ward: Ints
    agency: Ints
    topic: Ints
    as_of: int
    since_on: date
    flow_on: date
    begins: int

    @property
    def zone(self) -> ZoneInfo:
        """The office's own clocks."""
        return ZoneInfo(settings.TIME_ZONE)

    @property
    def as_of_at(self) -> datetime:
        """Up to when everything is counted."""
        return datetime.fromtimestamp(self.as_of, tz=UTC)

    @cached_property
    def since(self) -> int:
        """When the year that is measured begins."""
        return self.midnight(self.since_on)

    @cached_property
    def flow_since(self) -> int:
        """From when flows are counted."""
        return self.midnight(self.flow_on)

    def midnight(self, day: date) -> int:
        """When a day begins on the office's clocks."""
        return int(datetime.combine(day, time(), self.zone).timestamp())

    def keys(self, *, by_ward: bool, by_agency: bool, by_topic: bool) -> Ints:
        """One number for the ward, agency and kind of each request; -1 where it has no ward."""
        return keys_of(
            (self.ward if by_ward else None, len(self.columns.ward_codes)),
            (self.agency if by_agency else None, len(self.columns.agency_codes)),
            (self.topic if by_topic else None, len(self.topics)),
            number=len(self.columns),
        )

    def codes_of(self, number: int) -> tuple[str, str, str]:
        """The codes of ward, agency and kind behind such a number."""
        rest, topic = divmod(number, len(self.topics) + 1)
        ward, agency = divmod(rest, len(self.columns.agency_codes) + 1)
        return (
            self.columns.ward_codes[ward - 1] if ward else "",
            (self.columns.agency_codes[agency - 1] if agency else "") or NOT_NAMED,
            self.topics[topic - 1].code if topic else NOT_NAMED,
        )


def keys_of(
    ward: tuple[Ints | None, int],
    agency: tuple[Ints | None, int],
    topic: tuple[Ints | None, int],
    *,
    number: int,
) -> Ints:
    """One number from three, each with how many there are; what is not asked counts as 0."""
    key = np.zeros(number, dtype=np.int64)
    for column, many in (ward, agency, topic):
        key = key * (many + 1) + (0 if column is None else column + 1)
    if ward[0] is not None:
        key[ward[0] < 0] = -1
    return key


def read_mirror(as_of: datetime) -> Mirror:
    """Read what the measures need of all requests up to an instant."""
    seconds = int(as_of.timestamp())
    today = datetime.fromtimestamp(seconds, tz=ZoneInfo(settings.TIME_ZONE)).date()
    since_on = today - timedelta(days=YEAR_DAYS)
    read_from = seconds - DAYS_READ * DAY
    columns = read_measured(
        current_snapshot(), opened_from=read_from, going_on_from=seconds - (YEAR_DAYS + 2) * DAY
    )
    topics = tuple(sorted(all_topics(), key=lambda t: t.code))
    nowhere = [n for n, code in enumerate(columns.ward_codes) if not code]
    recent = columns.opened[columns.opened >= read_from]
    begins = int(np.quantile(recent, STRAY, method="lower")) if len(recent) else seconds
    return Mirror(
        columns=columns,
        topics=topics,
        ward=np.where(np.isin(columns.ward, nowhere), -1, columns.ward),
        agency=columns.agency,
        topic=_numbered(columns, topics),
        as_of=seconds,
        since_on=since_on,
        flow_on=today - timedelta(days=FLOW_DAYS),
        begins=begins,
    )


def _numbered(columns: MeasuredColumns, topics: tuple[TopicRow, ...]) -> Ints:
    """The number of each request's topic; -1 where its service has none yet."""
    at = {topic.code: n for n, topic in enumerate(topics)}
    table = np.full(int(columns.service.max(initial=0)) + 1, -1, dtype=np.int64)
    for service, topic in topic_of_services().items():
        if service < len(table):
            table[service] = at[topic.code]
    return table[columns.service]
