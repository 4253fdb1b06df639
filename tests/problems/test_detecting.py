"""Ranking all places: what is kept, what was known at the time, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.utils.timezone import localdate
from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.trouble import (
    Report,
    Trouble,
    bring_in,
    city_reports,
    monthly,
    ordinary,
    point_of,
    set_up,
)
from wardroom.access.actor import SYSTEM
from wardroom.city.actions import Feature, load_boundaries
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.problems.gateways import detect
from wardroom.problems.models import Candidate, Detection
from wardroom.problems.queries import candidate_file, candidate_page
from wardroom.service_requests.models import ServiceRequest

pytestmark = pytest.mark.django_db
KEPT = (
    "place_id", "ward_id", "ward_code", "rank", "ward_rank", "latitude", "longitude", "radius_m",
    "score", "p_value", "q_value", "flagged", "excess_a_month", "course", "window", "episodes",
    "expected", "active_months", "returns", "reporters", "agencies", "topics", "months",
    "severity", "busy_episodes", "stuck_months", "numbers",
)  # fmt: skip


def kept(detection: Detection) -> list[dict[str, Any]]:
    """Everything that a ranking kept about its candidates, in its order."""
    return list(detection.candidates.order_by("rank").values(*KEPT))


def test_places_out_of_the_ordinary_are_kept_in_the_order_of_their_excess(
    trouble: Trouble,
) -> None:
    rows = trouble.candidates
    named = [(c.place.label, c.ward_code, c.rank, c.ward_rank, c.episodes) for c in rows]
    assert named == [
        ("1 ALLEY STREET NE", "5", 1, 1, 33),
        ("2 ALLEY STREET NE", "5", 2, 2, 24),
        ("3 ALLEY STREET NE", "7", 3, 1, 12),
    ]
    excess = [c.excess_a_month for c in rows]
    assert excess == sorted(excess, reverse=True)
    assert all(c.flagged and (c.p_value or 0.0) <= (c.q_value or 1.0) <= 0.1 for c in rows)
    assert all(sum(c.months[-12:]) == c.episodes and len(c.months) == 36 for c in rows)
    assert all(c.episodes > 2 * c.expected > 0 for c in rows)
    for c, place in zip(rows, (1, 2, 3), strict=True):
        longitude, latitude = point_of(c.ward_code, place)
        assert (c.longitude, c.latitude) == pytest.approx((longitude, latitude), abs=1e-5)
        assert c.radius_m in (20, 35, 70)


def test_kinds_that_stand_out_are_named_with_their_agencies(trouble: Trouble) -> None:
    kept = trouble.candidate(2)
    assert [(t["code"], t["episodes"]) for t in kept.topics] == [("rodents", 12), ("dumping", 12)]
    assert kept.agencies == ["DOH", "DPW"]
    assert all(t["active_months"] > 3 * t["expected_months"] for t in kept.topics)


def test_services_that_people_order_are_no_trouble(trouble: Trouble) -> None:
    """They count for how lively a place is, and make no candidate."""
    assert trouble.detection.requests == len(city_reports())
    assert not trouble.detection.candidates.filter(place__label__startswith="4 ").exists()


def test_request_without_a_point_is_left_out_and_counted(trouble: Trouble) -> None:
    with set_up():
        ServiceRequest.objects.filter(address="501 ALLEY STREET NE").update(
            latitude=None, longitude=None
        )
    bring_in(trouble.folder, [Report(9, NOON, reporter=3)], at=NOON + timedelta(seconds=1))
    again = detect(stamp=HOUSE)
    assert (trouble.detection.left_out, again.left_out) == (0, 1)
    assert again.requests == trouble.detection.requests


def test_calibration_holds_for_a_week(trouble: Trouble) -> None:
    first = trouble.detection
    assert first.calibration is not None
    assert first.calibrated_as_of == first.data_as_of

    def detected(days: int) -> Detection:
        """With a report that came so many days after the data of the first."""
        opened, later = first.data_as_of + timedelta(days=days), NOON + timedelta(days=days)
        bring_in(trouble.folder, [Report(9, opened, reporter=3)], at=later)
        return detect(stamp=stamp_for(SYSTEM, later))

    next_day, next_week = detected(1), detected(8)
    assert next_day.calibration == first.calibration
    assert next_day.calibrated_as_of == first.data_as_of
    assert next_week.calibrated_as_of == next_week.data_as_of


def test_city_that_grew_is_calibrated_anew(trouble: Trouble) -> None:
    later = NOON + timedelta(days=1)
    newest = Report(9, trouble.detection.data_as_of + timedelta(days=1), reporter=3)
    bring_in(trouble.folder, [newest, *ordinary("5", first=550)], at=later)
    again = detect(stamp=stamp_for(SYSTEM, later))
    assert again.calibrated_as_of == again.data_as_of


def test_two_candidates_never_share_a_place(trouble: Trouble) -> None:
    """Half the trouble of one address lies a street away, under the same address."""
    far = monthly(1, months=24, kind="NOISE")
    later = NOON + timedelta(days=1)
    bring_in(trouble.folder, far, at=later)
    moved = ServiceRequest.objects.filter(service__code="NOISE", address="1 ALLEY STREET NE")
    with set_up():
        assert moved.update(latitude=F("latitude") + 0.002) == 24
    bring_in(trouble.folder, [Report(9, NOON, reporter=3)], at=later + timedelta(hours=1))
    rows = detect(stamp=stamp_for(SYSTEM, later + timedelta(hours=1))).candidates
    assert rows.filter(place=trouble.candidate(1).place).count() == 1


def test_second_ranking_of_the_same_data_says_the_same(trouble: Trouble) -> None:
    again = detect(stamp=stamp_for(SYSTEM, NOON + timedelta(hours=1)))
    assert again.pk != trouble.detection.pk
    assert kept(again) == kept(trouble.detection)
    assert (again.requests, again.episodes, again.places, again.data_as_of) == (
        trouble.detection.requests,
        trouble.detection.episodes,
        trouble.detection.places,
        trouble.detection.data_as_of,
    )


@pytest.mark.parametrize(
    "word", ["DUPLICATE (OPENED)", "CLOSED", "CLOSED (TRANSFERRED)", "no such word"]
)
def test_report_left_without_a_closing_time_swallows_no_later_episode(
    trouble: Trouble, director: Cast, word: str
) -> None:
    """Only a plainly open request keeps its episode open; a duplicate left open does not."""
    left = Report(5, NOON - timedelta(days=290), status=word, reporter=9)
    later = NOON + timedelta(seconds=1)
    bring_in(trouble.folder, [*monthly(5, months=8), left], at=later)
    found = detect(stamp=stamp_for(SYSTEM, later)).candidates.get(place__label="5 ALLEY STREET NE")
    shown = candidate_file(found.pk, director.actor, on=localdate(NOON))
    assert found.episodes == len(shown.episodes) == 9
    assert shown.episodes[-1].ended_on == localdate(left.opened)


@pytest.mark.parametrize("word", ["OPEN", "IN PROGRESS"])
def test_open_request_keeps_its_episode_open(trouble: Trouble, director: Cast, word: str) -> None:
    still = Report(1, NOON - timedelta(days=190), status=word, reporter=9)
    later = NOON + timedelta(seconds=1)
    bring_in(trouble.folder, [still], at=later)
    found = detect(stamp=stamp_for(SYSTEM, later)).candidates.get(place__label="1 ALLEY STREET NE")
    shown = candidate_file(found.pk, director.actor, on=localdate(NOON))
    dumping = [e for e in shown.episodes if e.topic == "Illegal dumping"]
    assert len(dumping) == 30 - 6
    assert dumping[0].ended_on is None


def test_place_whose_feed_names_no_callers_is_kept_beside_one_that_does(trouble: Trouble) -> None:
    silent = [replace(r, reporter=0) for r in monthly(6, months=8)]
    later = NOON + timedelta(seconds=1)
    bring_in(trouble.folder, silent, at=later)
    rows = detect(stamp=stamp_for(SYSTEM, later)).candidates
    unknown = rows.get(place__label="6 ALLEY STREET NE")
    assert (unknown.reporters, unknown.numbers["top_share"]) == (None, None)
    assert rows.get(place__label="1 ALLEY STREET NE").reporters == 5


def redraw(day: date) -> None:
    """From a day on, the ground of Ward 5 is Ward 8, and Ward 7 is as it was."""
    load_boundaries(
        None,
        kind="ward",
        valid_from=day,
        features=[
            Feature("8", "Ward 8", box(-77.02, 38.90, -76.98, 38.94)),
            Feature("7", "Ward 7", box(-76.98, 38.90, -76.94, 38.94)),
        ],
        source="a test",
        digest="8" * 64,
        schematic=True,
        stamp=HOUSE,
    )


def test_candidate_is_in_the_ward_that_holds_on_the_day_of_the_data(trouble: Trouble) -> None:
    """Every request is from before the change; the list is of the day after it."""
    change = localdate(NOON) - timedelta(days=3)
    redraw(change)
    after = detect(as_of=NOON, stamp=HOUSE).candidates.order_by("rank")
    assert [(c.ward_code, c.ward_rank) for c in after] == [("8", 1), ("8", 2), ("7", 1)]
    assert {c.ward.boundary_set.valid_from for c in after if c.ward} == {change}
    before = detect(as_of=NOON - timedelta(days=4), stamp=HOUSE).candidates
    assert set(before.values_list("ward_code", flat=True)) == {"5", "7"}


def test_look_back_uses_only_what_was_known_then(small_city: Path, agencies: object) -> None:
    half = NOON - timedelta(days=200)
    bring_in(small_city, [r for r in city_reports() if r.opened <= half], at=half)
    known = detect(as_of=half, stamp=stamp_for(SYSTEM, half))
    bring_in(small_city, city_reports())
    back = detect(as_of=half, stamp=HOUSE)
    assert kept(known)
    assert (back.requests, back.episodes, back.places) == (
        known.requests,
        known.episodes,
        known.places,
    )
    assert kept(back) == kept(known)


def test_closure_after_the_instant_is_not_yet_known(trouble: Trouble) -> None:
    def closed(days: int) -> int:
        detection = detect(as_of=NOON - timedelta(days=days), stamp=HOUSE)
        numbers = detection.candidates.get(place__label="1 ALLEY STREET NE").numbers
        return int(numbers["closed"])

    assert (closed(4), closed(6)) == (33, 30)


def test_look_back_does_not_become_the_list_of_today(trouble: Trouble, director: Cast) -> None:
    later = stamp_for(SYSTEM, NOON + timedelta(hours=1))
    back = detect(as_of=NOON - timedelta(days=250), stamp=later)
    page = candidate_page(director.actor, on=localdate(NOON))
    assert page.data_as_of == trouble.detection.data_as_of
    assert back.data_as_of == NOON - timedelta(days=250)
    assert [r.id for r in page.rows] == [c.pk for c in trouble.candidates]


def test_instant_to_come_is_cut_to_now(trouble: Trouble) -> None:
    ahead = detect(as_of=NOON + timedelta(days=99), stamp=HOUSE)
    assert ahead.data_as_of == NOON


def test_mirror_without_requests_is_refused(small_city: Path) -> None:
    with pytest.raises(Refused) as no:
        detect(stamp=HOUSE)
    assert no.value.code == "no_requests"
    assert not Detection.objects.exists()


def test_day_before_the_first_request_gives_no_candidates(trouble: Trouble) -> None:
    early = detect(as_of=NOON - timedelta(days=3000), stamp=HOUSE)
    assert (early.requests, early.episodes, early.places) == (0, 0, 0)
    assert not early.candidates.exists()


def test_only_the_house_and_the_director_rank(
    trouble: Trouble,
    director: Cast,
    liaison5: Cast,
    partner_dpw: Cast,
    records_officer: Cast,
) -> None:
    for who in (liaison5, partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            detect(stamp=who.stamp)
    assert detect(stamp=director.stamp).candidates.count() == 3


def test_ranking_is_one_line_in_the_ledger(trouble: Trouble) -> None:
    entry = Entry.objects.get(kind="DetectionRun")
    assert entry.body["detection_id"] == trouble.detection.pk
    assert entry.body["candidates"] == 3 == Candidate.objects.count()


def rank_after_import(at: datetime) -> None:
    """What the worker does after the newest import, offered twice."""
    entry = Entry.objects.filter(kind="RequestsImported").latest("pk")
    for receipt in Receipt.objects.filter(entry=entry):
        for _ in range(2):
            deliver_receipt(receipt.pk, stamp=stamp_for(SYSTEM, at))
        receipt.refresh_from_db()
        assert receipt.state == "done"


def test_import_is_ranked_once(trouble: Trouble) -> None:
    rank_after_import(NOON)
    assert Detection.objects.count() == 1
    later = NOON + timedelta(days=1)
    bring_in(trouble.folder, [Report(9, NOON, reporter=3)], at=later)
    rank_after_import(later)
    assert Detection.objects.count() == 2


def test_look_back_after_an_import_does_not_stand_for_its_ranking(trouble: Trouble) -> None:
    later = NOON + timedelta(days=1)
    bring_in(trouble.folder, [Report(9, NOON, reporter=3)], at=later)
    detect(as_of=NOON - timedelta(days=100), stamp=stamp_for(SYSTEM, later))
    rank_after_import(later)
    assert Detection.objects.count() == 3
