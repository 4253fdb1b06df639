"""The requests behind a candidate, folded into episodes as the ranking folds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import cos, radians
from typing import Any

from django.db.models import F
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.analysis.episodes import NEVER, Report, days_until_return, fold_few, goes_on
from wardroom.service_requests.models import ServiceRequest, Status
from wardroom.service_requests.policy import reach

SPAN = timedelta(days=3 * 366)
MOST = 2000
METRES_A_DEGREE = 111_195.0
# Thousands of requests may stand at one place: what no episode tells of is not read.
COLUMNS = (
    "pk",
    "external_id",
    "agency_code",
    "status",
    "opened_at",
    "closed_at",
    "calls",
    "latitude",
    "longitude",
)
TOPIC = {
    "service_name": F("service__name"),
    "topic": F("service__topic_service__topic__code"),
    "topic_name": F("service__topic_service__topic__name"),
    "reach_m": F("service__topic_service__topic__reach_m"),
    "recurrence_days": F("service__topic_service__topic__recurrence_days"),
}


@dataclass(frozen=True)
class RequestLine:
    """A request behind a candidate."""

    id: int
    external_id: str
    service_name: str
    agency_code: str
    status: str
    opened_at: datetime
    closed_at: datetime | None
    calls: int


@dataclass(frozen=True)
class EpisodeView:
    """One trouble with all its reports; ``ended_on`` none while one of them is open."""

    number: int
    topic: str
    started_on: date
    ended_on: date | None
    requests: tuple[RequestLine, ...]
    returned: bool


def episodes_at(
    place_keys: Sequence[int], topics: Sequence[str], actor: Actor, *, until: datetime
) -> tuple[EpisodeView, ...]:
    """The episodes of some trouble at and around a place in three years, the newest first."""
    rows = list(
        ServiceRequest.objects.within(reach(actor))
        .filter(
            place_key__in=place_keys,
            latitude__isnull=False,
            opened_at__lte=until,
            opened_at__gt=until - SPAN,
            service__topic_service__topic__code__in=topics,
            service__topic_service__topic__routine=False,
            service__test_only=False,
        )
        .exclude(status=Status.CANCELLED)
        .order_by("-opened_at", "-pk")
        .annotate(**TOPIC)
        .values_list(*COLUMNS, *TOPIC, named=True)[:MOST]
    )
    if not rows:
        return ()
    kinds = {r.topic: r for r in rows}
    folded = fold_few(_reports(rows, until), {k: float(r.reach_m) for k, r in kinds.items()})
    came_back = days_until_return(folded, {k: r.recurrence_days for k, r in kinds.items()})
    newest_first = list(enumerate(folded))[::-1]
    return tuple(
        EpisodeView(
            number=number,
            topic=kinds[episode.kind].topic_name,
            started_on=_day(episode.started),
            ended_on=None if episode.ended >= NEVER else _day(episode.ended),
            requests=tuple(_line(rows[n]) for n in reversed(episode.reports)),
            returned=at in came_back,
        )
        for number, (at, episode) in enumerate(newest_first, start=1)
    )


def _reports(rows: Sequence[Any], until: datetime) -> list[Report]:
    """The requests in metres from the first of them."""
    middle = rows[0]
    east = METRES_A_DEGREE * cos(radians(middle.latitude))
    return [
        Report(
            x=(r.longitude - middle.longitude) * east,
            y=(r.latitude - middle.latitude) * METRES_A_DEGREE,
            kind=r.topic,
            opened=_seconds(r.opened_at),
            closed=_ended(r, until),
        )
        for r in rows
    ]


def _line(r: Any) -> RequestLine:
    return RequestLine(
        id=r.pk,
        external_id=r.external_id,
        service_name=r.service_name,
        agency_code=r.agency_code,
        status=r.status,
        opened_at=r.opened_at,
        closed_at=r.closed_at,
        calls=r.calls,
    )


def _ended(r: Any, until: datetime) -> int:
    """When a report ended as it was known at an instant."""
    if r.closed_at is None:
        return NEVER if goes_on(r.status) else _seconds(r.opened_at)
    return _seconds(r.closed_at) if r.closed_at <= until else NEVER


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _day(seconds: int) -> date:
    return localdate(datetime.fromtimestamp(seconds, tz=UTC))
