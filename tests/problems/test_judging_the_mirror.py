"""Judging an evaluation by the mirrored requests: a small generated city, and a plan in it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import NEXT
from tests.problems.evaluations import tried
from tests.trouble import HEADER, KINDS, Trouble
from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.city.actions import note_place
from wardroom.directory.models import Party
from wardroom.fieldwork.actions import record_check
from wardroom.jobs import routines
from wardroom.jobs.routines import judge_nightly
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.library.actions import sort_services
from wardroom.problems.actions import decide_candidate, keep_false_alarms
from wardroom.problems.gateways import detect
from wardroom.problems.gateways.drafting import Wanted
from wardroom.problems.gateways.evaluating import give_verdict
from wardroom.problems.gateways.foreseeing import foresee_evaluation, register_wanted
from wardroom.problems.gateways.trying import try_judge
from wardroom.problems.models import Evaluation, FalseAlarmCheck, PersistentLocation, Verdict
from wardroom.problems.queries.false_alarms import false_alarms
from wardroom.service_requests.gateways.importing import import_file

pytestmark = pytest.mark.django_db
MONTHS, TROUBLED, TREATED = 50, 60, 12
BEGIN = NOON - timedelta(days=30 * MONTHS)
STARTED = date(2025, 11, 1)
EARLIER = datetime(2025, 10, 20, 16, tzinfo=NOON.tzinfo)
AFTER_A_YEAR = date(2026, 11, 1)
EPISODE_A_MONTH, QUIETER = 2.5, 0.25
ORDINARY = 400


def _points(n: int) -> np.ndarray:
    """Places in ward 5 and 7, over 400 m apart from each other for the first of them."""
    across, up = np.meshgrid(np.linspace(-77.018, -76.942, 14), np.linspace(38.902, 38.938, 9))
    grid = np.column_stack([across.ravel(), up.ravel()])
    rng = np.random.default_rng(5)
    more = np.column_stack([rng.uniform(-77.019, -76.941, n), rng.uniform(38.901, 38.939, n)])
    return np.concatenate([grid[:TROUBLED], more])[:n]


def _write(path: Path) -> np.ndarray:
    """A city in which a plan quartered the trouble at the first places from November 2025 on."""
    rng = np.random.default_rng(11)
    points = _points(TROUBLED + ORDINARY)
    start = datetime(STARTED.year, STARTED.month, STARTED.day, 5, tzinfo=NOON.tzinfo)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        number = 0
        for place, (lon, lat) in enumerate(points.tolist()):
            troubled = place < TROUBLED
            rate = EPISODE_A_MONTH if troubled else 0.15
            for _ in range(rng.poisson(rate * MONTHS)):
                at = BEGIN + timedelta(seconds=float(rng.uniform(0, 30 * MONTHS * 86_400)))
                kind = "DUMP" if troubled else ("DUMP", "RODENT", "GRAF")[number % 3]
                if place < TREATED and at >= start and rng.random() > QUIETER:
                    continue
                number += 1
                name, agency = KINDS[kind]
                closed = at + timedelta(days=1)
                writer.writerow(
                    (
                        f"r{number}", f"{at:%Y-%m-%dT%H:%M:%SZ}", f"{closed:%Y-%m-%dT%H:%M:%SZ}",
                        "", kind, name, agency, lon, lat, f"{place} GRID STREET NE",
                        700_000 + place, "", "CLOSED", 1,
                    )
                )  # fmt: skip
    return points


@pytest.fixture
def grid(small_city: Path, agencies: Mapping[str, Party], director: Cast) -> list[int]:
    """The locations of the treated places, designated before the plan began."""
    with guard_pass("a director of long standing"):
        director.user.grants.update(valid_from=date(2020, 1, 1))
    points = _write(small_city / "grid.csv")
    import_file(small_city / "grid.csv", layout_word="plain-full", schematic=True, stamp=HOUSE)
    sort_services(None, stamp=HOUSE)
    detection = detect(as_of=EARLIER, stamp=replace(HOUSE, at=EARLIER))
    candidate = detection.candidates.order_by("rank")[0]
    made = []
    for n in range(TREATED):
        place = note_place(
            None, key=9_000 + n, label=f"Place {n}", latitude=float(points[n, 1]),
            longitude=float(points[n, 0]), stamp=HOUSE,
        )  # fmt: skip
        made.append(_designated(candidate, place, director))
    return made


def _designated(candidate: object, place: object, director: Cast) -> int:
    """A location as a candidate at this very place would have become one."""
    from wardroom.problems.models import Candidate

    row = Candidate.objects.get(pk=candidate.pk)  # type: ignore[attr-defined]
    row.pk, row.place = None, place  # type: ignore[assignment]
    row.latitude, row.longitude = row.place.latitude or 0.0, row.place.longitude or 0.0
    with guard_pass("a candidate of a test's own"):
        row.save(force_insert=True)
    stamp = Stamp(director.actor, EARLIER, director.stamp.window)
    decision = decide_candidate(row, verdict="designate", reason="Again", next_on=NEXT, stamp=stamp)
    return PersistentLocation.objects.get(decision=decision).pk


def wanted(locations: list[int], **changes: object) -> Wanted:
    plain = Wanted("Crews twice a week", tuple(locations), STARTED, AFTER_A_YEAR)
    return replace(plain, **changes)  # type: ignore[arg-type]


def early(who: Cast) -> Stamp:
    """This person, before the plan began."""
    return Stamp(who.actor, EARLIER, who.stamp.window)


def test_plan_that_quarters_the_trouble_is_told_to_have_worked(
    grid: list[int], director: Cast
) -> None:
    seen = foresee_evaluation(wanted(grid), director.actor, now=EARLIER)
    assert seen.compared is not None
    assert seen.compared >= 10
    assert all(place.before > 12 for place in (seen.draft.places if seen.draft else ()))
    assert any("50% fewer" in words for words in seen.needed)
    evaluation = register_wanted(wanted(grid), stamp=early(director))
    assert evaluation.data_until < STARTED

    interim = give_verdict(evaluation.pk, stamp=replace(HOUSE, at=NOON - timedelta(days=200)))
    assert interim is not None
    assert (interim.interim, interim.word, interim.months) == (True, "cannot tell yet", 6)
    assert interim.figures["watch"]["alarm_in"] is not None
    assert "over 20 times as likely" in interim.sentence

    verdict = give_verdict(evaluation.pk, stamp=HOUSE)
    assert verdict is not None
    assert (verdict.interim, verdict.word, verdict.months) == (False, "worked", 12)
    figures = verdict.figures
    assert 0.1 < figures["low"] <= figures["effect"] <= figures["high"] < 0.6
    assert (figures["treated"], figures["passed_gate"]) == (TREATED, TREATED)
    assert sum(row["after"] for row in figures["places"]) == figures["after"]
    assert verdict.a_a_rate is not None
    assert 0.0 <= verdict.a_a_rate <= 0.15
    assert "The plan worked" in verdict.sentence
    assert give_verdict(evaluation.pk, stamp=HOUSE) is None


def test_lot_compares_with_those_that_wait(grid: list[int], director: Cast) -> None:
    stamp = early(director)
    evaluation = register_wanted(wanted(grid, at_once=6), stamp=stamp)
    first, waits = (evaluation.places.filter(wave=n)[0].location.matter for n in (0, 1))
    since, before = NOON - timedelta(days=3), EARLIER
    for matter, finding, at in (
        (first, "not_fixed", before), (first, "clean", since), (waits, "not_fixed", since)
    ):  # fmt: skip
        record_check(
            matter, finding=finding, rating=1 if finding == "clean" else 3, note="", seen_at=at,
            stamp=replace(director.stamp, at=at + timedelta(hours=1)),
        )  # fmt: skip
    judge_nightly()
    verdict = Verdict.objects.get(evaluation=evaluation)
    assert (verdict.figures["treated"], verdict.figures["compared"]) == (6, 6)
    assert verdict.figures["exact"]
    assert verdict.word != "worked", "all twelve were treated alike in this city"
    checks = verdict.figures["checks"]
    assert (checks["clean"], checks["checked"], checks["clean_before"]) == (1, 1, 0)
    assert (checks["checked_before"], checks["clean_there"], checks["checked_there"]) == (1, 0, 1)
    assert checks["checked_there_before"] == 0


def test_same_data_say_the_same(grid: list[int], director: Cast) -> None:
    evaluation = register_wanted(wanted(grid), stamp=early(director))
    first = give_verdict(evaluation.pk, stamp=HOUSE)
    assert first is not None
    from wardroom.problems.gateways.evaluating import _told

    again = _told(Evaluation.objects.get(pk=evaluation.pk), 12, NOON, interim=False)
    assert (dict(again.figures), again.a_a_rate) == (first.figures, first.a_a_rate)


def test_nothing_is_said_before_a_whole_month_is_over(grid: list[int], director: Cast) -> None:
    evaluation = register_wanted(wanted(grid), stamp=early(director))
    assert give_verdict(evaluation.pk, stamp=replace(HOUSE, at=EARLIER)) is None


def test_judge_is_tried_once_a_quarter_on_places_without_a_plan(
    grid: list[int], director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = try_judge(NOON, portfolios=40)
    assert free.starts[0] == "2025-11"
    assert free.places >= 30
    assert free.figures[0]["size"] == 10
    assert all(row["plans"] == 40 and 0 <= row["rate"] <= 0.3 for row in free.figures)
    assert try_judge(NOON, portfolios=40) == free
    monkeypatch.setattr(routines, "worker_stamp", lambda: HOUSE)
    assert routines.try_judge_quarterly()
    assert not routines.try_judge_quarterly()
    kept = FalseAlarmCheck.objects.get()
    assert (kept.data_until, kept.places) == (free.data_until, free.places)
    later = replace(HOUSE, at=NOON + timedelta(days=50))
    monkeypatch.setattr(routines, "worker_stamp", lambda: later)
    assert routines.try_judge_quarterly()
    seen = false_alarms(director.actor)
    assert seen is not None
    assert seen.rows[0].size == 10


def test_judge_with_too_little_data_says_so(trouble: Trouble, director: Cast) -> None:
    young = try_judge(NOON)
    assert young.figures == ()
    keep_false_alarms(None, tried=young, stamp=HOUSE)
    seen = false_alarms(director.actor)
    assert seen is not None
    assert seen.rows == ()


def test_only_the_house_keeps_what_the_judge_got_wrong(db: None, director: Cast) -> None:
    with pytest.raises(NotAllowed):
        keep_false_alarms(None, tried=tried(), stamp=director.stamp)


def test_office_without_requests_registers_nothing(small_city: Path, director: Cast) -> None:
    with pytest.raises(Refused) as no:
        foresee_evaluation(wanted([1]), director.actor, now=NOON)
    assert no.value.code == "no_requests"
