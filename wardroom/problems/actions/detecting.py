"""Keeping a ranking of all places: what it looked at, and each place that it put forward."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
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

RATED = tuple(f.name for f in fields(FoundRate) if f.name not in ("district_id", "ward_id"))


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why a place is there: what was counted, of which trouble, and by whom."""

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
    numbers: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class FoundPlace(Reasons):
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
    overdue: int
    busy_episodes: int
    stuck_months: int
    even: Evened | None = None


@dataclass(frozen=True)
class Ranked:
    """A ranking that was counted and is to be kept, best place first.

    ``left_out`` counts requests that could not be placed. ``calibration`` says how scores of
    ordinary places are spread, learned from the data of ``calibrated_as_of``. ``rates`` say how
    readily each district reports, and ``reporting`` what that was told from.
    ``rows_taken_in`` says how far the readings had come before it was counted, at least.
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
    rows_taken_in: int
    found: tuple[FoundPlace, ...]
    rates: tuple[FoundRate, ...] = ()
    reporting: Mapping[str, Any] = field(default_factory=dict)


@action(policy.may_detect)
def keep_ranking(
    subject: None, *, ranked: Ranked, kept_fresh: bool = False, stamp: Stamp
) -> Detection:
    """Keep a ranking of all places: the places, and each candidate with its numbers.

    It was counted before (`wardroom.problems.gateways.detect`), so that nobody waits for it
    with a change of their own. One that is ``kept_fresh`` is the first of a day after new
    requests came in.
    Refuses: nothing. Records: `DetectionRun`.
    """
    detection = detection_of(ranked, stamp=stamp, kept_fresh=kept_fresh)
    rates = keep_rates(detection, ranked)
    rows = candidates_of(detection, ranked, rates, stamp=stamp)
    Candidate.objects.bulk_create(rows, batch_size=500)
    record(facts.DetectionRun(**told_of(detection, ranked)), stamp=stamp)
    return detection


def detection_of(ranked: Ranked, *, stamp: Stamp, kept_fresh: bool) -> Detection:
    """The row that stands for a ranking, kept."""
    return Detection.objects.create(
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
        rows_taken_in=ranked.rows_taken_in,
        kept_fresh=kept_fresh,
    )


def told_of(detection: Detection, ranked: Ranked) -> dict[str, Any]:
    """What the ledger says of a ranking."""
    return {
        "detection_id": detection.pk,
        "data_as_of": ranked.as_of,
        "candidates": sum(f.flagged for f in ranked.found),
        "episodes": ranked.episodes,
        "places": ranked.places,
    }


def candidates_of(
    detection: Detection,
    ranked: Ranked,
    rates: Mapping[int, ReportingRate],
    *,
    stamp: Stamp,
) -> list[Candidate]:
    """The candidates of a ranking, best first, with their places noted; not kept yet."""
    if not ranked.found:
        return []
    places = note_places(None, drafts=[f.draft for f in ranked.found], stamp=stamp)
    return list(_candidates(detection, ranked, places, rates))


def keep_rates(
    detection: Detection,
    ranked: Ranked,
    *,
    of: Detection | None = None,
    but: Collection[int] = (),
) -> dict[int, ReportingRate]:
    """How readily each district reports, kept with the ranking; by the number of the district.

    The rows ``of`` the ranking that it carries on stay the same rows, with the numbers of now,
    ``but`` those of these numbers stay as they are, where they are.
    """
    codes = _codes({rate.ward_id for rate in ranked.rates})
    earlier = ReportingRate.objects.filter(detection=of).exclude(pk__in=but)
    there = {row.district_id: row for row in earlier}
    kept: dict[int, ReportingRate] = {}
    for rate in ranked.rates:
        row = there.get(rate.district_id) or ReportingRate(district_id=rate.district_id)
        row.detection, row.ward_code = detection, codes.get(rate.ward_id, "")
        for name in RATED:
            setattr(row, name, getattr(rate, name))
        kept[rate.district_id] = row
    ReportingRate.objects.bulk_create([row for row in kept.values() if row.pk is None])
    known = [row for row in kept.values() if row.district_id in there]
    if known:
        ReportingRate.objects.bulk_update(known, ["detection", "ward_code", *RATED])
    return kept


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
