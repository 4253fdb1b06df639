"""Ranking all places and keeping the candidates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings as django_settings
from django.db import connection
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.actions import PlaceDraft, note_places
from wardroom.city.models import District
from wardroom.city.queries import dated_indexes
from wardroom.city.rules import place_kind
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library.queries import TopicRow, topic_of_services
from wardroom.problems import facts, policy
from wardroom.problems.models import Candidate, Detection
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


@action(policy.may_detect)
def run_detection(subject: None, *, as_of: datetime | None = None, stamp: Stamp) -> Detection:
    """Find and rank the places where trouble keeps coming back, up to an instant.

    Without ``as_of``, up to the latest request we mirror. Routine services that people order
    do not count.
    Refuses: a mirror without requests. Records: `DetectionRun`.
    """
    latest = as_of or data_as_of()
    if latest is None or not ServiceRequest.objects.exists():
        raise Refused(
            "no_requests", "There are no requests yet. Read some: wardroom import requests FILE"
        )
    latest = min(latest, stamp.at)
    ranking, topics, agency_codes, labels = _ranked(latest)
    detection = Detection.objects.create(
        data_as_of=latest,
        ran_at=stamp.at,
        method=_method(),
        settings=_settings(),
        requests=ranking.reports_seen,
        episodes=ranking.episodes_seen,
        places=ranking.places_seen,
        shape=ranking.alpha,
        rate=ranking.beta,
    )
    if len(ranking.place):
        drafts = [labels[key] for key in ranking.place.tolist()]
        places = note_places(None, drafts=drafts, stamp=stamp)
        rows = list(_candidates(detection, ranking, topics, agency_codes, places, latest))
        Candidate.objects.bulk_create(rows, batch_size=500)
    fact = facts.DetectionRun(
        detection_id=detection.pk,
        data_as_of=latest,
        candidates=len(ranking.place),
        episodes=ranking.episodes_seen,
        places=ranking.places_seen,
    )
    record(fact, stamp=stamp)
    return detection


def _ranked(as_of: datetime) -> Any:
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
    zone_name = django_settings.TIME_ZONE
    ends = np.array([seconds], dtype=np.int64)
    last_month = int(persistence.local_months(ends, zone_name)[0])
    ranking = persistence.rank_places(
        persistence.Columns(
            place=snapshot.place[keep],
            topic=topic[keep],
            zone=_wards_of(snapshot, as_of)[keep],
            agency=snapshot.agency[keep],
            reporter=snapshot.reporter[keep],
            opened=snapshot.opened[keep],
            closed=snapshot.closed[keep],
            month=persistence.local_months(snapshot.opened[keep], zone_name),
        ),
        persistence.TopicClocks(
            silent_days=np.array([t.silent_days for t in topics] or [14], dtype=np.int64),
            recurrence_days=np.array([t.recurrence_days for t in topics] or [30], dtype=np.int64),
        ),
        as_of=seconds,
        last_month=last_month,
        settings=persistence.Settings(),
    )
    return ranking, topics, snapshot.agency_codes, _labels(ranking.place.tolist())


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


def _candidates(
    detection: Detection,
    ranking: Any,
    topics: list[TopicRow],
    agency_codes: tuple[str, ...],
    places: Mapping[int, Any],
    as_of: datetime,
) -> Any:
    codes = dict(
        District.objects.filter(pk__in=set(ranking.zone.tolist())).values_list("pk", "code")
    )
    in_ward: dict[int, int] = {}
    for n, key in enumerate(ranking.place.tolist()):
        zone = int(ranking.zone[n])
        in_ward[zone] = in_ward.get(zone, 0) + 1
        score = float(ranking.score[n])
        returned = float(ranking.median_return_days[n])
        yield Candidate(
            detection=detection,
            place=places[key],
            ward_id=zone or None,
            ward_code=codes.get(zone, ""),
            rank=n + 1,
            ward_rank=in_ward[zone],
            score=score,
            episodes=int(ranking.episodes[n]),
            expected=float(ranking.expected[n]),
            ratio=float(ranking.ratio[n]),
            active_months=int(ranking.active_months[n]),
            returns=int(ranking.returns[n]),
            reporters=int(ranking.reporters[n]) if ranking.reporters_known[n] else None,
            agencies=[agency_codes[a] for a in ranking.agencies[n] if agency_codes[a]],
            topics=[
                {"code": topics[t].code, "name": topics[t].name, "episodes": count}
                for t, count in ranking.topics[n]
            ],
            months=ranking.months[n].tolist(),
            numbers={
                "last_month": _month(_month_number(as_of)),
                "first_month": _month(int(ranking.first_month[n])),
                "last_on": localdate(
                    datetime.fromtimestamp(int(ranking.last_started[n]), tz=UTC)
                ).isoformat(),
                "closed": int(ranking.closed[n]),
                "recent_returns": int(ranking.recent_returns[n]),
                "median_return_days": None if returned != returned else returned,
                "top_share": round(float(ranking.top_share[n]), 3)
                if ranking.reporters_known[n]
                else None,
                "stuck": int(ranking.stuck[n]),
                "rule": "frequent" if ranking.frequent[n] else "returning",
                "posterior": score,
                "alpha": ranking.alpha,
                "beta": ranking.beta,
                "window_days": _settings()["window_days"],
            },
        )


def _month_number(as_of: datetime) -> int:
    from zoneinfo import ZoneInfo

    local = as_of.astimezone(ZoneInfo(django_settings.TIME_ZONE))
    return local.year * 12 + local.month - 1


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"


def _settings() -> dict[str, Any]:
    from dataclasses import asdict

    from wardroom.analysis.persistence import Settings

    return asdict(Settings())


def _method() -> str:
    from wardroom.analysis.persistence import METHOD

    return METHOD
