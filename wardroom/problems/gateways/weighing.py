"""From a folded city to the places that are put forward, each with its evidence and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from wardroom.analysis.ordinary_places import Calibration
from wardroom.analysis.persistent_places import FALSE_SHARE, METHOD, rank
from wardroom.problems.actions import FoundPlace, Ranked, Reasons
from wardroom.problems.gateways.choosing import (
    BUSIEST_A_WARD,
    MOST_A_WARD,
    STUCK_A_WARD,
    ChosenPlace,
    Wards,
    choose_places,
)
from wardroom.problems.gateways.evening import evened
from wardroom.problems.gateways.mirrored_city import MirroredCity, read_city
from wardroom.problems.gateways.one_more import OneMore
from wardroom.problems.gateways.place_facts import drafts_of, overdue_at
from wardroom.problems.gateways.reporting_rates import Reporting, reporting_in
from wardroom.problems.models import Detection
from wardroom.service_requests.gateways.snapshot import rows_taken_in

CALIBRATION_HOLDS = timedelta(days=7)
GROWTH = 0.10
SETTINGS = {
    "false_share": FALSE_SHARE,
    "most_a_ward": MOST_A_WARD,
    "busiest_a_ward": BUSIEST_A_WARD,
    "stuck_a_ward": STUCK_A_WARD,
    "calibration_days": CALIBRATION_HOLDS.days,
}


def weigh_city(as_of: datetime) -> Ranked:
    """Rank all places up to an instant and say why each of those put forward is there."""
    came_to = rows_taken_in()
    mirror = read_city(as_of)
    city = mirror.city
    if not len(city.reports):
        return _ranked(as_of, mirror, None, None, came_to, ())
    earlier = _detection_to_follow(as_of, len(city.places))
    ranking = rank(city, calibration=_calibration_of(earlier))
    calibration = {**ranking.calibration.as_json(), "places": len(city.places)}
    if earlier is not None:
        calibration = earlier.calibration
    wards = Wards(as_of)
    chosen = choose_places(mirror, ranking, wards)
    places = tuple(_finished(chosen, OneMore(mirror, ranking), wards, as_of))
    known = reporting_in(mirror, wards, as_of)
    places = evened(places, [each.at for each in chosen], ranking, known)
    learned_at = earlier.calibrated_as_of if earlier else as_of
    return _ranked(as_of, mirror, calibration, learned_at, came_to, places, known)


def _ranked(
    as_of: datetime,
    mirror: MirroredCity,
    calibration: dict[str, Any] | None,
    calibrated_as_of: datetime | None,
    rows_taken_in: int,
    found: tuple[FoundPlace, ...],
    known: Reporting | None = None,
) -> Ranked:
    return Ranked(
        as_of=as_of,
        method=METHOD,
        settings=SETTINGS,
        requests=len(mirror.city.reports),
        episodes=len(mirror.city.episodes),
        places=len(mirror.city.places),
        left_out=mirror.left_out,
        calibration=calibration,
        calibrated_as_of=calibrated_as_of,
        rows_taken_in=rows_taken_in,
        found=found,
        rates=known.rows if known else (),
        reporting=known.summary if known else {},
    )


def _detection_to_follow(as_of: datetime, places: int) -> Any:
    """The one that learned within the week before, if the city has not grown by a tenth since."""
    latest = (
        Detection.objects.filter(
            method=METHOD,
            calibrated_as_of__gt=as_of - CALIBRATION_HOLDS,
            calibrated_as_of__lte=as_of,
        )
        .order_by("-calibrated_as_of", "-pk")
        .first()
    )
    if (
        latest is None
        or latest.calibration is None
        or abs(places / latest.calibration["places"] - 1) > GROWTH
    ):
        return None
    return latest


def _calibration_of(detection: Any) -> Calibration | None:
    if detection is None:
        return None
    return Calibration.from_json({k: v for k, v in detection.calibration.items() if k != "places"})


def _finished(
    found: Sequence[ChosenPlace], one_more: OneMore, wards: Wards, as_of: datetime
) -> Iterator[FoundPlace]:  # fmt: skip
    ranking = one_more.ranking
    drafts = drafts_of([each.key for each in found])
    own = wards(
        np.array([drafts[each.key].longitude for each in found], dtype=np.float64),
        np.array([drafts[each.key].latitude for each in found], dtype=np.float64),
    )
    overdue = overdue_at({each.key: each.told.place_keys for each in found}, as_of)
    for each, ward_of_place in zip(found, own.tolist(), strict=True):
        at, why = each.at, each.told
        reasons = {field.name: getattr(why, field.name) for field in fields(Reasons)}
        reasons["numbers"] = {**why.numbers, **_case_of(each), **_one_more(each, one_more)}
        yield FoundPlace(
            draft=drafts[each.key],
            ward_id=each.ward_id or ward_of_place,
            latitude=each.latitude,
            longitude=each.longitude,
            radius_m=each.radius_m,
            score=round(float(ranking.score[at]), 6) if at >= 0 else 0.0,
            p_value=float(ranking.p_value[at]) if at >= 0 else None,
            q_value=float(ranking.q_value[at]) if at >= 0 else None,
            flagged=bool(ranking.flagged[at]) if at >= 0 else False,
            excess_a_month=float(ranking.excess_a_month[at]) if at >= 0 else why.over_a_month,
            **reasons,
            overdue=overdue[each.key],
            busy_episodes=each.busy_episodes,
            stuck_months=each.stuck_months,
        )


def _case_of(each: ChosenPlace) -> dict[str, Any]:
    return {"stuck_case": dict(each.stuck)} if each.stuck else {}


def _one_more(each: ChosenPlace, one_more: OneMore) -> dict[str, Any]:
    """The trouble of which one more episode, this month, would put a place on the list."""
    topics = each.told.topics
    if each.at < 0 or not topics or not one_more.would_list(each.at, topics[0]["code"]):
        return {}
    return {"one_more": topics[0]["name"]}
