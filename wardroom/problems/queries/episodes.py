"""The requests behind a candidate, folded into episodes as the ranking folds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.service_requests.models import ServiceRequest, Status
from wardroom.service_requests.policy import reach

SPAN = timedelta(days=3 * 366)
MOST = 2000


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
    """Reports of one trouble that follow each other closely; ``ended_on`` none while open."""

    number: int
    topic: str
    started_on: date
    ended_on: date | None
    requests: tuple[RequestLine, ...]
    returned: bool


def episodes_at(place_key: int, actor: Actor, *, until: datetime) -> tuple[EpisodeView, ...]:
    """The episodes of a place in the three years before an instant, the newest first."""
    import numpy as np

    from wardroom.analysis.episodes import NEVER, fold, returns

    rows = list(
        ServiceRequest.objects.within(reach(actor))
        .filter(
            place_key=place_key,
            opened_at__lte=until,
            opened_at__gt=until - SPAN,
            service__topic_service__topic__routine=False,
            service__test_only=False,
        )
        .exclude(status=Status.CANCELLED)
        .select_related("service__topic_service__topic")
        .order_by("-opened_at", "-pk")[:MOST]
    )
    if not rows:
        return ()
    topics = [r.service.topic_service.topic for r in rows]
    numbers = {t.pk: n for n, t in enumerate({t.pk: t for t in topics}.values())}
    clocks = {numbers[t.pk]: t.recurrence_days for t in topics}
    folded = fold(
        np.zeros(len(rows), dtype=np.int64),
        np.array([numbers[t.pk] for t in topics], dtype=np.int64),
        np.array([_seconds(r.opened_at) for r in rows], dtype=np.int64),
        np.array([_ended(r, until) for r in rows], dtype=np.int64),
        np.array([t.silent_days for t in topics], dtype=np.int64),
    )
    recurrence = np.array([clocks[int(t)] for t in folded.topic], dtype=np.int64)
    came_back, _ = returns(folded, recurrence)
    members: dict[int, list[int]] = {}
    for i, episode in enumerate(folded.of_report.tolist()):
        members.setdefault(episode, []).append(i)
    order = np.argsort(-folded.started, kind="stable").tolist()
    return tuple(
        EpisodeView(
            number=n,
            topic=topics[members[e][0]].name,
            started_on=_day(int(folded.started[e])),
            ended_on=None if folded.ended[e] >= NEVER else _day(int(folded.ended[e])),
            requests=tuple(_line(rows[i]) for i in members[e]),
            returned=bool(came_back[e]),
        )
        for n, e in enumerate(order, start=1)
    )


def _line(r: Any) -> RequestLine:
    return RequestLine(
        id=r.pk,
        external_id=r.external_id,
        service_name=r.service.name,
        agency_code=r.agency_code,
        status=r.status,
        opened_at=r.opened_at,
        closed_at=r.closed_at,
        calls=r.calls,
    )


def _ended(r: Any, until: datetime) -> int:
    """When a report ended as it was known at an instant."""
    from wardroom.analysis.episodes import NEVER, goes_on

    if r.closed_at is None:
        return int(NEVER) if goes_on(r.status) else _seconds(r.opened_at)
    return _seconds(r.closed_at) if r.closed_at <= until else int(NEVER)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _day(seconds: int) -> date:
    return localdate(datetime.fromtimestamp(seconds, tz=UTC))
