"""Keeping a ranking of all places: what it looked at, and each place that it put forward."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.actions import PlaceDraft, note_places
from wardroom.city.models import District, Place
from wardroom.ledger.actions import record
from wardroom.problems import facts, policy
from wardroom.problems.actions.rates import Evened, FoundRate
from wardroom.problems.models import Candidate, Detection, ReportingRate


@dataclass(frozen=True)
class FoundPlace:
    """One place that is put forward, with its evidence and its reasons.

    ``q_value`` is None where the scan did not weigh it: it is busy or stuck, and no more.
    ``busy_episodes`` and ``stuck_months`` are 0 where it is not on that list.
    """

    draft: PlaceDraft
    ward_id: int
    latitude: float
    longitude: float
    radius_m: int
    score: float
    p_value: float | None
    q_value: float | None
    flagged: bool
    excess_a_month: float
    course: str
    window: int
    episodes: int
    expected: float
    active_months: int
    returns: int
    reporters: int | None
    agencies: tuple[str, ...]
    topics: tuple[Mapping[str, Any], ...]
    months: tuple[int, ...]
    severity: int
    overdue: int
    busy_episodes: int
    stuck_months: int
    numbers: Mapping[str, Any]
    even: Evened | None = None


@dataclass(frozen=True)
class Ranked:
    """A ranking that was counted and is to be kept, best place first.

    ``left_out`` counts requests that could not be placed. ``calibration`` says how scores of
    ordinary places are spread, learned from the data of ``calibrated_as_of``. ``rates`` say how
    readily each district reports, and ``reporting`` what that was told from.
    """

    as_of: datetime
    method: str
    settings: Mapping[str, Any]
    requests: int
    episodes: int
    places: int
    left_out: int
    calibration: Mapping[str, Any] | None
    calibrated_as_of: datetime | None
    found: tuple[FoundPlace, ...]
    rates: tuple[FoundRate, ...] = ()
    reporting: Mapping[str, Any] = field(default_factory=dict)


@action(policy.may_detect)
def keep_ranking(subject: None, *, ranked: Ranked, stamp: Stamp) -> Detection:
    """Keep a ranking of all places: the places, and each candidate with its numbers.

    It was counted before (`wardroom.problems.gateways.detect`), so that nobody waits for it
    with a change of their own.
    Refuses: nothing. Records: `DetectionRun`.
    """
    detection = Detection.objects.create(
        data_as_of=ranked.as_of,
        ran_at=stamp.at,
        method=ranked.method,
        settings=ranked.settings,
        requests=ranked.requests,
        episodes=ranked.episodes,
        places=ranked.places,
        left_out=ranked.left_out,
        calibration=ranked.calibration,
        calibrated_as_of=ranked.calibrated_as_of,
        reporting=dict(ranked.reporting),
    )
    rates = _keep_rates(detection, ranked)
    if ranked.found:
        places = note_places(None, drafts=[f.draft for f in ranked.found], stamp=stamp)
        rows = _candidates(detection, ranked, places, rates)
        Candidate.objects.bulk_create(rows, batch_size=500)
    fact = facts.DetectionRun(
        detection_id=detection.pk,
        data_as_of=ranked.as_of,
        candidates=sum(f.flagged for f in ranked.found),
        episodes=ranked.episodes,
        places=ranked.places,
    )
    record(fact, stamp=stamp)
    return detection


def _keep_rates(detection: Detection, ranked: Ranked) -> dict[int, ReportingRate]:
    """How readily each district reports, kept with the ranking; by the number of the district."""
    codes = _codes({rate.ward_id for rate in ranked.rates})
    kept = ReportingRate.objects.bulk_create(
        ReportingRate(
            detection=detection,
            ward_code=codes.get(rate.ward_id, ""),
            **{name: value for name, value in vars(rate).items() if name != "ward_id"},
        )
        for rate in ranked.rates
    )
    return {rate.district_id: rate for rate in kept}


def _codes(wards: set[int]) -> dict[int, str]:
    return dict(District.objects.filter(pk__in=wards).values_list("pk", "code"))


def _candidates(
    detection: Detection,
    ranked: Ranked,
    places: Mapping[int, Place],
    rates: Mapping[int, ReportingRate],
) -> Iterator[Candidate]:
    codes = _codes({found.ward_id for found in ranked.found})
    in_ward: dict[int, int] = {}
    for rank, found in enumerate(ranked.found, start=1):
        in_ward[found.ward_id] = in_ward.get(found.ward_id, 0) + 1
        yield Candidate(
            detection=detection,
            place=places[found.draft.key],
            ward_id=found.ward_id or None,
            ward_code=codes.get(found.ward_id, ""),
            rank=rank,
            ward_rank=in_ward[found.ward_id],
            latitude=found.latitude,
            longitude=found.longitude,
            radius_m=found.radius_m,
            score=found.score,
            p_value=found.p_value,
            q_value=found.q_value,
            flagged=found.flagged,
            excess_a_month=found.excess_a_month,
            course=found.course,
            window=found.window,
            episodes=found.episodes,
            expected=found.expected,
            active_months=found.active_months,
            returns=found.returns,
            reporters=found.reporters,
            agencies=list(found.agencies),
            topics=[dict(topic) for topic in found.topics],
            months=list(found.months),
            severity=found.severity,
            overdue=found.overdue,
            busy_episodes=found.busy_episodes,
            stuck_months=found.stuck_months,
            numbers=dict(found.numbers),
            **(_if_all_reported_alike(found.even, rates) if found.even else {}),
        )


def _if_all_reported_alike(
    even: Evened, rates: Mapping[int, ReportingRate]
) -> dict[str, Any]:  # fmt: skip
    return {
        "rate": rates.get(even.district_id),
        "even_excess": even.excess,
        "even_low": even.lower,
        "even_high": even.upper,
        "even_rank": even.rank,
        "busy_rank": even.busy_rank,
        "even_busy_rank": even.even_busy_rank,
    }
