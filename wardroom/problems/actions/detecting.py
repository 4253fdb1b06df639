"""Keeping a ranking of all places and its candidates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings as django_settings
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.actions import PlaceDraft, note_places
from wardroom.city.models import District, Place
from wardroom.ledger.actions import record
from wardroom.library.queries import TopicRow
from wardroom.problems import facts, policy
from wardroom.problems.models import Candidate, Detection

if TYPE_CHECKING:
    from wardroom.analysis.persistence import Ranking


@dataclass(frozen=True)
class Ranked:
    """A ranking that was counted and is to be kept: its places with their labels by key."""

    as_of: datetime
    ranking: Ranking
    topics: tuple[TopicRow, ...]
    agency_codes: tuple[str, ...]
    drafts: tuple[PlaceDraft, ...]


@action(policy.may_detect)
def keep_ranking(subject: None, *, ranked: Ranked, stamp: Stamp) -> Detection:
    """Keep a ranking of all places: the places, and each candidate with its numbers.

    It was counted before (`wardroom.problems.gateways.detect`), so that nobody waits for it
    with a change of their own.
    Refuses: nothing. Records: `DetectionRun`.
    """
    ranking = ranked.ranking
    detection = Detection.objects.create(
        data_as_of=ranked.as_of,
        ran_at=stamp.at,
        method=_method(),
        settings=_settings(),
        requests=ranking.reports_seen,
        episodes=ranking.episodes_seen,
        places=ranking.places_seen,
        shape=ranking.alpha,
        rate=ranking.beta,
    )
    if ranked.drafts:
        places = note_places(None, drafts=ranked.drafts, stamp=stamp)
        Candidate.objects.bulk_create(_candidates(detection, ranked, places), batch_size=500)
    fact = facts.DetectionRun(
        detection_id=detection.pk,
        data_as_of=ranked.as_of,
        candidates=len(ranking.place),
        episodes=ranking.episodes_seen,
        places=ranking.places_seen,
    )
    record(fact, stamp=stamp)
    return detection


def _candidates(
    detection: Detection, ranked: Ranked, places: Mapping[int, Place]
) -> Iterator[Candidate]:
    ranking, topics, agency_codes = ranked.ranking, ranked.topics, ranked.agency_codes
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
            reporters=int(ranking.reporters[n]) or None,
            agencies=[agency_codes[a] for a in ranking.agencies[n] if agency_codes[a]],
            topics=[
                {"code": topics[t].code, "name": topics[t].name, "episodes": count}
                for t, count in ranking.topics[n]
            ],
            months=ranking.months[n].tolist(),
            numbers={
                "last_month": _month(_month_number(ranked.as_of)),
                "first_month": _month(int(ranking.first_month[n])),
                "last_on": localdate(
                    datetime.fromtimestamp(int(ranking.last_started[n]), tz=UTC)
                ).isoformat(),
                "closed": int(ranking.closed[n]),
                "recent_returns": int(ranking.recent_returns[n]),
                "median_return_days": None if returned != returned else returned,
                "top_share": round(float(ranking.top_share[n]), 3)
                if ranking.reporters[n]
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
