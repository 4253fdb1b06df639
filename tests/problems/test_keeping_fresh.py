"""New requests change the ranking at once, and a night's ranking says the same as they did."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.trouble import Report, Trouble, bring_in, city_reports, monthly
from wardroom.access.actor import SYSTEM
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect, keep_fresh, rank_city
from wardroom.problems.models import Candidate, Detection
from wardroom.problems.queries import candidate_file, candidate_page, latest_detection
from wardroom.service_requests.gateways import snapshot
from wardroom.service_requests.gateways.snapshot import current_snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
EVENING = NOON + timedelta(hours=3)
SAID = (
    "place_id", "ward_code", "rank", "ward_rank", "latitude", "longitude", "radius_m", "score",
    "p_value", "q_value", "flagged", "excess_a_month", "course", "window", "episodes", "expected",
    "active_months", "returns", "reporters", "agencies", "topics", "months", "severity",
    "overdue", "busy_episodes", "stuck_months", "numbers",
)  # fmt: skip


def said(detection: Detection) -> list[dict[str, Any]]:
    """Everything that is said of the candidates of a ranking, in its order."""
    return list(detection.candidates.order_by("rank").values(*SAID))


def work(at: Any) -> None:
    """What the worker does after the newest import."""
    entry = Entry.objects.filter(kind="RequestsImported").latest("pk")
    for receipt in Receipt.objects.filter(entry=entry):
        assert deliver_receipt(receipt.pk, stamp=stamp_for(SYSTEM, at))


def take_in(folder: Path, reports: list[Report], *, at: Any) -> Detection:
    """A batch of the feed, and the ranking after it."""
    bring_in(folder, reports, at=at)
    work(at)
    latest = latest_detection()
    assert latest is not None
    return latest


def news() -> list[Report]:
    """What a day brings: a fourth place in trouble, new reports, and closings of old ones."""
    left_open = [
        Report(place, NOON - timedelta(days=9 + place), reporter=7, kind="DUMP") for place in (5, 6)
    ]
    closings = [Report(r.place, r.opened, NOON - timedelta(days=1), reporter=7) for r in left_open]
    return [
        *monthly(8, months=14, kind="RODENT"),
        *left_open,
        Report(1, NOON - timedelta(days=1), reporter=8),
        Report(2, NOON - timedelta(hours=9), kind="RODENT", reporter=9),
        Report(3, NOON - timedelta(hours=2), ward="7", reporter=9),
        *closings,
    ]


@pytest.mark.parametrize(("seed", "size"), [(1, 1), (2, 4), (3, 7), (4, 50)])
def test_night_says_what_the_batches_said(trouble: Trouble, seed: int, size: int) -> None:
    """In whatever order and size they come, except that a closing follows its opening."""
    coming = news()
    first, closings = coming[:-2], coming[-2:]
    random.Random(seed).shuffle(first)
    coming = [*first, *closings]
    fresh = trouble.detection
    for n, at in enumerate(range(0, len(coming), size)):
        fresh = take_in(trouble.folder, coming[at : at + size], at=NOON + timedelta(minutes=1 + n))
    night = detect(from_scratch=True, stamp=stamp_for(SYSTEM, EVENING))
    assert night.calibration == fresh.calibration == trouble.detection.calibration
    assert said(fresh) == said(night)
    assert {c.place.label[0] for c in night.candidates.all()} >= {"1", "2", "3", "8"}


def test_day_adds_one_set_of_rows_and_the_night_stays(trouble: Trouble) -> None:
    night = said(trouble.detection)
    fresh = [
        take_in(
            trouble.folder,
            [Report(1, NOON - timedelta(minutes=9 - n), reporter=20 + n, kind="NOISE")],
            at=NOON + timedelta(minutes=n),
        )
        for n in range(1, 4)
    ]
    assert [d.kept_fresh for d in fresh] == [True] * 3
    assert said(trouble.detection) == night
    assert Candidate.objects.count() == 2 * len(night)
    assert latest_detection() == fresh[-1]
    for earlier in fresh[:2]:
        earlier.refresh_from_db()
        assert earlier.carried_into_id is not None
        assert not earlier.candidates.exists()


def test_import_that_was_under_way_then_is_ranked_too(trouble: Trouble) -> None:
    """It brought nothing newer, only older requests: a file of an earlier year."""
    older = [Report(61, NOON - timedelta(days=300), kind="HOLE", reporter=5)]
    before = detect(stamp=stamp_for(SYSTEM, NOON + timedelta(minutes=1)))
    bring_in(trouble.folder, older, at=NOON)
    work(NOON + timedelta(minutes=2))
    latest = latest_detection()
    assert latest is not None
    assert latest.requests == before.requests + 1


def test_candidate_keeps_its_address_through_the_day(trouble: Trouble, director: Cast) -> None:
    first = take_in(trouble.folder, [Report(9, NOON, reporter=3)], at=NOON + timedelta(minutes=1))
    at_first = first.candidates.get(place__label="3 ALLEY STREET NE")
    again = Report(3, NOON, ward="7", kind="GRAF", reporter=4)
    second = take_in(trouble.folder, [again], at=NOON + timedelta(minutes=2))
    at_second = second.candidates.get(place__label="3 ALLEY STREET NE")
    assert at_second.pk == at_first.pk
    page = candidate_page(director.actor, on=localdate(NOON))
    file = candidate_file(at_first.pk, director.actor, on=localdate(NOON))
    assert (page.data_as_of, page.ran_at) == (file.data_as_of, file.ran_at)
    assert next(r for r in page.rows if r.id == at_first.pk) == file.row
    assert file.holds


def test_decision_keeps_the_numbers_that_it_was_made_by(
    trouble: Trouble, liaison5: Cast, director: Cast
) -> None:
    first = take_in(trouble.folder, [Report(9, NOON, reporter=3)], at=NOON + timedelta(minutes=1))
    candidate = first.candidates.get(place__label="1 ALLEY STREET NE")
    decide_candidate(
        candidate, verdict="watch", reason="A fence comes",
        look_again_on=localdate(NOON) + timedelta(days=30), stamp=liaison5.stamp,
    )  # fmt: skip
    before = candidate.episodes
    again = Report(1, NOON - timedelta(hours=1), kind="DUMP", reporter=31)
    second = take_in(trouble.folder, [again], at=NOON + timedelta(minutes=2))
    now = second.candidates.get(place__label="1 ALLEY STREET NE")
    candidate.refresh_from_db()
    assert (candidate.detection, candidate.episodes) == (first, before)
    assert (now.pk != candidate.pk, now.episodes) == (True, before + 1)
    file = candidate_file(candidate.pk, director.actor, on=localdate(NOON))
    assert (file.holds, file.now_id) == (False, now.pk)


def test_decided_and_fallen_keep_how_readily_people_reported_then(
    trouble: Trouble, liaison5: Cast, director: Cast
) -> None:
    wrong = monthly(11, months=12, kind="HOLE")
    first = take_in(trouble.folder, wrong, at=NOON + timedelta(minutes=1))
    decided = first.candidates.get(place__label="1 ALLEY STREET NE")
    fallen = first.candidates.get(place__label="11 ALLEY STREET NE")
    decide_candidate(
        decided, verdict="watch", reason="A fence comes",
        look_again_on=localdate(NOON) + timedelta(days=30), stamp=liaison5.stamp,
    )  # fmt: skip

    def reporting() -> list[Any]:
        files = [
            candidate_file(c.pk, director.actor, on=localdate(NOON)) for c in (decided, fallen)
        ]
        return [file.row.reporting for file in files]

    before = reporting()
    assert None not in before
    cancelled = [replace(report, status="CANCELLED") for report in wrong]
    opened = NOON - timedelta(days=40)
    again = [Report(n, opened, kind="DUMP", reporter=n) for n in range(20, 40)]
    again += [replace(r, opened=opened + timedelta(days=3), reporter=100) for r in again]
    second = take_in(trouble.folder, [*cancelled, *again], at=NOON + timedelta(minutes=2))
    assert {rate.detection for rate in second.rates.all()} == {second}
    assert {c.rate_id for c in second.candidates.all()} <= set(
        second.rates.values_list("pk", flat=True)
    )
    assert reporting() == before


def test_place_that_falls_off_stays_to_be_read(trouble: Trouble, director: Cast) -> None:
    wrong = monthly(11, months=12, kind="HOLE")
    first = take_in(trouble.folder, wrong, at=NOON + timedelta(minutes=1))
    listed = first.candidates.get(place__label="11 ALLEY STREET NE")
    cancelled = [replace(report, status="CANCELLED") for report in wrong]
    second = take_in(trouble.folder, cancelled, at=NOON + timedelta(minutes=2))
    assert not second.candidates.filter(place=listed.place).exists()
    file = candidate_file(listed.pk, director.actor, on=localdate(NOON))
    assert (file.holds, file.now_id, file.row.episodes) == (False, None, 12)
    assert said(second) == said(detect(from_scratch=True, stamp=stamp_for(SYSTEM, EVENING)))


def test_next_day_begins_rows_of_its_own(trouble: Trouble) -> None:
    today = take_in(trouble.folder, [Report(9, NOON, reporter=3)], at=NOON + timedelta(minutes=1))
    tomorrow = NOON + timedelta(days=1)
    newer = take_in(trouble.folder, [Report(9, tomorrow, reporter=4)], at=tomorrow)
    today.refresh_from_db()
    assert today.carried_into_id is None
    assert (newer.kept_fresh, newer.candidates.count()) == (True, today.candidates.count())


def test_slower_worker_with_less_does_not_overwrite_more(trouble: Trouble) -> None:
    """One counts, then the other takes in more and is first to write."""
    bring_in(trouble.folder, [Report(9, NOON, reporter=3)], at=NOON + timedelta(minutes=1))
    slow = rank_city(now=NOON + timedelta(minutes=1))
    bring_in(trouble.folder, monthly(8, months=14), at=NOON + timedelta(minutes=2))
    quick = keep_fresh(
        rank_city(now=NOON + timedelta(minutes=2)),
        stamp=stamp_for(SYSTEM, NOON + timedelta(minutes=2)),
    )
    assert quick is not None
    late = stamp_for(SYSTEM, NOON + timedelta(minutes=3))
    assert keep_fresh(slow, stamp=late) is None
    assert latest_detection() == quick
    assert quick.candidates.filter(place__label="8 ALLEY STREET NE").exists()


def test_patched_copy_is_what_a_new_copy_is(trouble: Trouble) -> None:
    current_snapshot()
    status = Report(1, monthly(1)[0].opened, None, status="CANCELLED", reporter=1)
    bring_in(trouble.folder, [*news(), status], at=NOON + timedelta(minutes=1))
    patched = current_snapshot()
    assert patched.patch is not None
    read = snapshot.read_snapshot(patched, opened_from=0)
    snapshot.forget_copies()
    whole = current_snapshot()
    assert whole.patch is None
    again = snapshot.read_snapshot(whole, opened_from=0)
    assert read.agency_codes == again.agency_codes
    for name in (*snapshot.NUMBERS, "agency"):
        assert getattr(read, name).tolist() == getattr(again, name).tolist(), name


def test_reading_under_way_is_read_again(trouble: Trouble, monkeypatch: Any) -> None:
    """Rows that a reading takes in after the copy are in the next one, too."""
    current_snapshot()
    before = snapshot.current_mark()
    bring_in(trouble.folder, [Report(9, NOON, reporter=3)], at=NOON + timedelta(minutes=1))
    after = snapshot.current_mark()
    assert after.rows > before.rows
    assert after.readings_since(before) == (after.last,)
    assert after.readings_since(after) == ()
    monkeypatch.setattr(snapshot, "MOST_PATCHED", 0)
    assert after.readings_since(before) is None


def test_first_ranking_of_an_empty_house_is_whole(small_city: Path, agencies: object) -> None:
    fresh = take_in(small_city, city_reports(), at=NOON)
    assert not fresh.kept_fresh, "nothing takes it over, so that reports of that day can count it"
    assert said(fresh) == said(detect(stamp=HOUSE))
