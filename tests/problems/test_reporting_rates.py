"""How readily districts report, told from repeats, and what that would change in a ranking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.trouble import EVERYDAY, Report, Trouble, bring_in, city_reports, monthly
from tests.uneven import TROUBLES
from wardroom.access.actor import SYSTEM
from wardroom.city.actions import Feature, load_boundaries
from wardroom.problems.actions import FoundPlace
from wardroom.problems.gateways import detect, rank_city, reporting_rates
from wardroom.problems.gateways.choosing import Wards
from wardroom.problems.gateways.mirrored_city import read_city
from wardroom.problems.models import Candidate, Detection, ReportingRate
from wardroom.problems.queries import candidate_file, candidate_page

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def rates(detection: Detection) -> dict[str, ReportingRate]:
    return {rate.code: rate for rate in detection.rates.all()}


def test_ward_that_reports_again_is_told_from_one_that_does_not(uneven: Trouble) -> None:
    five, seven = rates(uneven.detection)["5"], rates(uneven.detection)["7"]
    assert (five.kind, five.ward_code, seven.ward_code) == ("ward", "5", "7")
    assert five.lower > 1 > seven.upper
    assert (five.repeats, seven.repeats) == (2 * TROUBLES, 0)
    assert five.delay_days < seven.delay_days  # type: ignore[operator]
    assert (five.why, seven.why) == ("", "seldom")
    assert five.unreported is None
    bounds = seven.unreported_low, seven.unreported, seven.unreported_high
    assert 0 < bounds[0] < bounds[1] < bounds[2]  # type: ignore[operator]
    assert uneven.detection.reporting["repeats"] == 2 * TROUBLES
    assert uneven.detection.reporting["definition"].startswith("Reporting rate, definition 1.")


def seen_of(folder: Path, reports: list[Report]) -> tuple[list[int], list[float]]:
    """The repeats and the days of every trouble of these reports."""
    bring_in(folder, reports)
    seen = reporting_rates.troubles_seen(read_city(NOON))
    return seen.repeats.tolist(), np.round(seen.days, 6).tolist()


def test_who_reports_later_does_not_lengthen_the_days_that_count(
    small_city: Path, agencies: object
) -> None:
    """A neighbour's report keeps the episode open; it still was closed for the first caller."""
    first = NOON - timedelta(days=60)
    reports = [
        Report(1, first, first + timedelta(days=2), reporter=1),
        Report(1, first + timedelta(days=1), first + timedelta(days=30), reporter=2),
        Report(1, first + timedelta(days=20), first + timedelta(days=30), reporter=3),
    ]
    assert seen_of(small_city, reports) == ([1], [2.0])


def test_one_person_counts_once_in_a_trouble(small_city: Path, agencies: object) -> None:
    """Whoever rings every day is one voice; who gives no name cannot be told from others."""
    first = NOON - timedelta(days=60)
    closed = first + timedelta(days=20)
    again = [Report(1, first + timedelta(days=d), closed, reporter=1) for d in (1, 2)]
    other = [Report(1, first + timedelta(days=d), closed, reporter=2) for d in (3, 4)]
    unnamed = [Report(1, first + timedelta(days=d), closed) for d in (5, 6)]
    reports = [Report(1, first, closed, reporter=1), *again, *other, *unnamed]
    assert seen_of(small_city, reports) == ([3], [20.0])


def seen(repeats: list[int]) -> reporting_rates.Seen:
    """Troubles of one kind in two districts, open for ten days each."""
    many = len(repeats)
    return reporting_rates.Seen(
        longitude=np.zeros(many),
        latitude=np.zeros(many),
        kind=np.zeros(many, dtype=np.int64),
        repeats=np.array(repeats),
        days=np.full(many, 10.0),
        lately=np.ones(many, dtype=bool),
    )


def test_repeats_that_come_in_clusters_tell_less() -> None:
    """As many repeats, but of one trouble in ten: the interval is wider and nearer to the city."""
    district = np.repeat([0, 1], 300)
    spread = [1] * 300 + [0, 0, 1] * 100
    clusters = ([10] + [0] * 9) * 30 + ([10] + [0] * 29) * 10
    even, times = reporting_rates._rates(seen(spread), district, 2)
    uneven, more = reporting_rates._rates(seen(clusters), district, 2)
    assert even.repeats.tolist() == pytest.approx(uneven.repeats.tolist())
    assert times == 1.0 < more
    assert uneven.upper[1] / uneven.lower[1] > even.upper[1] / even.lower[1]
    assert even.relative[1] < uneven.relative[1] < 1 < uneven.relative[0] < even.relative[0]


def test_a_hundred_days_count_at_most(small_city: Path, agencies: object) -> None:
    first = NOON - timedelta(days=300)
    reports = [
        Report(1, first, first + timedelta(days=200), reporter=1),
        Report(1, first + timedelta(days=99), first + timedelta(days=200), reporter=2),
        Report(1, first + timedelta(days=150), first + timedelta(days=200), reporter=3),
    ]
    assert seen_of(small_city, reports) == ([1], [100.0])


def test_open_trouble_counts_until_now_and_ordered_services_never(
    small_city: Path, agencies: object
) -> None:
    opened = NOON - timedelta(days=8)
    reports = [
        Report(1, opened, status="OPEN", reporter=1),
        Report(2, opened, kind="BULK", status="OPEN", reporter=1),
        Report(3, NOON, status="OPEN", reporter=1),
    ]
    assert seen_of(small_city, reports) == ([0, 0], [8.0, 0.0])


def test_place_where_few_report_would_have_more(uneven: Trouble) -> None:
    for place in (1, 2):
        here = uneven.candidate(place)
        assert here.even_excess is not None
        assert here.even_excess < here.excess_a_month
    there = uneven.candidate(3)
    assert there.even_low is not None
    assert there.even_high is not None
    assert there.excess_a_month < there.even_low < (there.even_excess or 0) < there.even_high
    assert there.rate == rates(uneven.detection)["7"]
    assert sorted(c.even_rank or 0 for c in uneven.candidates if c.flagged) == [1, 2, 3]
    assert there.even_rank < there.rank  # type: ignore[operator]


def test_districts_that_report_alike_move_nothing(trouble: Trouble) -> None:
    for candidate in trouble.candidates:
        assert candidate.even_rank == candidate.rank
        assert candidate.even_excess == pytest.approx(candidate.excess_a_month)
    assert {rate.why for rate in rates(trouble.detection).values()} == {"silent"}


def without_correction(found: tuple[FoundPlace, ...]) -> list[FoundPlace]:
    return [replace(place, even=None) for place in found]


def test_correction_changes_neither_the_evidence_nor_the_order(
    uneven: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = rank_city(now=NOON).found
    assert all(place.even is not None for place in shown)
    monkeypatch.setattr(reporting_rates, "dated_indexes", lambda kind: [])
    plain = rank_city(now=NOON)
    assert all(place.even is None for place in plain.found)
    assert without_correction(shown) == list(plain.found)
    assert (plain.rates, dict(plain.reporting)) == ((), {})


def test_sure_places_have_the_first_ranks(trouble: Trouble) -> None:
    """Ranks that a reader counts by hold no place that the list hides."""
    more = [
        report
        for place in range(10, 40)
        for report in monthly(place, months=4 + place % 20, kind=EVERYDAY[place % 7])
    ]
    bring_in(trouble.folder, more, at=NOON + timedelta(seconds=1))
    found = list(detect(stamp=HOUSE).candidates.order_by("rank"))
    flagged = [c.flagged for c in found]
    assert True in flagged
    assert False in flagged
    assert flagged == sorted(flagged, reverse=True)
    assert [c.rank for c in found] == list(range(1, len(found) + 1))


def test_file_says_among_how_many_a_place_has_its_rank(uneven: Trouble, liaison7: Cast) -> None:
    third = uneven.candidate(3)
    file = candidate_file(third.pk, liaison7.actor, on=TODAY)
    standing = file.standing
    assert standing is not None
    assert (standing.rank, standing.of) == (third.rank, 3)
    assert (standing.ward_rank, standing.of_ward) == (1, 1)
    bring_in(uneven.folder, [Report(9, NOON, reporter=3)], at=NOON + timedelta(seconds=1))
    rows = [c for c in detect(stamp=HOUSE).candidates.all() if not c.flagged]
    for candidate in rows:
        assert candidate_file(candidate.pk, liaison7.actor, on=TODAY).standing is None


def test_file_tells_how_readily_people_report_around_it(uneven: Trouble, liaison7: Cast) -> None:
    kept = uneven.candidate(3)
    file = candidate_file(kept.pk, liaison7.actor, on=TODAY)
    told = next(reason for reason in file.reasons if "readily" in reason)
    assert told.startswith("People in Ward 7 report less readily than the city: about 0.")
    assert f"number {kept.even_rank} instead of {kept.rank}" in told
    shown = {n.code: n for n in file.numbers}["even"]
    assert shown.shown == (
        f"{kept.even_excess:.1f} a month ({kept.even_low:.1f} to {kept.even_high:.1f})"
    )
    assert "definition 1" in shown.definition


def test_list_says_how_many_would_move(uneven: Trouble, trouble_page: Any, director: Cast) -> None:
    evening = candidate_page(director.actor, on=TODAY).evening
    assert evening is not None
    assert (evening.total, evening.first, evening.others) == (3, 3, 0)
    assert evening.higher >= 1
    assert [r.label[0] for r in trouble_page(sort="even")] == [
        c.place.label[0] for c in sorted(uneven.candidates, key=lambda c: c.even_rank or 0)
    ]


@pytest.fixture
def trouble_page(director: Cast) -> Any:
    """The rows of the first page for the director."""
    return lambda **words: candidate_page(director.actor, on=TODAY, **words).rows


def test_ranking_keeps_the_rates_of_its_own_day(uneven: Trouble) -> None:
    before = [(r.code, r.relative, r.repeats) for r in uneven.detection.rates.order_by("code")]
    opened, later = NOON - timedelta(days=3), NOON + timedelta(days=1)
    again = [
        Report(200 + n, opened + timedelta(hours=h), ward="7", reporter=400 + h, status="OPEN")
        for n in range(30)
        for h in (0, 5, 9)
    ]
    bring_in(uneven.folder, again, at=later)
    fresh = detect(stamp=stamp_for(SYSTEM, later))
    assert rates(fresh)["7"].repeats == 60
    kept = [(r.code, r.relative, r.repeats) for r in uneven.detection.rates.order_by("code")]
    assert kept == before


def load_members(per_ward: int) -> None:
    """Single-member districts: each ward cut into so many strips from west to east."""
    features = []
    for ward, west in (("5", -77.02), ("7", -76.98)):
        wide = 0.04 / per_ward
        for n in range(per_ward):
            code = f"{ward}A{n + 1:02d}"
            strip = box(west + n * wide, 38.90, west + (n + 1) * wide, 38.94)
            features.append(Feature(code, f"SMD {code}", strip))
    load_boundaries(
        None,
        kind="smd",
        valid_from=date(2022, 1, 1),
        features=features,
        source="a test",
        digest="2" * 64,
        schematic=True,
        stamp=HOUSE,
    )


@pytest.mark.parametrize(("per_ward", "kind"), [(2, "smd"), (30, "ward")])
def test_smallest_districts_with_enough_repeats_are_compared(
    per_ward: int, kind: str, uneven: Trouble
) -> None:
    load_members(per_ward)
    known = reporting_rates.reporting_in(read_city(NOON), Wards(NOON), NOON)
    assert known.summary["kind"] == kind
    assert {row.kind for row in known.rows} == {kind}
    wards = {row.code[0]: row.ward_id for row in known.rows}
    assert len(set(wards.values())) == 2
    assert 0 not in wards.values()


def test_place_outside_every_district_is_taken_for_the_city(
    uneven: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ward 7 alone is drawn as an ANC; the places of ward 5 lie in none."""
    load_boundaries(
        None,
        kind="smd",
        valid_from=date(2022, 1, 1),
        features=[Feature("7A01", "SMD 7A01", box(-76.98, 38.90, -76.94, 38.94))],
        source="a test",
        digest="3" * 64,
        schematic=True,
        stamp=HOUSE,
    )
    monkeypatch.setattr(reporting_rates, "KINDS", ("smd",))
    again = detect(stamp=stamp_for(SYSTEM, NOON + timedelta(hours=1)))
    first = again.candidates.get(place__label="1 ALLEY STREET NE")
    assert first.rate is None
    assert first.even_excess == pytest.approx(first.excess_a_month)


def test_same_city_gives_the_same_rates(small_city: Path, agencies: object) -> None:
    bring_in(small_city, city_reports())
    one, other = (rank_city(now=NOON) for _ in range(2))
    assert one.rates == other.rates
    assert one.found == other.found
    assert not Candidate.objects.exists()
